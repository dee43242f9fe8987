using System.Globalization;
using EnvelopeSdk.Gateway.Routing;
using EnvelopeSdk.Registry.Deploying.Gates;
using EnvelopeSdk.Registry.Deploying.Traffic;

namespace EnvelopeSdk.Registry.Pages.Deployments;

/// <summary>What a deployment did in the last hour, in a few words.</summary>
internal static class CountsText
{
    private const double Percentile = 0.95;

    /// <summary>Samples are a minute apart, and somewhat more on a busy machine.</summary>
    private static readonly TimeSpan Hour = TimeSpan.FromMinutes(62);

    public static string Latency(VersionCounts? counts) => counts?.LatencyAt(Percentile) switch
    {
        null => "–",
        { } most when most > VersionCounts.LatencyBounds[^1] => string.Create(
            CultureInfo.InvariantCulture, $"over {VersionCounts.LatencyBounds[^1]} ms"),
        { } most => string.Create(CultureInfo.InvariantCulture, $"{most:0.#} ms"),
    };

    /// <summary>All of it.</summary>
    public static string Of(CountedTraffic? traffic, DateTimeOffset now) => traffic switch
    {
        null => "not known",
        { Counts: { Requests: 0, Unreached: 0 } } => $"no request {Time(traffic, now)}",
        { Counts: var counts } => string.Create(
            CultureInfo.InvariantCulture,
            $"{counts.Requests} request{(counts.Requests == 1 ? "" : "s")}, {counts.Failed()} failed, 95 % within "
            + $"{Latency(counts)} {Time(traffic, now)}"),
    };

    /// <summary>Where a registry was away longer, nobody knows which of the requests are of the last hour.</summary>
    public static bool IsLonger(CountedTraffic? traffic, DateTimeOffset now) => now - traffic?.From > Hour;

    private static string Time(CountedTraffic traffic, DateTimeOffset now) =>
        IsLonger(traffic, now) || now - traffic.From < TimeSpan.FromHours(1)
            ? $"since {Shown.Time(traffic.From)}"
            : "in the last hour";
}
