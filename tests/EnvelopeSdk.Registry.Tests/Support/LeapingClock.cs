using System.Collections.Concurrent;

namespace EnvelopeSdk.Registry.Tests.Support;

/// <summary>A clock for one who waits: nothing takes long, and it shows what it would if it had.</summary>
internal sealed class LeapingClock : TimeProvider
{
    private long _ticks = CraftedStore.Noon.UtcTicks;

    /// <summary>For how long was waited.</summary>
    public ConcurrentQueue<TimeSpan> Waits { get; } = [];

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => new(GetTimestamp(), TimeSpan.Zero);

    public override long GetTimestamp() => Volatile.Read(ref _ticks);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        Waits.Enqueue(dueTime);
        Interlocked.Add(ref _ticks, dueTime.Ticks);
        return base.CreateTimer(callback, state, TimeSpan.FromMilliseconds(1), period);
    }
}
