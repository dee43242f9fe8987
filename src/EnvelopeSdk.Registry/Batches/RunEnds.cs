using EnvelopeSdk.Batches;
using EnvelopeSdk.Registry.Batches.Jobs;
using EnvelopeSdk.Registry.Batches.Records;
using EnvelopeSdk.Registry.Deploying;
using Microsoft.Extensions.Logging;

namespace EnvelopeSdk.Registry.Batches;

/// <summary>
/// Ends runs, or lets them be tried again. A run has ended when its job did, whenever a registry came to look at it; and
/// why an attempt failed is known whatever becomes of the next.
/// </summary>
internal sealed partial class RunEnds(
    RunStore runs, JobRuntimes runtimes, EnginePlace place, TimeProvider clock, ILogger<RunEnds> log)
{
    public AttemptFolder FolderOf(BatchRun one) => new(place.RunOf(one.Id, one.Attempt));

    /// <summary>Why the attempt before failed; null: it is the first.</summary>
    public string? WhyAgain(BatchRun one) =>
        one.Attempt > 1 && FolderOf(one with { Attempt = one.Attempt - 1 }).Failure is { } failure
            ? $"The attempt {one.Attempt - 1} failed: {failure}" : null;

    public async Task SucceedAsync(RunRow row, BatchSettings settings, CancellationToken cancellationToken)
    {
        var folder = FolderOf(row.Shown);
        if (folder.Counts() is not { } counts)
        {
            await (folder.HasResult
                ? FailAsync(
                    row, settings,
                    "The job ended well, and its counts cannot be read. Look at its output and its log.",
                    cancellationToken)
                : EndAsync(
                    row, BatchRunState.Succeeded,
                    "How many rows there were is not known: the cluster removed what the job said before it was read.",
                    cancellationToken));
            return;
        }

        if (counts.Bad > 0 && runtimes.Of(settings).PlaceOfFiles is null && File.Exists(row.Shown.Quarantine))
        {
            folder.Keep(row.Shown.Quarantine);
        }

        var before = folder.DoneBefore() is { } then && then < row.Shown.Started ? then : (DateTimeOffset?)null;
        await MoveAsync(
            row,
            row.Shown with
            {
                State = BatchRunState.Succeeded,
                Reason = before is null
                    ? WhyAgain(row.Shown)
                    : $"Nothing was written: it was done at {before.Value.UtcDateTime:u}, of the same rows, and is there.",
                Ended = EndOf(row.Shown),
                Rows = counts.Rows,
                Bad = counts.Bad,

                // What the rows have beside them belongs to the run that wrote them.
                Quarantine = counts.Bad > 0 && before is null ? row.Shown.Quarantine : null,
                Log = before is null ? row.Shown.Log : null,
            },
            cancellationToken);
    }

    public Task CancelAsync(RunRow row, string who, CancellationToken cancellationToken) => EndAsync(
        row, BatchRunState.Cancelled, $"By {who}. {WhyAgain(row.Shown)}".TrimEnd(), cancellationToken);

    /// <summary>Ends an attempt that failed, behind which the next one comes, if there is to be one.</summary>
    public async Task FailAsync(
        RunRow row, BatchSettings settings, string reason, CancellationToken cancellationToken)
    {
        await runtimes.Of(settings) // there are never two of a run
            .StopAsync(FolderOf(row.Shown), TimeSpan.Zero, cancellationToken);
        var isTriedAgain = row.Shown.Attempt <= settings.Retries;
        if (isTriedAgain)
        {
            FolderOf(row.Shown).Failure = reason; // which the next attempt may have no more
        }

        await (isTriedAgain
            ? runs.MoveAsync(
                row.Shown, row.Shown with { State = BatchRunState.Waiting, Reason = reason },
                clock.GetUtcNow().AddSeconds(settings.RetrySeconds), cancellationToken)
            : EndAsync(row, BatchRunState.Failed, reason, cancellationToken));
    }

    private async Task EndAsync(RunRow row, string state, string reason, CancellationToken cancellationToken)
    {
        await MoveAsync(
            row, row.Shown with { State = state, Reason = reason, Ended = EndOf(row.Shown) }, cancellationToken);
        if (state == BatchRunState.Failed)
        {
            Failed(row.Shown.Id, row.Shown.Batch, reason);
        }
    }

    private Task MoveAsync(RunRow row, BatchRun to, CancellationToken cancellationToken) =>
        runs.MoveAsync(row.Shown, to, null, cancellationToken);

    /// <summary>When the job ended; now, where that is not known, or the clock of its disk is another.</summary>
    private DateTimeOffset EndOf(BatchRun one)
    {
        var now = clock.GetUtcNow();
        return FolderOf(one).Ended is { } ended && ended >= one.Started && ended < now ? ended : now;
    }

    [LoggerMessage(LogLevel.Error, "The run {Run} of the batch '{Batch}' failed: {Reason}")]
    private partial void Failed(long run, string batch, string reason);
}
