using System.Text.Json;
using System.Text.Json.Serialization;
using EnvelopeSdk.Journal;
using EnvelopeSdk.Registry.Events;

namespace EnvelopeSdk.Registry.Data.Indexing;

/// <summary>What the index keeps of an envelope.</summary>
/// <param name="Reference">The envelope.</param>
/// <param name="Saved">When it was saved last, in ticks of UTC; 0 when nobody said so.</param>
/// <param name="SavedBy">Who saved it last.</param>
/// <param name="Commit">The git commit, in small letters.</param>
/// <param name="Schema">The fingerprint of its schema; null when its record cannot be read.</param>
/// <param name="Labels">Its tags and numbers.</param>
/// <param name="Stamp">Its journal's file when it was read.</param>
/// <param name="Latest">The latest event of its journal.</param>
internal sealed record EnvelopeFacts(
    EnvelopeReference Reference, long Saved, string? SavedBy, string? Commit, string? Schema, IndexedLabels Labels,
    JournalStamp Stamp, EventPlace Latest = default)
{
    /// <summary>Its journal; empty where the facts come out of the index.</summary>
    public EnvelopeJournal Journal { get; init; } = EnvelopeJournal.Empty;

    /// <summary>What it has that can be asked for.</summary>
    public IEnumerable<Term> Terms =>
    [
        Term.OfEnvelope(Reference.Name),
        .. Schema is null ? (Term[])[] : [Term.OfSchema(Schema)],
        .. Labels.Tags.SelectMany(tag => (Term[])[Term.OfTag(tag.Key, tag.Value), Term.OfTagged(tag.Key)]),
    ];
}

/// <summary>The size of a journal's file, and when it was written, in ticks of UTC.</summary>
internal readonly record struct JournalStamp(long Length, long Time)
{
    public static JournalStamp Of(string path) => new FileInfo(path) is { Exists: true } file
        ? new(file.Length, file.LastWriteTimeUtc.Ticks)
        : default;
}

/// <summary>The tags and numbers of an envelope, as the row of it has them.</summary>
/// <param name="Tags">The tags.</param>
/// <param name="Metrics">The metrics that are numbers, of a series the last.</param>
/// <param name="Hyperparameters">The hyperparameters that are numbers; within others, with dots in the name.</param>
internal sealed record IndexedLabels(
    IReadOnlyDictionary<string, string> Tags, IReadOnlyDictionary<string, double> Metrics,
    IReadOnlyDictionary<string, double> Hyperparameters)
{
    // ASCII alone, in which no database loses anything.
    public string ToJson() => JsonSerializer.Serialize(this, IndexedLabelsJsonContext.Default.IndexedLabels);

    public static IndexedLabels Parse(string json) =>
        JsonSerializer.Deserialize(json, IndexedLabelsJsonContext.Default.IndexedLabels)!;
}

[JsonSourceGenerationOptions(NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals)]
[JsonSerializable(typeof(IndexedLabels))]
internal sealed partial class IndexedLabelsJsonContext : JsonSerializerContext;
