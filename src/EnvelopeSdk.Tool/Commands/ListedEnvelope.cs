using System.Text.Json;
using System.Text.Json.Nodes;
using EnvelopeSdk.Envelopes;
using EnvelopeSdk.Queries;

namespace EnvelopeSdk.Tool.Commands;

/// <summary>An envelope in a list: two lines for people, one for machines.</summary>
internal static class ListedEnvelope
{
    private static readonly JsonSerializerOptions Options = new()
    {
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <returns>Whether its record cannot be read.</returns>
    public static async Task<bool> WriteAsync(
        IEnvelopeStore store, FoundEnvelope one, bool json, CancellationToken cancellation)
    {
        var (record, damage) = await ReadAsync(store, one, cancellation);
        if (json)
        {
            Console.WriteLine(Json(one, record, damage).ToJsonString(Options));
        }
        else
        {
            Console.WriteLine(one.Reference); // the form that every command and template takes
            Console.WriteLine("  " + (damage ?? Line(one, record!)));
        }

        return damage is not null;
    }

    private static string Line(FoundEnvelope one, EnvelopeRecord record)
    {
        var labels = one.Journal.Labels;
        return string.Join(
            "  ",
            [
                .. one.Saved is { } saved ? [Texts.Time(saved)] : Array.Empty<string>(),
                Texts.Plain(record.Description ?? "(no description)"),
                .. labels.Tags.Select(tag => Texts.Plain($"{tag.Key}={tag.Value}")),
                .. labels.Metrics.Select(Texts.Metric),
            ]);
    }

    private static JsonObject Json(FoundEnvelope one, EnvelopeRecord? record, string? damage)
    {
        var labels = one.Journal.Labels;
        return new()
        {
            ["name"] = one.Reference.Name,
            ["digest"] = one.Reference.Digest.ToString(),
            ["saved"] = one.Saved?.UtcDateTime.ToString("O"),
            ["description"] = record?.Description,
            ["commit"] = record?.Provenance.Git?.Commit,
            ["schema"] = record?.Schema.Fingerprint,
            ["tags"] = new JsonObject(labels.Tags.Select(
                tag => new KeyValuePair<string, JsonNode?>(tag.Key, tag.Value))),
            ["metrics"] = new JsonObject(labels.Metrics.Select(
                metric => new KeyValuePair<string, JsonNode?>(metric.Key, Number(metric.Value)))),
            ["cursor"] = one.Cursor,
            ["damage"] = damage,
        };
    }

    /// <summary>JSON has no NaN and no infinity.</summary>
    private static JsonNode Number(double value) => double.IsFinite(value)
        ? JsonValue.Create(value)
        : JsonValue.Create(value.ToString(System.Globalization.CultureInfo.InvariantCulture));

    private static async Task<(EnvelopeRecord? Record, string? Damage)> ReadAsync(
        IEnvelopeStore store, FoundEnvelope one, CancellationToken cancellation)
    {
        try
        {
            return ((await store.OpenAsync(one.Reference.Name, one.Reference.Digest, cancellation)).Record, null);
        }
        catch (EnvelopeException damaged)
        {
            return (null, Texts.Plain(damaged.Message));
        }
    }
}
