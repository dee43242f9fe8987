namespace EnvelopeSdk.Service;

/// <summary>
/// How many calls may be under way that no longer hold a place to compute. What such a call does behind its first wait
/// nobody sees: one waits for a database and costs nothing, another computes on a thread of the pool and holds up what
/// else the service answers. So the default begins small, grows by one with each call that ends, or finds no room while
/// processors are idle, and is halved when more threads of the pool are busy than should compute: additive increase and
/// multiplicative decrease, as TCP does (RFC 5681, section 3.1). One that is configured stays as it is.
/// </summary>
internal sealed class WaitingRoom(CallLimits limits, Func<int> busyThreads)
{
    private readonly int _least = limits.Waiting ?? Math.Min(2 * limits.Concurrent, CallLimits.Largest);
    private readonly int _manyThreads = 2 * limits.Concurrent;
    private readonly double _fewProcessors = Math.Min(limits.Concurrent, Environment.ProcessorCount) / 2.0;
    private int _most = limits.Waiting ?? Math.Min(2 * limits.Concurrent, CallLimits.Largest);

    public WaitingRoom(CallLimits limits)
        : this(limits, BusyThreads)
    {
    }

    /// <summary>The most that are let in now.</summary>
    public int Most => Volatile.Read(ref _most);

    /// <summary>The most that are ever let in.</summary>
    public int Largest { get; } = limits.Waiting ?? Math.Min(32 * limits.Concurrent, CallLimits.Largest);

    /// <summary>
    /// Takes note that one of them has ended. Of two at once, one may go uncounted, which changes little.
    /// </summary>
    public void Note()
    {
        if (_least < Largest)
        {
            var most = Most;
            Volatile.Write(
                ref _most,
                busyThreads() > _manyThreads ? Math.Max(most / 2, _least) : Math.Min(most + 1, Largest));
        }
    }

    /// <summary>
    /// Takes note that a call has waited for room: streams to which nothing comes may not hold up all others.
    /// </summary>
    /// <param name="processors">How many processors worked for the service meanwhile.</param>
    public void NoteFull(double processors)
    {
        if (_least < Largest && processors < _fewProcessors)
        {
            Volatile.Write(ref _most, Math.Min(Most + 1, Largest));
        }
    }

    private static int BusyThreads()
    {
        ThreadPool.GetMaxThreads(out var most, out _);
        ThreadPool.GetAvailableThreads(out var idle, out _);
        return most - idle;
    }
}
