namespace EnvelopeSdk.Service;

/// <summary>
/// How many calls may wait to begin. A number fits some models: a thousand calls of 20 microseconds are through before
/// a caller notices, and of 300 milliseconds would wait for minutes. So the default is what is answered in about a
/// second, as far as the calls up to now tell.
/// </summary>
internal sealed class QueueLength(CallLimits limits)
{
    /// <summary>Of each call, how much counts for the mean: the last hundred tell what to expect.</summary>
    private const double Weight = 1.0 / 32;

    /// <summary>Bursts of callers are no overload, whatever the model takes.</summary>
    private readonly int _least = Math.Min(32 * limits.Concurrent, CallLimits.Largest);

    private double _meanSeconds;

    /// <summary>
    /// The most calls that wait now. Until the first one has ended nothing is known; what comes up to then is little.
    /// </summary>
    public int Most => limits.Queued
        ?? (int)Math.Clamp(limits.Concurrent / Volatile.Read(ref _meanSeconds), _least, CallLimits.Largest);

    /// <summary>
    /// Takes note of how long a call held its place. Of two that end at once, one may go uncounted, which changes
    /// little.
    /// </summary>
    public void Note(TimeSpan held)
    {
        var mean = _meanSeconds;
        Volatile.Write(ref _meanSeconds, mean == 0 ? held.TotalSeconds : mean + ((held.TotalSeconds - mean) * Weight));
    }
}
