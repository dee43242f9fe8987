using EnvelopeSdk.Deployments;
using EnvelopeSdk.Gateway.Routing;
using EnvelopeSdk.Registry.Deploying.Gates;

namespace EnvelopeSdk.Registry.Deploying.Traffic;

/// <summary>What a deployment did in a time that ends now.</summary>
/// <param name="From">When it begins.</param>
/// <param name="Counts">What it did.</param>
internal sealed record CountedTraffic(DateTimeOffset From, VersionCounts Counts)
{
    private const double Half = 0.5;
    private const double Most = 0.95;

    private static readonly VersionCounts Nothing =
        new(0, 0, 0, 0, 0, new long[VersionCounts.LatencyBounds.Count + 1]);

    /// <summary>What everybody sees.</summary>
    public DeploymentTraffic Shown =>
        new(From, Counts.Requests, Counts.Failed(), Counts.ToldLatencyAt(Half), Counts.ToldLatencyAt(Most));

    /// <summary>Adds up what lies between samples.</summary>
    /// <param name="samples">All of one deployment, the earliest first: what was counted before is not of it.</param>
    /// <returns>Null: there is no sample.</returns>
    public static CountedTraffic? Of(IReadOnlyList<TrafficSample> samples) => samples.Count == 0
        ? null
        : new(samples[0].Time, samples.Zip(samples.Skip(1)).Aggregate(
            Nothing, (sum, pair) => sum.And(pair.Second.Since(pair.First))));
}
