using System.Text.Json;
using System.Text.Json.Serialization;
using EnvelopeSdk.Journal;
using EnvelopeSdk.Registry.Data;
using EnvelopeSdk.Schema;

namespace EnvelopeSdk.Registry.Api;

/// <summary>Envelopes that were found.</summary>
/// <param name="Envelopes">The envelopes, in the order that was asked for.</param>
/// <param name="Next">What <c>after</c> goes on with; null when there are no more.</param>
internal sealed record EnvelopeList(IReadOnlyList<ListedEnvelope> Envelopes, string? Next);

/// <summary>An envelope in a list.</summary>
internal sealed record ListedEnvelope(
    string Name, string Digest, DateTimeOffset? Saved, string? SavedBy, IReadOnlyDictionary<string, string> Tags,
    IReadOnlyDictionary<string, double> Metrics, string Cursor)
{
    /// <summary>Its journal as lines, where that was asked for.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Journal { get; init; }

    public static ListedEnvelope Of(CatalogEntry one) => new(
        one.Reference.Name, one.Reference.Digest.ToString(), one.Saved, one.SavedBy, one.Tags, one.Metrics,
        one.Cursor);
}

/// <summary>All that is known of an envelope but its files' content.</summary>
internal sealed record ShownEnvelope(
    string Name, string Digest, DateTimeOffset? Saved, string? SavedBy, CiJob? Ci,
    IReadOnlyDictionary<string, string> Tags, IReadOnlyDictionary<string, double> Metrics,
    IReadOnlyDictionary<string, IReadOnlyList<SeriesPoint>> Series, IReadOnlyList<EnvelopeFile> Files,
    JsonElement Record);

/// <summary>A value of a metric; without a step where it has one value.</summary>
internal sealed record SeriesPoint(long? Step, DateTimeOffset Time, JsonElement Value);

/// <summary>A file of an envelope, of so many bytes.</summary>
internal sealed record EnvelopeFile(string Path, long Size);

/// <summary>
/// One thing that happened to an envelope, and what was there before. Who made it is a claim when it came from a store,
/// and not from a caller whom the registry knew.
/// </summary>
internal sealed record Change(
    Guid Id, JournalEventKind Kind, string? Name, long? Step, JsonElement? Value, JsonElement? Before,
    DateTimeOffset Time, string? Who, bool IsClaim, CiJob? Ci)
{
    public static Change Of(EnvelopeJournal journal, JournalEvent one, bool isClaim) => new(
        one.Id, one.Kind, one.Name, one.Step, one.Value, journal.ValueBefore(one), one.Time, one.Who, isClaim, one.Ci);
}

/// <summary>What a metric is to be.</summary>
/// <param name="Value">A number, <c>"NaN"</c>, <c>"Infinity"</c>, <c>"-Infinity"</c>, or a structure.</param>
/// <param name="Step">Its place in a series; null: it has one value.</param>
internal sealed record NewMetric(JsonElement Value, long? Step = null);

/// <summary>How the second of two envelopes differs from the first.</summary>
internal sealed record Comparison(
    string Before, string After, bool IsBreaking, IReadOnlyList<SchemaChange> Schema,
    IReadOnlyDictionary<string, Difference<double?>> Metrics,
    IReadOnlyDictionary<string, Difference<JsonElement?>> Hyperparameters,
    IReadOnlyDictionary<string, Difference<string?>> Packages);

/// <summary>A value in the one and in the other; null where there is none.</summary>
internal sealed record Difference<T>(T Before, T After);
