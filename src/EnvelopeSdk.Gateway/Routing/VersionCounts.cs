namespace EnvelopeSdk.Gateway.Routing;

/// <summary>What a version did since the gateway started.</summary>
/// <param name="Requests">The requests that it answered, or began to.</param>
/// <param name="Failures">Those that it answered with 500 or more.</param>
/// <param name="Faults">Those that it did not answer to the end: it ended, or said nothing for too long.</param>
/// <param name="Unreached">How often a replica of it could not be reached; another may have answered then.</param>
/// <param name="InFlight">Those that are under way.</param>
/// <param name="Latency">
/// How many took how long, to the end of the answer: one number for each of <see cref="LatencyBounds"/>, and one more
/// for those that took longer.
/// </param>
public sealed record VersionCounts(
    long Requests, long Failures, long Faults, long Unreached, int InFlight, IReadOnlyList<long> Latency)
{
    /// <summary>
    /// How many requests their callers gave up before they were answered: by no fault that anybody could tell, but a
    /// version that answers nobody is noticed by them. They are none of <see cref="Requests"/>.
    /// </summary>
    public long GivenUp { get; init; }

    /// <summary>The greatest duration of each number in <see cref="Latency"/>, in milliseconds.</summary>
    public static IReadOnlyList<double> LatencyBounds { get; } =
        [0.5, 1, 2, 3, 5, 7.5, 10, 15, 20, 30, 50, 75, 100, 150, 200, 300, 500, 750, 1000, 2000, 5000, 10_000, 30_000];

    /// <summary>
    /// Within which time a share of the answers ended, as if those between two bounds took evenly different times, and
    /// those beyond the last bound up to twice that.
    /// </summary>
    /// <param name="share">The share: 0.5 for the median; it is more than 0, and at most 1.</param>
    /// <returns>
    /// Milliseconds, between the two bounds in which the last of these answers lies; null: nothing was answered.
    /// </returns>
    public double? LatencyAt(double share)
    {
        var left = share * Latency.Sum();
        for (var i = 0; i < Latency.Count; i++)
        {
            if (Latency[i] > 0 && left <= Latency[i])
            {
                var (from, to) = RangeOf(i);
                return from + ((to - from) * (left / Latency[i]));
            }

            left -= Latency[i];
        }

        return null;
    }

    /// <summary>
    /// The same for who is told a number: of what took longer than the last bound, that is all that is known.
    /// </summary>
    /// <param name="share">The share.</param>
    /// <returns>
    /// Milliseconds, at the most the last bound, which means that or longer; null: nothing was answered.
    /// </returns>
    public double? ToldLatencyAt(double share) =>
        LatencyAt(share) is { } found ? Math.Min(found, LatencyBounds[^1]) : null;

    /// <summary>Between which milliseconds those are that a number in <see cref="Latency"/> counts.</summary>
    internal static (double From, double To) RangeOf(int number)
    {
        var from = number == 0 ? 0 : LatencyBounds[number - 1];
        return (from, number < LatencyBounds.Count ? LatencyBounds[number] : from * 2);
    }
}

/// <summary>Counts what a version does.</summary>
internal sealed class VersionCounter
{
    private readonly long[] _latency = new long[VersionCounts.LatencyBounds.Count + 1];
    private long _requests;
    private long _failures;
    private long _faults;
    private long _unreached;
    private long _givenUp;
    private int _inFlight;

    public int InFlight => Volatile.Read(ref _inFlight);

    public VersionCounts Counts => new(
        Volatile.Read(ref _requests), Volatile.Read(ref _failures), Volatile.Read(ref _faults),
        Volatile.Read(ref _unreached), InFlight, [.. _latency.Select((_, i) => Volatile.Read(ref _latency[i]))])
    {
        GivenUp = Volatile.Read(ref _givenUp),
    };

    public void Begin() => Interlocked.Increment(ref _inFlight);

    /// <summary>A request is under way no more, however it ended.</summary>
    public void Leave() => Interlocked.Decrement(ref _inFlight);

    public void Unreach() => Interlocked.Increment(ref _unreached);

    public void Fault()
    {
        Interlocked.Increment(ref _requests);
        Interlocked.Increment(ref _faults);
    }

    /// <summary>Its caller gave it up before it was answered.</summary>
    public void GiveUp() => Interlocked.Increment(ref _givenUp);

    /// <param name="status">What it was answered with.</param>
    /// <param name="duration">How long it took.</param>
    public void Answer(int status, TimeSpan duration)
    {
        Interlocked.Increment(ref _requests);
        Interlocked.Increment(ref _latency[BucketOf(duration.TotalMilliseconds)]);
        if (status >= 500)
        {
            Interlocked.Increment(ref _failures);
        }
    }

    private static int BucketOf(double milliseconds)
    {
        var bounds = VersionCounts.LatencyBounds;
        var bucket = 0;
        while (bucket < bounds.Count && milliseconds > bounds[bucket])
        {
            bucket++;
        }

        return bucket;
    }
}
