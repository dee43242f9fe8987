using System.Text.Json;
using EnvelopeSdk.Batches;
using EnvelopeSdk.Registries;
using EnvelopeSdk.Registry.Batches.Records;
using EnvelopeSdk.Registry.Deploying;
using EnvelopeSdk.Registry.Events;

namespace EnvelopeSdk.Registry.Batches;

/// <summary>Announces that tables are there, or are not because a run has failed.</summary>
internal sealed class BatchAnnouncer(
    EnginePlace place, UntoldRuns runs, AnnouncementLog announcements, TimeProvider clock) : Announcer(clock)
{
    private static readonly Dictionary<string, string> Kinds = new()
    {
        [BatchRunState.Succeeded] = RegistryEventKind.BatchSucceeded,
        [BatchRunState.Failed] = RegistryEventKind.BatchFailed,
        [BatchRunState.Skipped] = RegistryEventKind.BatchSkipped,
    };

    protected override async Task AnnounceAsync(CancellationToken cancellationToken)
    {
        var untold = place.IsTaken ? await runs.ListAsync(place.Id, cancellationToken) : [];
        if (untold.Count > 0 && await announcements.TryAddAsync(
            [.. untold.Where(one => Kinds.ContainsKey(one.State)).Select(Of)], Clock.GetUtcNow(), cancellationToken))
        {
            await runs.ToldAsync(untold, cancellationToken);
        }
    }

    private static UntoldEvent Of(UntoldRun one) => new(
        one.Batch, one.Digest,
        new(
            Kinds[one.State], one.Name, one.Id,
            one.Reason is { } reason ? JsonSerializer.SerializeToElement(reason) : null, one.RequestedBy, one.Ended));
}
