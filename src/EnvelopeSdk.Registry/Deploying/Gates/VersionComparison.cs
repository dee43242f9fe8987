using System.Globalization;
using EnvelopeSdk.Deployments;
using EnvelopeSdk.Gateway.Routing;

namespace EnvelopeSdk.Registry.Deploying.Gates;

/// <summary>What a canary and what runs did over the same time.</summary>
internal sealed class VersionComparison(VersionCounts canary, VersionCounts running, DeploymentStrategy strategy)
{
    private const double Percentile = 0.95;
    private const double Deviations = 2;

    public long Requests => canary.Requests;

    /// <summary>Whether it has answered enough requests to be judged.</summary>
    public bool IsEnough => Requests >= strategy.MinimumRequests;

    /// <exception cref="EnvelopeException">It is worse than what runs.</exception>
    public void EnsureNotWorse()
    {
        // Too many failures are told at once: those that come cannot make them fewer than too many.
        var most = Math.Min(1, running.FailureShare() + strategy.ErrorMargin);
        var count = Math.Max(canary.Tried(), strategy.MinimumRequests);
        if (canary.Failed() > MostByChance(most, count))
        {
            throw Worse(string.Create(
                CultureInfo.InvariantCulture,
                $"{canary.Failed()} of its {canary.Tried()} requests failed, and of those of what runs "
                + $"{running.Failed()} of {running.Tried()}; the share may be greater by {strategy.ErrorMargin:0.####}"));
        }

        var mostGivenUp = Math.Min(1, running.GivenUpShare() + strategy.ErrorMargin);
        var sent = Math.Max(canary.Sent(), strategy.MinimumRequests);
        if (canary.GivenUp > MostByChance(mostGivenUp, sent))
        {
            throw Worse(string.Create(
                CultureInfo.InvariantCulture,
                $"the callers of {canary.GivenUp} of its {canary.Sent()} requests gave up, and of those of what runs "
                + $"{running.GivenUp} of {running.Sent()}; the share may be greater by {strategy.ErrorMargin:0.####}"));
        }

        // The first requests of a process that has just started are slow: some of few say nothing of its percentile.
        var other = LatencyOf(running);
        var slow = Math.Max(other * strategy.LatencyRatio, other + strategy.LatencyMargin);
        if (IsEnough && running.Requests >= strategy.MinimumRequests
            && canary.CountAbove(slow) > MostByChance(1 - Percentile, canary.Requests))
        {
            throw Worse(string.Create(
                CultureInfo.InvariantCulture,
                $"its latency (95th percentile) is {LatencyOf(canary):0.##} ms, and that of what runs "
                + $"{other:0.##} ms; it may be {slow:0.##} ms"));
        }
    }

    /// <summary>
    /// Of so many that each have a chance, how many there may be: two standard deviations more than are expected, beyond
    /// which chance alone comes once in forty times.
    /// </summary>
    private static double MostByChance(double chance, long count) =>
        (chance * count) + (Deviations * Math.Sqrt(chance * (1 - chance) * count));

    /// <summary>What both did, in words.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{canary.Failed()} of {canary.Requests} requests failed ({running.Failed()} of {running.Requests} of what ran "
        + $"before); latency (95th percentile) {LatencyOf(canary):0.##} ms "
        + $"({LatencyOf(running):0.##} ms).");

    private static double LatencyOf(VersionCounts counts) => counts.LatencyAt(Percentile) ?? 0;

    private static EnvelopeException Worse(string reason) => new(
        EnvelopeError.Mismatch, $"It was worse than what runs and was withdrawn: {reason}.");
}

internal static class CountsExtensions
{
    /// <summary>What was counted since something was.</summary>
    public static VersionCounts Since(this VersionCounts now, VersionCounts before) => new(
        now.Requests - before.Requests, now.Failures - before.Failures, now.Faults - before.Faults,
        now.Unreached - before.Unreached, now.InFlight,
        [.. now.Latency.Zip(before.Latency, (one, other) => one - other)])
    {
        GivenUp = now.GivenUp - before.GivenUp,
    };

    /// <summary>What was counted in two times, of which the other is the later.</summary>
    public static VersionCounts And(this VersionCounts one, VersionCounts other) => new(
        one.Requests + other.Requests, one.Failures + other.Failures, one.Faults + other.Faults,
        one.Unreached + other.Unreached, other.InFlight, [.. one.Latency.Zip(other.Latency, (a, b) => a + b)])
    {
        GivenUp = one.GivenUp + other.GivenUp,
    };

    /// <summary>Requests that failed by the service's fault, and times that it was not reached.</summary>
    public static long Failed(this VersionCounts counts) => counts.Failures + counts.Faults + counts.Unreached;

    public static double FailureShare(this VersionCounts counts) =>
        counts.Failed() / (double)Math.Max(1, counts.Tried());

    /// <summary>How many requests came to it, answered or given up.</summary>
    public static long Sent(this VersionCounts counts) => counts.Requests + counts.GivenUp;

    public static double GivenUpShare(this VersionCounts counts) =>
        counts.GivenUp / (double)Math.Max(1, counts.Sent());

    /// <summary>How often a request was sent to it.</summary>
    public static long Tried(this VersionCounts counts) => counts.Requests + counts.Unreached;

    /// <summary>How many requests took more milliseconds, those of a range spread evenly in it.</summary>
    public static double CountAbove(this VersionCounts counts, double milliseconds) => counts.Latency.Select((own, i) =>
    {
        var (from, to) = VersionCounts.RangeOf(i);
        return own * Math.Clamp((to - milliseconds) / (to - from), 0, 1);
    }).Sum();
}
