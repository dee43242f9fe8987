using System.Globalization;
using EnvelopeSdk.Gateway.Routing;
using EnvelopeSdk.Registry.Deploying.Gates;

namespace EnvelopeSdk.Registry.Pages.Deployments;

/// <summary>What the gateway counts, in a few words.</summary>
internal static class CountsText
{
    private const double Percentile = 0.95;

    public static string Latency(VersionCounts? counts) => counts is null || counts.Latency.Sum() == 0
        ? "–"
        : string.Create(CultureInfo.InvariantCulture, $"{counts.LatencyAt(Percentile):0.#} ms");

    public static string Of(VersionCounts? counts) => counts switch
    {
        null => "not known",
        { Requests: 0, Unreached: 0 } => "no request yet",
        _ => string.Create(
            CultureInfo.InvariantCulture,
            $"{counts.Requests} request{(counts.Requests == 1 ? "" : "s")}, {counts.Failed()} failed, 95 % within "
            + $"{Latency(counts)}"),
    };
}
