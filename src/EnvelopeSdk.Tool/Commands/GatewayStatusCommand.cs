using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using EnvelopeSdk.Gateway.Control;
using EnvelopeSdk.Gateway.Routing;
using EnvelopeSdk.Tool.Deploying;
using EnvelopeSdk.Tool.Output;

namespace EnvelopeSdk.Tool.Commands;

/// <summary><c>envelope gateway status</c>: what the versions behind a gateway did since it started.</summary>
internal static class GatewayStatusCommand
{
    private const double Half = 0.5;
    private const double Most = 0.99;

    /// <param name="directory">The option that names the gateway.</param>
    public static Command Create(Option<string?> directory)
    {
        var command = new ToolCommand(
            "status",
            "Says of each route and version how many requests there were, which failed, and how long they took.",
            "envelope gateway status",
            "envelope gateway status --directory /var/lib/gateway --json")
        {
            directory, Answer.Json,
        };
        command.SetAction(async (parsed, cancellation) =>
        {
            var place = GatewayPlace.Of(parsed, directory);
            using var client = new GatewayClient(place);
            var status = await client.StatusAsync(cancellation);
            Answer.Write(parsed, Json(place, status), Text(place, status));
            return ExitCodes.Done;
        });
        return command;
    }

    /// <summary>By route, and of a route those that leave behind the others.</summary>
    private static IEnumerable<(VersionStatus Version, bool IsLeaving)> All(GatewayStatus status) =>
        status.Versions.Select(one => (Version: one, IsLeaving: false))
            .Concat(status.Leaving.Select(one => (Version: one, IsLeaving: true)))
            .OrderBy(one => one.Version.Route, StringComparer.Ordinal).ThenBy(one => one.IsLeaving)
            .ThenBy(one => one.Version.Version, StringComparer.Ordinal);

    private static string Text(string place, GatewayStatus status)
    {
        var routes = All(status).GroupBy(one => one.Version.Route).Select(route =>
            $"{route.Key}\n{string.Join('\n', route.Select(one => "  " + Line(one.Version, one.IsLeaving)))}").ToList();
        var live = routes.Count > 0 ? string.Join('\n', routes) : "Nothing is live.";
        return $"The gateway in '{place}' runs since {Texts.Time(status.Started)}, with list {status.Revision} of its "
            + $"routes.\n{live}";
    }

    private static string Line(VersionStatus one, bool isLeaving)
    {
        var counts = one.Counts;
        var latency = counts.LatencyAt(Half) is { } median && counts.LatencyAt(Most) is { } most
            ? $"; half {DeploymentText.Within(median)}, 99 % {DeploymentText.Within(most)}"
            : "";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{Texts.Plain(one.Version)}{(isLeaving ? " (leaving)" : "")}: {counts.Requests} requests, "
            + $"{counts.Failures} failures, {counts.Faults} faults, {counts.Unreached} unreached, "
            + $"{counts.GivenUp} given up, "
            + $"{counts.InFlight} in flight{latency}");
    }

    private static JsonObject Json(string place, GatewayStatus status) => new()
    {
        ["directory"] = place,
        ["started"] = JsonParts.Time(status.Started),
        ["revision"] = status.Revision,
        ["versions"] = JsonParts.Array(All(status), one => Json(one.Version, one.IsLeaving)),
        ["replicas"] = JsonParts.Array(
            status.Replicas.OrderBy(one => one.Address, StringComparer.Ordinal),
            one => new JsonObject { ["address"] = one.Address, ["inFlight"] = one.InFlight }),
    };

    private static JsonObject Json(VersionStatus one, bool isLeaving) => new()
    {
        ["route"] = one.Route,
        ["version"] = one.Version,
        ["isLeaving"] = isLeaving,
        ["requests"] = one.Counts.Requests,
        ["failures"] = one.Counts.Failures,
        ["faults"] = one.Counts.Faults,
        ["givenUp"] = one.Counts.GivenUp,
        ["unreached"] = one.Counts.Unreached,
        ["inFlight"] = one.Counts.InFlight,
        ["medianMilliseconds"] = Milliseconds(one.Counts, Half),
        ["p99Milliseconds"] = Milliseconds(one.Counts, Most),
    };

    private static JsonNode? Milliseconds(VersionCounts counts, double share) =>
        counts.ToldLatencyAt(share) is { } latency ? JsonParts.Number(latency) : null;
}
