using EnvelopeSdk.Gateway;
using EnvelopeSdk.Gateway.Control;
using EnvelopeSdk.Registry.Runtimes;

namespace EnvelopeSdk.Registry.Deploying.Routing;

/// <summary>
/// The gateway of a registry that runs none of its own: a process beside it, which goes on when the registry ends.
/// </summary>
internal sealed class GatewayProcess(DeployingOptions options, EnginePlace place, TimeProvider clock)
{
    private const int LinesOfLog = 5;

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(50);

    private long? _started;
    private EnvelopeException? _failure;

    /// <summary>Starts it if none answers.</summary>
    /// <exception cref="EnvelopeException">It does not start.</exception>
    public async Task EnsureAsync(GatewayClient client, CancellationToken cancellationToken)
    {
        if (options.GatewayCommand.Count == 0 || await client.IsThereAsync(cancellationToken))
        {
            return;
        }

        if (_started is not { } last || clock.GetElapsedTime(last) > Pause)
        {
            _started = clock.GetTimestamp();
            _failure = await TryStartAsync(client, cancellationToken);
        }

        if (_failure is not null)
        {
            throw _failure;
        }
    }

    /// <summary>Why one could not listen that is started for a deployment; null: it could, or is there.</summary>
    public async Task<string?> WhyNotAsync(GatewayClient client, CancellationToken cancellationToken) =>
        options.GatewayCommand.Count == 0 || Of(place.Name, options.GatewayDirectory).IsRunning == true
        || await client.IsThereAsync(cancellationToken)
            ? null
            : ListenAddresses.WhyNot(options.GatewayUrls);

    /// <param name="place">The directory of what is deployed.</param>
    /// <param name="directory">The gateway's own.</param>
    public static DetachedProcess Of(string place, string directory) =>
        new(Path.Combine(place, "gateway-process"), Path.GetFullPath(directory));

    /// <returns>Why it does not start; null: it does.</returns>
    private async Task<EnvelopeException?> TryStartAsync(GatewayClient client, CancellationToken cancellationToken)
    {
        var directory = Path.GetFullPath(options.GatewayDirectory);
        var process = Of(place.Name, directory);
        if (process.IsRunning == false)
        {
            process.Forget();
        }

        LogFiles.Rotate(process.LogFile);
        await process.StartAsync(
            [.. options.GatewayCommand, "--directory", directory, "--urls", options.GatewayUrls], "/",
            CleanEnvironment.OfBuilds(user: null), cancellationToken);
        while (!await client.IsThereAsync(cancellationToken))
        {
            if (process.IsRunning != true || clock.GetElapsedTime(_started!.Value) > Patience)
            {
                return new(
                    EnvelopeError.Unavailable,
                    $"The gateway does not start: {WhyNot(process)}");
            }

            await Task.Delay(Interval, clock, cancellationToken);
        }

        return null;
    }

    /// <summary>The end of its log, in which each try may have said the same.</summary>
    private string WhyNot(DetachedProcess process)
    {
        var end = string.Join('\n', LogFiles.End(process.LogFile, LinesOfLog).Split('\n').Distinct());
        return ListenAddresses.WhyNot(options.GatewayUrls) is { } taken
            ? $"it cannot listen on {taken}. End what listens there, or give --gateway-urls another address.\n{end}"
            : end.Length == 0 ? "it says nothing." : end;
    }
}
