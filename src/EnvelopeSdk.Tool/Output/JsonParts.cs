using System.Globalization;
using System.Text.Json.Nodes;
using EnvelopeSdk.Journal;
using EnvelopeSdk.Signing;

namespace EnvelopeSdk.Tool.Output;

/// <summary>The parts that answers for programs have in common.</summary>
internal static class JsonParts
{
    /// <summary>An envelope's name and digest, to which an answer adds its own.</summary>
    public static JsonObject Of(EnvelopeReference reference) => new()
    {
        ["name"] = reference.Name,
        ["digest"] = reference.Digest.ToString(),
    };

    public static JsonArray Array<T>(IEnumerable<T> items, Func<T, JsonNode?> form) => [.. items.Select(form)];

    /// <summary>RFC 3339, in UTC.</summary>
    public static string? Time(DateTimeOffset? time) => time?.UtcDateTime.ToString("O", CultureInfo.InvariantCulture);

    public static JsonObject Tags(IEnumerable<KeyValuePair<string, string>> tags) =>
        new(tags.Select(tag => KeyValuePair.Create(tag.Key, (JsonNode?)tag.Value)));

    public static JsonObject Metrics(IEnumerable<KeyValuePair<string, double>> metrics) =>
        new(metrics.Select(metric => KeyValuePair.Create(metric.Key, (JsonNode?)Number(metric.Value))));

    /// <summary>The points of each metric, with steps and without: numbers and structures.</summary>
    public static JsonObject Series(EnvelopeJournal journal) => new(journal.Metrics.Select(
        metric => KeyValuePair.Create(metric.Key, (JsonNode?)Array(metric.Value, point => new JsonObject
        {
            ["step"] = point.Step,
            ["time"] = Time(point.Time),
            ["value"] = JsonNode.Parse(point.Value.ToJson().GetRawText()),
        }))));

    public static JsonObject? Ci(CiJob? job) => job is null
        ? null
        : new() { ["system"] = job.System, ["id"] = job.Id, ["url"] = job.Url?.ToString() };

    /// <summary>What an event changed, and what was there before.</summary>
    public static JsonObject Change(EnvelopeJournal journal, JournalEvent one) => new()
    {
        ["id"] = one.Id.ToString(),
        ["kind"] = one.Kind.ToString().ToLowerInvariant(),
        ["name"] = one.Name,
        ["step"] = one.Step,
        ["value"] = one.Value is { } value ? JsonNode.Parse(value.GetRawText()) : null,
        ["before"] = journal.ValueBefore(one) is { } before ? JsonNode.Parse(before.GetRawText()) : null,
        ["time"] = Time(one.Time),
        ["who"] = one.Who,
        ["ci"] = Ci(one.Ci),
    };

    /// <summary>What a signer calls an envelope, and says besides.</summary>
    public static JsonObject Claim(SignedClaim claim, VerificationKey key) => new()
    {
        ["identity"] = claim.Identity,
        ["annotations"] = new JsonObject(claim.Annotations.Select(
            one => KeyValuePair.Create(one.Key, JsonNode.Parse(one.Value.GetRawText())))),
        ["key"] = new JsonObject { ["file"] = key.Source, ["fingerprint"] = key.Fingerprint.ToString() },
    };

    /// <summary>A number, or a string: JSON has no NaN and no infinity.</summary>
    public static JsonValue Number(double value) => double.IsFinite(value)
        ? JsonValue.Create(value)
        : JsonValue.Create(value.ToString(CultureInfo.InvariantCulture));
}
