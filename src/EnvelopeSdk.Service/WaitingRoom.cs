namespace EnvelopeSdk.Service;

/// <summary>
/// How many calls may be under way that no longer hold a place to compute. What such a call does behind its first wait
/// nobody sees: one waits for a database and costs nothing, another computes on a thread of the pool and holds up what
/// else the service answers. So the default begins small, grows by one with each call that ends or needs room while few
/// threads of the pool are busy, and is halved when more of them are than should compute: additive increase and multiplicative decrease, as TCP does
/// (RFC 5681, section 3.1).
/// </summary>
internal sealed class WaitingRoom(CallLimits limits, Func<int> busyThreads)
{
    private readonly int _least = limits.Waiting ?? Math.Min(2 * limits.Concurrent, CallLimits.Largest);
    private readonly int _manyThreads = 2 * limits.Concurrent;
    private int _most = limits.Waiting ?? Math.Min(2 * limits.Concurrent, CallLimits.Largest);

    public WaitingRoom(CallLimits limits)
        : this(limits, BusyThreads)
    {
    }

    /// <summary>The most that are let in now.</summary>
    public int Most => Volatile.Read(ref _most);

    /// <summary>
    /// Whether one more is let in. It is, although there are as many as may be, while few threads are busy: streams to
    /// which nothing comes may not hold up all other calls.
    /// </summary>
    /// <param name="waiting">How many are in it.</param>
    public bool HasRoom(int waiting) => waiting < Most || (_least < Largest && TryGrow());

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

    private bool TryGrow()
    {
        var most = Most;
        if (most >= Largest || busyThreads() > _manyThreads)
        {
            return false;
        }

        Volatile.Write(ref _most, most + 1);
        return true;
    }

    private static int BusyThreads()
    {
        ThreadPool.GetMaxThreads(out var most, out _);
        ThreadPool.GetAvailableThreads(out var idle, out _);
        return most - idle;
    }
}
