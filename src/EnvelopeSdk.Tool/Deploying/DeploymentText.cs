using System.Globalization;
using EnvelopeSdk.Deployments;
using EnvelopeSdk.Gateway.Routing;
using EnvelopeSdk.Tool.Commands;

namespace EnvelopeSdk.Tool.Deploying;

/// <summary>Deployments for people.</summary>
internal static class DeploymentText
{
    /// <summary>The envelope, as other commands take it.</summary>
    public static string Envelope(Deployment one) => $"{one.Name}@{one.Digest}";

    /// <summary>One line.</summary>
    public static string Short(Deployment one) => Texts.Plain(string.Create(
        CultureInfo.InvariantCulture,
        $"{one.Id}  {one.State}  {Envelope(one)}, version {one.Version}, platform {one.Platform}"
        + $"{(Live(one) is { } live ? $", {live}" : "")}"));

    /// <summary>Two lines: what it is, and how it came to be.</summary>
    public static string Of(Deployment one)
    {
        string?[] more =
        [
            string.Create(
                CultureInfo.InvariantCulture,
                $"asked for {Texts.Time(one.Requested)} by {one.RequestedBy}, version {one.Version} of the "
                + $"configuration, platform {one.Platform}"),
            one.Rule is null ? null : $"rule {one.Rule}",
            one.ApprovedBy is null ? null : $"approved by {one.ApprovedBy}",
            one.TakesBack is { } other ? string.Create(CultureInfo.InvariantCulture, $"takes back {other}") : null,
            Live(one),
        ];
        return Texts.Plain(string.Create(
                CultureInfo.InvariantCulture, $"{one.Id}  {one.State}  {one.Configuration}  {Envelope(one)}"))
            + "\n  " + Texts.Plain(string.Join("; ", more.OfType<string>()))
            + (one.Reason is null ? "" : "\n  " + Indented(one.Reason));
    }

    /// <summary>Something that a deployment came to.</summary>
    public static string Of(DeploymentStep step) => Texts.Plain(
        $"{Texts.Time(step.Time)}  {step.State}{(step.Who is null ? "" : $" by {step.Who}")}")
        + (step.Note is null ? "" : ": " + Indented(step.Note));

    /// <summary>What it did in the last hour.</summary>
    public static string Of(DeploymentTraffic traffic) => string.Create(
            CultureInfo.InvariantCulture,
            $"since {Texts.Time(traffic.From)}: {traffic.Requests} requests, {traffic.Failed} failed")
        + (traffic is { MedianMilliseconds: { } half, P95Milliseconds: { } most }
            ? $"; half {Within(half)}, 95 % {Within(most)}"
            : "");

    /// <summary>How long answers took: the last bound means that or longer.</summary>
    public static string Within(double milliseconds) => milliseconds < VersionCounts.LatencyBounds[^1]
        ? string.Create(CultureInfo.InvariantCulture, $"within {milliseconds:0.##} ms")
        : string.Create(CultureInfo.InvariantCulture, $"over {VersionCounts.LatencyBounds[^1]} ms");

    private static string? Live(Deployment one) => one.LiveFrom is not { } from ? null
        : one.LiveUntil is { } until ? $"live from {Texts.Time(from)} to {Texts.Time(until)}"
        : $"live since {Texts.Time(from)}";

    private static string Indented(string text) =>
        Texts.PlainLines(text.TrimEnd()).Replace("\n", "\n    ", StringComparison.Ordinal);
}
