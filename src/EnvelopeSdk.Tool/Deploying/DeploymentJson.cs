using System.Text.Json;
using System.Text.Json.Nodes;
using EnvelopeSdk.Deployments;
using EnvelopeSdk.Tool.Output;

namespace EnvelopeSdk.Tool.Deploying;

/// <summary>Deployments, configurations and rules for programs.</summary>
internal static class DeploymentJson
{
    public static JsonObject Of(Deployment one) => new()
    {
        ["id"] = one.Id,
        ["configuration"] = one.Configuration,
        ["version"] = one.Version,
        ["name"] = one.Name,
        ["digest"] = one.Digest,
        ["platform"] = one.Platform,
        ["state"] = one.State,
        ["reason"] = one.Reason,
        ["requested"] = JsonParts.Time(one.Requested),
        ["requestedBy"] = one.RequestedBy,
        ["rule"] = one.Rule,
        ["approvedBy"] = one.ApprovedBy,
        ["step"] = one.Step,
        ["previous"] = one.Previous,
        ["takesBack"] = one.TakesBack,
        ["liveFrom"] = JsonParts.Time(one.LiveFrom),
        ["liveUntil"] = JsonParts.Time(one.LiveUntil),
    };

    public static JsonObject Of(DeploymentHistory one) => new()
    {
        ["deployment"] = Of(one.Deployment),
        ["steps"] = JsonParts.Array(one.Steps, step => new JsonObject
        {
            ["state"] = step.State,
            ["time"] = JsonParts.Time(step.Time),
            ["who"] = step.Who,
            ["note"] = step.Note,
        }),
    };

    public static JsonObject Of(DeploymentConfiguration one) => new()
    {
        ["name"] = one.Name,
        ["version"] = one.Version,
        ["settings"] = Of(one.Settings),
        ["changed"] = JsonParts.Time(one.Changed),
        ["changedBy"] = one.ChangedBy,
        ["url"] = one.Url,
        ["platform"] = one.Platform,
        ["live"] = one.Live is { } live ? Of(live) : null,
        ["active"] = one.Active is { } active ? Of(active) : null,
        ["traffic"] = one.Traffic is not { } traffic
            ? null
            : new JsonObject
            {
                ["from"] = JsonParts.Time(traffic.From),
                ["requests"] = traffic.Requests,
                ["failed"] = traffic.Failed,
                ["medianMilliseconds"] = traffic.MedianMilliseconds,
                ["p95Milliseconds"] = traffic.P95Milliseconds,
            },
    };

    /// <summary>As the API has them, and a file of settings.</summary>
    public static JsonNode Of(DeploymentSettings one) =>
        JsonSerializer.SerializeToNode(one, JsonSerializerOptions.Web)!;

    public static JsonObject Of(DeploymentRule one) => new()
    {
        ["configuration"] = one.Configuration,
        ["name"] = one.Name,
        ["settings"] = JsonSerializer.SerializeToNode(one.Settings, JsonSerializerOptions.Web),
        ["changed"] = JsonParts.Time(one.Changed),
        ["changedBy"] = one.ChangedBy,
    };

    public static JsonObject Of(RuleRun one) => new()
    {
        ["now"] = new JsonObject
        {
            ["envelope"] = one.Now.Envelope,
            ["action"] = one.Now.Action,
            ["reason"] = one.Now.Reason,
        },
        ["history"] = JsonParts.Array(one.History, moment => new JsonObject
        {
            ["time"] = JsonParts.Time(moment.Time),
            ["envelope"] = moment.Envelope,
        }),
    };
}
