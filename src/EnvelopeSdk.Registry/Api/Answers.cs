using System.Text.Json;
using EnvelopeSdk.Journal;
using EnvelopeSdk.Registries;
using EnvelopeSdk.Registry.Data;
using EnvelopeSdk.Registry.Records;

namespace EnvelopeSdk.Registry.Api;

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

/// <summary>What a metric is to be.</summary>
/// <param name="Value">A number, <c>"NaN"</c>, <c>"Infinity"</c>, <c>"-Infinity"</c>, or a structure.</param>
/// <param name="Step">Its place in a series; null: it has one value.</param>
internal sealed record NewMetric(JsonElement Value, long? Step = null);

/// <summary>What is known, as it is answered.</summary>
internal static class Answers
{
    public static ListedEnvelope Listed(CatalogEntry one) => new(
        one.Reference.Name, one.Reference.Digest.ToString(), one.Saved, one.SavedBy, one.Tags, one.Metrics, one.Cursor);

    public static EnvelopeChange Change(EnvelopeJournal journal, JournalEvent one, bool isClaim) => new(
        one.Id, one.Kind, one.Name, one.Step, one.Value, journal.ValueBefore(one), one.Time, one.Who, isClaim, one.Ci);

    public static AuditedChange Audited(AuditRecord one) => new(
        one.Id, one.Time, one.Who, one.Via, one.Change.Action, one.Change.Envelope, one.Change.Digest?.ToString(),
        one.Change.Subject, one.Change.Before, one.Change.After, one.Change.Event, one.Outcome);
}
