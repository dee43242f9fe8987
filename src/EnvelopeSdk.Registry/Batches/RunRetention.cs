using System.Globalization;
using EnvelopeSdk.Registry.Batches.Jobs;
using EnvelopeSdk.Registry.Batches.Records;
using EnvelopeSdk.Registry.Deploying;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace EnvelopeSdk.Registry.Batches;

/// <summary>
/// Lets runs be forgotten that ended longer ago than is to be known, and removes the folders of those that nobody knows
/// and the homes of those that have ended.
/// </summary>
internal sealed partial class RunRetention(
    EnginePlace place, EndedRuns ended, JobRuntimes runtimes, DeployingOptions options, TimeProvider clock,
    ILogger<RunRetention> log)
    : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromHours(1);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>Removes what is of no use any more.</summary>
    /// <returns>Whether there is more.</returns>
    public async Task<bool> RunAsync(CancellationToken cancellationToken)
    {
        var before = clock.GetUtcNow() - TimeSpan.FromDays(options.KeepDays);
        if (await ended.ForgetAsync(place.Id, before, cancellationToken) > 0)
        {
            return true;
        }

        string[] folders = [.. place.Runs()];
        string[] homes = [.. place.Homes().Where(one => IdOf(one, JobProcesses.Home) is not null)];
        var known = await ended.KnownAsync(cancellationToken); // after what is there: a run is known before its folder
        foreach (var name in folders)
        {
            var (folder, id) = (new AttemptFolder(place.RunOf(name)), IdOf(name, ""));
            if (id is not null && !known.ContainsKey(id.Value))
            {
                await runtimes.RemoveAsync(folder, cancellationToken);
            }
            else if (id is not null && !known[id.Value] && !folder.HasEnded)
            {
                await runtimes.StopAsync(folder, cancellationToken); // it was cancelled while this registry was away
            }
        }

        foreach (var home in homes.Where(one => !known.GetValueOrDefault(IdOf(one, JobProcesses.Home)!.Value)))
        {
            place.RemoveHome(home);
        }

        return false;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        string? last = null;
        while (!stoppingToken.IsCancellationRequested)
        {
            var isMore = !place.IsTaken;
            try
            {
                isMore = isMore || await RunAsync(stoppingToken);
                last = null;
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
            }
            catch (Exception failure) // it is tried again, and what runs does not need it
            {
                isMore = true;
                if (last != failure.Message)
                {
                    last = failure.Message;
                    KeepsAll(last);
                }
            }

            await Task.Delay(isMore ? Pause : Interval, clock, stoppingToken)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <returns>Null: it is of no run.</returns>
    private static long? IdOf(string name, string prefix) =>
        name.StartsWith(prefix, StringComparison.Ordinal)
        && long.TryParse(
            name[prefix.Length..].Split('-')[0], NumberStyles.None, CultureInfo.InvariantCulture, out var id)
            ? id
            : null;

    [LoggerMessage(LogLevel.Warning, "Runs of batches that ended long ago are kept until this is mended: {Reason}")]
    private partial void KeepsAll(string reason);
}
