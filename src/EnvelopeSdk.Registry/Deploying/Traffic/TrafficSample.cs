using System.Globalization;
using EnvelopeSdk.Gateway.Routing;
using EnvelopeSdk.Registry.Deploying.Gates;

namespace EnvelopeSdk.Registry.Deploying.Traffic;

/// <summary>What a gateway had counted of a deployment.</summary>
/// <param name="Deployment">The deployment.</param>
/// <param name="Time">When.</param>
/// <param name="Started">When that gateway was started: it counts from then on.</param>
/// <param name="Counts">What it had counted.</param>
internal sealed record TrafficSample(
    long Deployment, DateTimeOffset Time, DateTimeOffset Started, VersionCounts Counts)
{
    /// <summary>What was counted after an earlier sample: all, where another gateway has begun to count.</summary>
    public VersionCounts Since(TrafficSample earlier) =>
        Started == earlier.Started && Counts.Requests >= earlier.Counts.Requests
            ? Counts.Since(earlier.Counts)
            : Counts;

    /// <summary>What a gateway has counted of all deployments.</summary>
    public static IEnumerable<TrafficSample> Of(GatewayStatus status, DateTimeOffset time)
    {
        foreach (var one in status.Versions)
        {
            if (long.TryParse(one.Version, NumberStyles.None, CultureInfo.InvariantCulture, out var id))
            {
                yield return new(id, time, status.Started, one.Counts);
            }
        }
    }
}
