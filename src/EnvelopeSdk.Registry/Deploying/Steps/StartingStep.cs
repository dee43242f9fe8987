using System.Globalization;
using EnvelopeSdk.Deployments;
using EnvelopeSdk.Registry.Deploying.Gates;
using EnvelopeSdk.Registry.Deploying.Records;
using EnvelopeSdk.Registry.Runtimes;

namespace EnvelopeSdk.Registry.Deploying.Steps;

/// <summary>
/// Starting: all processes have to be ready in time; then one of them answers the recorded examples, and none may have
/// more memory than the limit.
/// </summary>
internal sealed class StartingStep(
    DeploymentStore deployments, ConfigurationStore configurations, InstanceStore instances, IServiceRuntime runtime,
    IEnvelopeStore store, HttpClient http, TimeProvider clock) : IDeploymentStep
{
    /// <summary>How often a process may end while it starts.</summary>
    public const int MostEnds = 1;

    private const int LinesOfLog = 20;

    public string State => DeploymentState.Starting;

    public async Task RunAsync(DeploymentRow one, CancellationToken cancellationToken)
    {
        var settings = await configurations.SettingsAsync(one.Configuration, one.Shown.Version, cancellationToken);
        var own = (await instances.ListAsync(cancellationToken)).Where(process => process.Deployment == one.Id).ToList();
        foreach (var process in own)
        {
            if (!await IsReadyAsync(process, cancellationToken))
            {
                EnsureInTime(one, process, settings.Limits);
                return;
            }
        }

        var note = string.Create(
            CultureInfo.InvariantCulture, $"Ready after {(clock.GetUtcNow() - one.Since).TotalSeconds:0.0} s.");
        if (one.Shown.TakesBack is null)
        {
            var content = await store.OpenAsync(one.Envelope.Name, one.Envelope.Digest, cancellationToken);
            var count = await new ExampleReplay(http).RunAsync(
                content, own[0].Address, settings.Gates.Tolerance, cancellationToken);
            own.ForEach(process => EnsureSmall(process, settings.Limits));
            note += $" {count} recorded examples are answered as they were.";
        }

        await deployments.MoveAsync(one, DeploymentState.Validated, note, null, cancellationToken);
    }

    private async Task<bool> IsReadyAsync(Instance process, CancellationToken cancellationToken)
    {
        try
        {
            using var answer = await http.GetAsync($"{process.Address}/health/ready", cancellationToken);
            return answer.IsSuccessStatusCode && runtime.IsRunning(process) == true; // no other took the port
        }
        catch (HttpRequestException)
        {
            return false;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }

    private void EnsureInTime(DeploymentRow one, Instance process, ServiceLimits limits)
    {
        if (process.Ends > MostEnds)
        {
            throw new EnvelopeException(
                EnvelopeError.Invalid, $"The service ended while it started:\n{runtime.LogEnd(process, LinesOfLog)}");
        }

        if (clock.GetUtcNow() - one.Since > TimeSpan.FromSeconds(limits.StartSeconds))
        {
            throw new EnvelopeException(
                EnvelopeError.Invalid,
                $"The service was not ready after {limits.StartSeconds} seconds:\n{runtime.LogEnd(process, LinesOfLog)}");
        }
    }

    private void EnsureSmall(Instance process, ServiceLimits limits)
    {
        if (limits.MemoryMegabytes is { } most && runtime.MemoryOf(process) is { } bytes && bytes > (long)most << 20)
        {
            throw new EnvelopeException(
                EnvelopeError.Invalid,
                $"The service has {bytes >> 20} megabytes of memory after the recorded examples, and may have {most}. "
                + "Raise the limit of the configuration.");
        }
    }
}
