using System.Collections.Concurrent;

namespace EnvelopeSdk.Batch.Answers;

/// <summary>
/// Threads that call a slow model. The engine gives each thread a row group, which is 122,880 rows: of a model that
/// takes long, a part of a job has fewer.
/// </summary>
/// <param name="count">How many call at once, of all that ask.</param>
internal sealed class CallThreads(int count)
{
    /// <summary>From what a call takes on, others make it: to hand it over takes a tenth of that.</summary>
    public static readonly TimeSpan Slow = TimeSpan.FromMicroseconds(50);

    /// <summary>So many for each are made before an answer is taken: their arguments are in memory.</summary>
    private const int Ahead = 8;

    private readonly TaskScheduler _scheduler =
        new ConcurrentExclusiveSchedulerPair(TaskScheduler.Default, count).ConcurrentScheduler;

    /// <summary>How many there are.</summary>
    public int Count => count;

    /// <summary>How many calls are made before their answers are taken.</summary>
    public int Window => count * Ahead;

    /// <summary>Makes calls, and waits for the last of them.</summary>
    /// <param name="calls">How many.</param>
    /// <param name="call">Makes one, which it is told the number of.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public void Make(int calls, Action<int> call, CancellationToken cancellationToken)
    {
        ThreadPool.GetMinThreads(out var workers, out var ports);
        if (workers < count)
        {
            ThreadPool.SetMinThreads(count, ports); // which else come one by one, as calls wait
        }

        Parallel.ForEach(
            Partitioner.Create(Enumerable.Range(0, calls), EnumerablePartitionerOptions.NoBuffering),
            new ParallelOptions
            {
                TaskScheduler = _scheduler,
                MaxDegreeOfParallelism = count,
                CancellationToken = cancellationToken,
            },
            call);
    }
}
