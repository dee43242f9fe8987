using System.Collections.Concurrent;
using EnvelopeSdk.Registry.Batches.Records;
using EnvelopeSdk.Registry.Deploying;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace EnvelopeSdk.Registry.Batches;

/// <summary>
/// Lets batches run when their time has come, and brings each run from state to state. All that it knows is in the
/// database and in the folders of runs: what another engine began goes on where it was.
/// </summary>
internal sealed partial class BatchEngine(
    EnginePlace place, BatchStore batches, RunStore runs, RunSteps steps, TimeProvider clock, ILogger<BatchEngine> log)
    : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(200);

    private readonly ConcurrentDictionary<long, Task> _running = new();
    private string? _failure;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        while (!stoppingToken.IsCancellationRequested)
        {
            await TryAsync(
                () => place.IsTaken ? RunAsync(stoppingToken) : Task.CompletedTask, stoppingToken);
            await Task.Delay(Interval, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        await Task.WhenAll(_running.Values);
    }

    private async Task RunAsync(CancellationToken cancellationToken)
    {
        foreach (var one in await batches.TakeAsync(place.Id, cancellationToken))
        {
            if (one.NextRun <= clock.GetUtcNow() && !await runs.RunDueAsync(one, cancellationToken))
            {
                Skipped(one.Name);
            }
        }

        foreach (var one in await runs.ActiveAsync(place.Id, cancellationToken))
        {
            if (!_running.TryGetValue(one.Shown.Id, out var before) || before.IsCompleted)
            {
                _running[one.Shown.Id] = Task.Run(
                    () => TryAsync(() => steps.RunAsync(one, cancellationToken), cancellationToken),
                    CancellationToken.None);
            }
        }
    }

    private async Task TryAsync(Func<Task> act, CancellationToken cancellationToken)
    {
        try
        {
            await act();
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
        }
        catch (Exception failure)
        {
            if (_failure != failure.Message)
            {
                _failure = failure.Message;
                Stands(failure.Message);
            }
        }
    }

    [LoggerMessage(LogLevel.Warning, "'{Batch}' was to run by itself, and did not: a run of it is under way.")]
    private partial void Skipped(string batch);

    [LoggerMessage(LogLevel.Error, "A run of a batch stands still until this is mended: {Reason}")]
    private partial void Stands(string reason);
}
