using System.Globalization;
using EnvelopeSdk.Batches;
using EnvelopeSdk.Registry.Api;
using EnvelopeSdk.Registry.Batches.Jobs;
using EnvelopeSdk.Registry.Batches.Records;
using EnvelopeSdk.Registry.Deploying;
using EnvelopeSdk.Registry.Deploying.Builds;
using EnvelopeSdk.Registry.Rules;
using Microsoft.Extensions.Logging;

namespace EnvelopeSdk.Registry.Batches;

/// <summary>
/// Brings a run a step on: it finds its envelope, builds the job, starts it, and takes what it says. What goes wrong on
/// the way ends the attempt, and the next follows; what is away for a while is waited for.
/// </summary>
internal sealed partial class RunSteps(
    BatchStore batches, RunStore runs, IEnvelopeStore store, RuleEvaluation rules, ServiceBuilder builder,
    JobRuntimes runtimes, EnginePlace place, DeployingOptions options, TimeProvider clock, ILogger<RunSteps> log)
{
    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan ShortestPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(1);

    /// <summary>How a job ends that was stopped: as it says itself, or the system.</summary>
    private static readonly string[] Stopped = ["", "130", "137", "143"];

    public async Task RunAsync(RunRow row, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        if (row.Stop is null && row.NextAttempt > now)
        {
            return;
        }

        var settings = await batches.SettingsAsync(row.Shown.Batch, row.Shown.Version, cancellationToken);
        if (row.Stop is null && row.Shown.State == BatchRunState.Waiting)
        {
            row = row with
            {
                Shown = row.Shown with { Attempt = row.Shown.Attempt + 1, Started = row.Shown.Started ?? now },
            };
        }

        try
        {
            await (row.Shown.State switch
            {
                BatchRunState.Running => WatchAsync(row, settings, cancellationToken),
                _ when row.Stop is { } who => EndAsync(row, BatchRunState.Cancelled, $"By {who}.", cancellationToken),
                BatchRunState.Building => BuildAsync(row, settings, cancellationToken),
                _ => BeginAsync(row, settings, cancellationToken),
            });
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException
            or EnvelopeException { Error: EnvelopeError.Unavailable })
        {
            var pause = TimeSpan.FromTicks(
                Math.Clamp((now - row.Since).Ticks, ShortestPause.Ticks, LongestPause.Ticks));
            await runs.ExplainAsync(row.Shown, FirstLine(failure), now + pause, cancellationToken);
        }
        catch (Exception failure)
        {
            FolderOf(row.Shown).Note(failure.Message);
            await FailAsync(row, settings, FirstLine(failure), cancellationToken);
        }
    }

    /// <summary>Ends the job of a run that has ended, if it goes on.</summary>
    public async Task LeaveAsync(RunRow row, CancellationToken cancellationToken)
    {
        if (FolderOf(row.Shown) is { HasEnded: false } folder && Directory.Exists(folder.Path))
        {
            await runtimes.StopAsync(folder, cancellationToken);
        }
    }

    private async Task BeginAsync(RunRow row, BatchSettings settings, CancellationToken cancellationToken)
    {
        var one = row.Shown;
        runtimes.Of(settings).Check(settings); // the registry may have been another when they were saved
        if (one.Name is null)
        {
            var envelope = await ResolveAsync(settings, cancellationToken);
            one = one with
            {
                Name = envelope.Name,
                Digest = envelope.Digest.ToString(),
                Output = RunPaths.Of(settings.Output, one),
                Quarantine = RunPaths.Of(settings.Quarantine, one),
                Log = RunPaths.Of(settings.Log, one),
            };
        }

        await ToBuildAsync(row, one, reason: null, cancellationToken);
    }

    private async Task<EnvelopeReference> ResolveAsync(BatchSettings settings, CancellationToken cancellationToken)
    {
        if (settings.Rule is { } rule)
        {
            return await rules.FindAsync(rule, cancellationToken);
        }

        var (name, digest) = Named.Envelope(settings.Envelope!);
        return (await store.OpenAsync(name, digest, cancellationToken)).Reference;
    }

    private async Task BuildAsync(RunRow row, BatchSettings settings, CancellationToken cancellationToken)
    {
        if (row.Platform != options.Platform && !builder.IsBuilt(KeyOf(row, settings)))
        {
            // The registry was updated before it was built: what it was to be built with may not be had any more.
            await ToBuildAsync(row, row.Shown, row.Shown.Reason, cancellationToken);
            return;
        }

        await builder.EnsureAsync(KeyOf(row, settings), cancellationToken);
        await runtimes.RemoveAsync(FolderOf(row.Shown), cancellationToken); // another database left it
        await MoveAsync(row, row.Shown with { State = BatchRunState.Running, Reason = null }, cancellationToken);
    }

    private async Task WatchAsync(RunRow row, BatchSettings settings, CancellationToken cancellationToken)
    {
        var (one, runtime, folder) = (row.Shown, runtimes.Of(settings), FolderOf(row.Shown));
        var isLate = settings.TimeoutMinutes is { } most && clock.GetUtcNow() - row.Since > TimeSpan.FromMinutes(most);
        switch (await runtime.FindAsync(folder, cancellationToken))
        {
            case null when row.Stop is { } who:
                await EndAsync(row, BatchRunState.Cancelled, $"By {who}.", cancellationToken);
                return;

            case null when builder.IsBuilt(KeyOf(row, settings)):
                await runtime.StartAsync(
                    new(folder, one, NameOf(one), settings, KeyOf(row, settings)), cancellationToken);
                return;

            case null:
                await BuildAgainAsync(row, cancellationToken);
                return;

            case { IsRunning: true, Waits: var waits } when row.Stop is null && !isLate:
                runtime.RotateLog(folder);
                await SayAsync(one, waits, cancellationToken);
                return;

            default: // also where the first process alone is gone, and its job goes on
                await runtime.StopAsync(folder, StopPatience, cancellationToken);
                break;
        }

        await TakeAsync(row, settings, isLate, cancellationToken);
    }

    /// <summary>Says why a job does not begin, or that it has.</summary>
    private Task SayAsync(BatchRun one, string? waits, CancellationToken cancellationToken) => one.Reason == waits
        ? Task.CompletedTask
        : runs.ExplainAsync(one, waits, clock.GetUtcNow(), cancellationToken);

    /// <summary>Takes how the job ended.</summary>
    private Task TakeAsync(RunRow row, BatchSettings settings, bool isLate, CancellationToken cancellationToken)
    {
        var (one, code) = (row.Shown, FolderOf(row.Shown).Code);
        var isStopped = Stopped.Contains(code);
        return code switch
        {
            "0" => SucceedAsync(row, settings, cancellationToken),
            _ when row.Stop is { } who => EndAsync(row, BatchRunState.Cancelled, $"By {who}.", cancellationToken),
            _ when isStopped && isLate => FailAsync(
                row, settings, $"It took longer than {settings.TimeoutMinutes} minutes.", cancellationToken),
            "130" => FailAsync(row, settings, "The job was interrupted.", cancellationToken), // the machine was stopped
            _ when !builder.IsBuilt(KeyOf(row, settings)) => BuildAgainAsync(row, cancellationToken),
            _ => FailAsync(row, settings, FolderOf(one).Reason(code), cancellationToken),
        };
    }

    private async Task SucceedAsync(RunRow row, BatchSettings settings, CancellationToken cancellationToken)
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
                Ended = clock.GetUtcNow(),
                Rows = counts.Rows,
                Bad = counts.Bad,

                // What the rows have beside them belongs to the run that wrote them.
                Quarantine = counts.Bad > 0 && before is null ? row.Shown.Quarantine : null,
                Log = before is null ? row.Shown.Log : null,
            },
            cancellationToken);
    }

    /// <summary>Why it was not the first attempt that succeeded; null: it was.</summary>
    private string? WhyAgain(BatchRun one) =>
        one.Attempt > 1 && FolderOf(one with { Attempt = one.Attempt - 1 }).Failure is { } failure
            ? $"The attempt {one.Attempt - 1} failed: {failure}" : null;

    /// <summary>A build that nobody seemed to need was removed: the same attempt has another.</summary>
    private Task BuildAgainAsync(RunRow row, CancellationToken cancellationToken) =>
        ToBuildAsync(row, row.Shown, "Its build was removed, and is made again.", cancellationToken);

    private Task ToBuildAsync(RunRow row, BatchRun one, string? reason, CancellationToken cancellationToken) =>
        runs.BuildAsync(
            row.Shown, one with { State = BatchRunState.Building, Reason = reason }, options.Platform,
            cancellationToken);

    private async Task FailAsync(
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
            row, row.Shown with { State = state, Reason = reason, Ended = clock.GetUtcNow() }, cancellationToken);
        if (state == BatchRunState.Failed)
        {
            Failed(row.Shown.Id, row.Shown.Batch, reason);
        }
    }

    private Task MoveAsync(RunRow row, BatchRun to, CancellationToken cancellationToken) =>
        runs.MoveAsync(row.Shown, to, null, cancellationToken);

    private static string FirstLine(Exception failure) => failure.Message.Split('\n')[0];

    private AttemptFolder FolderOf(BatchRun one) => new(place.RunOf(one.Id, one.Attempt));

    private string NameOf(BatchRun one) => string.Create(
        CultureInfo.InvariantCulture, $"{place.Id}-{one.Id}-{one.Requested.UtcTicks}");

    private static BuildKey KeyOf(RunRow row, BatchSettings settings) =>
        BuildKey.Of(new(row.Shown.Name!, Named.Digest(row.Shown.Digest!)), row.Platform!, settings);

    [LoggerMessage(LogLevel.Error, "The run {Run} of the batch '{Batch}' failed: {Reason}")]
    private partial void Failed(long run, string batch, string reason);
}
