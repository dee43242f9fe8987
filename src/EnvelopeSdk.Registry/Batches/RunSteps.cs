using System.Collections.Concurrent;
using System.Globalization;
using EnvelopeSdk.Batches;
using EnvelopeSdk.Registry.Api;
using EnvelopeSdk.Registry.Batches.Jobs;
using EnvelopeSdk.Registry.Batches.Records;
using EnvelopeSdk.Registry.Deploying;
using EnvelopeSdk.Registry.Deploying.Builds;
using EnvelopeSdk.Registry.Rules;

namespace EnvelopeSdk.Registry.Batches;

/// <summary>
/// Brings a run a step on: it finds its envelope, builds the job, starts it, and takes what it says. What goes wrong on
/// the way ends the attempt, and the next follows; what is away for a while is waited for.
/// </summary>
internal sealed class RunSteps(
    BatchStore batches, RunStore runs, RunEnds ends, JobTurns turns, IEnvelopeStore store, RuleEvaluation rules,
    ServiceBuilder builder, JobRuntimes runtimes, EnginePlace place, DeployingOptions options, TimeProvider clock)
{
    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan ShortestPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(1);

    /// <summary>How a job ends that was stopped: as it says itself, or the system.</summary>
    private static readonly string[] Stopped = ["", "130", "137", "143"];

    private readonly ConcurrentDictionary<long, DateTimeOffset> _seen = new();

    /// <summary>When the job of a run was last seen to run; null: never by this registry.</summary>
    public DateTimeOffset? SeenRunning(long run) => _seen.TryGetValue(run, out var time) ? time : null;

    /// <summary>Forgets runs that are not under way.</summary>
    public void Forget(IReadOnlyList<RunRow> active)
    {
        foreach (var run in _seen.Keys.Except(active.Select(one => one.Shown.Id)))
        {
            _seen.TryRemove(run, out _);
        }
    }

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
                _ when row.Stop is { } who => ends.CancelAsync(row, who, cancellationToken),
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
            await ends.FailAsync(row, settings, FirstLine(failure), cancellationToken);
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

        await ToBuildAsync(row, one, ends.WhyAgain(one), cancellationToken);
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
        var waitsFor = await turns.WaitsForAsync(
            row, settings,
            () => runs.MoveAsync(
                row.Shown, row.Shown with { State = BatchRunState.Running, Reason = ends.WhyAgain(row.Shown) }, null,
                cancellationToken),
            cancellationToken);
        if (waitsFor is not null)
        {
            await runs.ExplainAsync(row.Shown, waitsFor, clock.GetUtcNow() + ShortestPause, cancellationToken);
        }
    }

    private async Task WatchAsync(RunRow row, BatchSettings settings, CancellationToken cancellationToken)
    {
        var (one, runtime, folder) = (row.Shown, runtimes.Of(settings), FolderOf(row.Shown));
        var isLate = settings.TimeoutMinutes is { } most && clock.GetUtcNow() - row.Since > TimeSpan.FromMinutes(most);
        var found = await runtime.FindAsync(folder, cancellationToken);
        if (found?.IsRunning == true)
        {
            _seen[one.Id] = clock.GetUtcNow();
        }

        switch (found)
        {
            case null when row.Stop is { } who:
                await ends.CancelAsync(row, who, cancellationToken);
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
                if (isLate && found.IsRunning)
                {
                    folder.MarkLate(); // first: a registry that ends here says the same later
                }

                await runtime.StopAsync(folder, StopPatience, cancellationToken);
                break;
        }

        await TakeAsync(row, settings, cancellationToken);
    }

    /// <summary>Says why a job does not begin, or that it has, and then why it is not the first.</summary>
    private Task SayAsync(BatchRun one, string? waits, CancellationToken cancellationToken) =>
        (waits ?? ends.WhyAgain(one)) is var reason && one.Reason == reason
            ? Task.CompletedTask
            : runs.ExplainAsync(one, reason, clock.GetUtcNow(), cancellationToken);

    /// <summary>Takes how the job ended.</summary>
    private Task TakeAsync(RunRow row, BatchSettings settings, CancellationToken cancellationToken)
    {
        var (one, code) = (row.Shown, FolderOf(row.Shown).Code);
        var isStopped = Stopped.Contains(code);
        return code switch
        {
            "0" => ends.SucceedAsync(row, settings, cancellationToken),
            _ when row.Stop is { } who => ends.CancelAsync(row, who, cancellationToken),
            _ when isStopped && FolderOf(one).IsLate => ends.FailAsync(
                row, settings,
                $"It took longer than 'timeoutMinutes' allows, which is {settings.TimeoutMinutes}, and was stopped. "
                + "Raise it, or look in the log for what took so long.",
                cancellationToken),
            "130" => ends.FailAsync(row, settings, "The job was interrupted.", cancellationToken), // the machine was stopped
            _ when !builder.IsBuilt(KeyOf(row, settings)) => BuildAgainAsync(row, cancellationToken),
            _ => ends.FailAsync(row, settings, FolderOf(one).Reason(code), cancellationToken),
        };
    }

    /// <summary>A build that nobody seemed to need was removed: the same attempt has another.</summary>
    private Task BuildAgainAsync(RunRow row, CancellationToken cancellationToken) =>
        ToBuildAsync(row, row.Shown, "Its build was removed, and is made again.", cancellationToken);

    private Task ToBuildAsync(RunRow row, BatchRun one, string? reason, CancellationToken cancellationToken) =>
        runs.BuildAsync(
            row.Shown, one with { State = BatchRunState.Building, Reason = reason }, options.Platform,
            cancellationToken);

    private static string FirstLine(Exception failure) => failure.Message.Split('\n')[0];

    private AttemptFolder FolderOf(BatchRun one) => ends.FolderOf(one);

    private string NameOf(BatchRun one) => string.Create(
        CultureInfo.InvariantCulture, $"{place.Id}-{one.Id}-{one.Requested.UtcTicks}");

    private static BuildKey KeyOf(RunRow row, BatchSettings settings) =>
        BuildKey.Of(new(row.Shown.Name!, Named.Digest(row.Shown.Digest!)), row.Platform!, settings);
}
