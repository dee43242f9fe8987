using System.Collections.Concurrent;
using EnvelopeSdk.Batches;
using EnvelopeSdk.Registry.Batches.Records;
using EnvelopeSdk.Registry.Deploying;
using EnvelopeSdk.Registry.Deploying.Builds;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace EnvelopeSdk.Registry.Batches;

/// <summary>
/// Lets batches run when their time has come, and brings each run from state to state. All that it knows is in the
/// database and in the folders of runs: what another engine began goes on where it was.
/// </summary>
internal sealed partial class BatchEngine(
    EnginePlace place, BatchStore batches, RunStore runs, RunSteps steps, ServiceBuilder builder, TimeProvider clock,
    ILogger<BatchEngine> log) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan BetweenSigns = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan OthersPatience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly Dictionary<long, Step> _running = [];
    private IReadOnlyList<RunRow> _active = [];
    private DateTimeOffset _seen;
    private readonly ConcurrentDictionary<string, string> _failures = []; // of what stands still

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        while (!stoppingToken.IsCancellationRequested)
        {
            var isWell = await TryAsync(
                "All batches",
                () => place.IsTaken && builder.IsRecovered ? RunAsync(stoppingToken) : Task.CompletedTask, stoppingToken);
            await Task.Delay(isWell ? Interval : Pause, clock, stoppingToken)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        await Task.WhenAll(_running.Values.Select(one => one.Task));
        Forget();
    }

    private async Task RunAsync(CancellationToken cancellationToken)
    {
        var isSign = (clock.GetUtcNow() - _seen).Duration() > BetweenSigns;
        if (isSign)
        {
            await batches.SeeAsync(place.Id, cancellationToken);
            _seen = clock.GetUtcNow();
        }

        Forget();
        var active = await runs.ActiveAsync(place.Id, cancellationToken);
        foreach (var one in await batches.TakeAsync(place.Id, cancellationToken))
        {
            if (isSign)
            {
                await TryAsync(
                    $"The batch '{one.Name}'", () => batches.PlanAsync(one, cancellationToken), cancellationToken);
            }

            if (one.NextRun is { } due && due <= clock.GetUtcNow()
                && !active.Any(run => run.Shown.Batch == one.Name && IsUnknownAt(due, run)))
            {
                await TryAsync(
                    $"The batch '{one.Name}'", () => runs.RunDueAsync(one, cancellationToken), cancellationToken);
            }
        }

        await ExplainOthersAsync(cancellationToken);
        var ended = _active.ExceptBy(active.Select(one => one.Shown.Id), one => one.Shown.Id);
        await LeaveAsync([.. ended], cancellationToken);
        _active = active;
        steps.Forget(active);
        foreach (var one in active)
        {
            if (!_running.TryGetValue(one.Shown.Id, out var step))
            {
                Start(one, cancellationToken);
            }
            else if (one.Stop is not null && step.Row is { Stop: null, Shown.State: BatchRunState.Building })
            {
                await step.Stop.CancelAsync(); // a build takes minutes, and nobody needs it any more
            }
        }
    }

    /// <summary>
    /// Whether the job of a run may have ended before a time, since nobody has seen it run at it or after: that is then
    /// not one at which another run was under way.
    /// </summary>
    private bool IsUnknownAt(DateTimeOffset time, RunRow one) =>
        one.Shown.State == BatchRunState.Running && !(steps.SeenRunning(one.Shown.Id) >= time);

    /// <summary>Ends what runs of those that another registry cancelled, since nothing was seen of this one.</summary>
    private async Task LeaveAsync(IEnumerable<RunRow> ended, CancellationToken cancellationToken)
    {
        foreach (var one in ended)
        {
            await TryAsync(
                $"The job of the run {one.Shown.Id} of '{one.Shown.Batch}'",
                () => steps.LeaveAsync(one, cancellationToken), cancellationToken);
        }
    }

    /// <summary>Says of what is of another place, and nobody begins there, why it waits.</summary>
    private async Task ExplainOthersAsync(CancellationToken cancellationToken)
    {
        var before = clock.GetUtcNow() - OthersPatience;
        foreach (var one in await runs.LeftAsync(place.Id, before, cancellationToken))
        {
            await runs.ExplainAsync(
                one.Shown,
                $"'{one.Shown.Batch}' runs in the directory of services (--deploy-in) of another registry, which does not "
                + "run. Start that one; or cancel this, remove the batch and make it again, to have it run here.",
                one.NextAttempt, cancellationToken);
        }
    }

    private void Start(RunRow one, CancellationToken cancellationToken)
    {
        var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _running[one.Shown.Id] = new(one, stop, Task.Run(
            async () =>
            {
                if (!await TryAsync(
                    $"The run {one.Shown.Id} of '{one.Shown.Batch}'", () => steps.RunAsync(one, stop.Token),
                    stop.Token))
                {
                    await Task.Delay(Pause, clock, stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                }
            },
            CancellationToken.None));
    }

    /// <summary>Keeps nothing of steps that are done.</summary>
    private void Forget()
    {
        foreach (var (id, step) in _running.Where(one => one.Value.Task.IsCompleted).ToList())
        {
            step.Stop.Dispose(); // which else stays with the token of the whole engine
            _running.Remove(id);
        }
    }

    private async Task<bool> TryAsync(string what, Func<Task> act, CancellationToken cancellationToken)
    {
        try
        {
            await act();
            _failures.TryRemove(what, out _);
            return true;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return true;
        }
        catch (Exception failure) // whatever it is: other runs need an engine that goes on
        {
            if (!_failures.TryGetValue(what, out var last) || last != failure.Message)
            {
                _failures[what] = failure.Message;
                Stands(what, failure.Message);
            }

            return false;
        }
    }

    [LoggerMessage(LogLevel.Error, "{What} stands still until this is mended: {Reason}")]
    private partial void Stands(string what, string reason);

    private sealed record Step(RunRow Row, CancellationTokenSource Stop, Task Task);
}
