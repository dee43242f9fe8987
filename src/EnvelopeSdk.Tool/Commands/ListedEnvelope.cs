using System.Text.Json.Nodes;
using EnvelopeSdk.Envelopes;
using EnvelopeSdk.Queries;
using EnvelopeSdk.Tool.Output;

namespace EnvelopeSdk.Tool.Commands;

/// <summary>An envelope in a list: two lines for people, an object for programs.</summary>
internal sealed class ListedEnvelope
{
    private readonly FoundEnvelope _found;
    private readonly EnvelopeRecord? _record;
    private readonly string? _damage;

    private ListedEnvelope(FoundEnvelope found, EnvelopeRecord? record, string? damage) =>
        (_found, _record, _damage) = (found, record, damage);

    /// <summary>Whether its record cannot be read.</summary>
    public bool IsDamaged => _damage is not null;

    public string Cursor => _found.Cursor;

    public static async Task<ListedEnvelope> ReadAsync(
        IEnvelopeStore store, FoundEnvelope found, CancellationToken cancellation)
    {
        try
        {
            var content = await store.OpenAsync(found.Reference.Name, found.Reference.Digest, cancellation);
            return new(found, content.Record, null);
        }
        catch (EnvelopeException damaged)
        {
            return new(found, null, damaged.Message);
        }
    }

    /// <summary>First the form that every command and template takes.</summary>
    public string Describe() => $"{_found.Reference}\n  {(_damage is null ? Line(_record!) : Texts.Plain(_damage))}";

    public JsonObject ToJson()
    {
        var labels = _found.Journal.Labels;
        var json = JsonParts.Of(_found.Reference);
        json["saved"] = JsonParts.Time(_found.Saved);
        json["description"] = _record?.Description;
        json["commit"] = _record?.Provenance.Git?.Commit;
        json["schema"] = _record?.Schema.Fingerprint;
        json["tags"] = JsonParts.Tags(labels.Tags);
        json["metrics"] = JsonParts.Metrics(labels.Metrics);
        json["cursor"] = _found.Cursor;
        json["damage"] = _damage;
        return json;
    }

    private string Line(EnvelopeRecord record)
    {
        var labels = _found.Journal.Labels;
        return string.Join(
            "  ",
            [
                .. _found.Saved is { } saved ? [Texts.Time(saved)] : Array.Empty<string>(),
                Texts.Plain(record.Description ?? "(no description)"),
                .. labels.Tags.Select(tag => Texts.Plain($"{tag.Key}={tag.Value}")),
                .. labels.Metrics.Select(Texts.Metric),
            ]);
    }
}
