namespace EnvelopeSdk.Gateway.Routing;

/// <summary>A version of a route as the gateway knows it: what it counts outlives each list of routes.</summary>
internal sealed class LiveVersion
{
    public VersionCounter Counter { get; } = new();
}

/// <summary>An address at which a version answers.</summary>
internal sealed class LiveReplica(string address)
{
    /// <summary>How long one that could not be reached is asked only when no other can be.</summary>
    private const long Shunned = 1000;

    private long _shunnedUntil;
    private int _inFlight;

    /// <summary>The address as lists name it.</summary>
    public string Named => address;

    /// <summary>The address without a slash at its end.</summary>
    public string Address { get; } = address.TrimEnd('/');

    public int InFlight => Volatile.Read(ref _inFlight);

    public bool IsShunned => Environment.TickCount64 < Volatile.Read(ref _shunnedUntil);

    public void Begin() => Interlocked.Increment(ref _inFlight);

    public void End() => Interlocked.Decrement(ref _inFlight);

    public void Shun() => Volatile.Write(ref _shunnedUntil, Environment.TickCount64 + Shunned);
}
