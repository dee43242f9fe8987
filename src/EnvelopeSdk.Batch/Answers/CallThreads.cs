using System.Collections.Concurrent;

namespace EnvelopeSdk.Batch.Answers;

/// <summary>
/// Threads that call a slow model. The engine gives each thread a row group, which is 122,880 rows: of a model that
/// takes long, a part of a job has fewer.
/// </summary>
/// <param name="count">How many call at once, of all that ask.</param>
internal sealed class CallThreads(int count) : IDisposable
{
    /// <summary>From what a call takes on, others make it: to hand it over takes a tenth of that.</summary>
    public static readonly TimeSpan Slow = TimeSpan.FromMicroseconds(50);

    /// <summary>So many for each are made before an answer is taken: their arguments are in memory.</summary>
    private const int Ahead = 8;

    /// <summary>
    /// Not a scheduler that lets so many run: what a call awaits would go on by it, and wait for those that wait for it.
    /// </summary>
    private readonly SemaphoreSlim _free = new(count);

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
        if (workers < 2 * count)
        {
            ThreadPool.SetMinThreads(2 * count, ports); // else they come one by one; what calls await needs some, too
        }

        Parallel.ForEach(
            Partitioner.Create(Enumerable.Range(0, calls), EnumerablePartitionerOptions.NoBuffering),
            new ParallelOptions { MaxDegreeOfParallelism = count, CancellationToken = cancellationToken },
            i =>
            {
                _free.Wait(cancellationToken);
                try
                {
                    call(i);
                }
                finally
                {
                    _free.Release();
                }
            });
    }

    public void Dispose() => _free.Dispose();
}
