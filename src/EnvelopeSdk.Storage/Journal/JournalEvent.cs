using System.Text.Json;
using System.Text.Json.Serialization;
using EnvelopeSdk.Envelopes;

namespace EnvelopeSdk.Journal;

/// <summary>What kind of thing happened to an envelope.</summary>
public enum JournalEventKind
{
    /// <summary>It was saved, by a training program or an import; saving the same again is another event.</summary>
    [JsonStringEnumMemberName("saved")] Saved,

    /// <summary>A tag was set or removed.</summary>
    [JsonStringEnumMemberName("tag")] Tag,

    /// <summary>A metric was recorded or removed.</summary>
    [JsonStringEnumMemberName("metric")] Metric,

    /// <summary>
    /// What only a newer version of this library knows. It is kept and travels as it is, and says nothing here.
    /// </summary>
    [JsonStringEnumMemberName("newer")] Newer,
}

/// <summary>
/// One thing that happened to an envelope. Events are never changed; a later one takes an earlier one's place.
/// </summary>
public sealed record JournalEvent
{
    /// <summary>
    /// The version of the form of events that this library writes. Those of a newer one are kept as they are.
    /// </summary>
    internal const int CurrentVersion = 2;

    /// <summary>
    /// The latest time of an event, which is before the last year that a time can have: some time zone is ahead of UTC.
    /// </summary>
    internal static readonly DateTimeOffset Latest =
        new DateTimeOffset(9999, 1, 1, 0, 0, 0, TimeSpan.Zero).AddTicks(-1);

    /// <summary>The version of the event's form.</summary>
    public int Version { get; init; } = CurrentVersion;

    /// <summary>Tells the event from every other one, on whichever machine: journals are merged by it.</summary>
    public required Guid Id { get; init; }

    /// <summary>The envelope.</summary>
    public required Digest Envelope { get; init; }

    /// <summary>What happened.</summary>
    public required JournalEventKind Kind { get; init; }

    /// <summary>The name of the tag or metric.</summary>
    public string? Name { get; init; }

    /// <summary>
    /// The step of a metric that is recorded again and again while a model is trained; null for one without.
    /// </summary>
    public long? Step { get; init; }

    /// <summary>
    /// The value of the tag, a string, or of the metric, a number or an object; null where it was removed.
    /// </summary>
    public JsonElement? Value { get; init; }

    /// <summary>
    /// When, in UTC: at least one tick after the latest event that the writer saw, however clocks differ.
    /// </summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>Who. It is what the writer claims of itself.</summary>
    public string? Who { get; init; }

    /// <summary>The CI job in which it happened.</summary>
    public CiJob? Ci { get; init; }

    /// <summary>
    /// Whether a writer in this process made it, and it was not read from anywhere: a registry puts the name of its
    /// caller to such events.
    /// </summary>
    [JsonIgnore]
    internal bool IsMadeHere { get; init; }

    /// <summary>The line of an event of a newer version, which is never written in other words.</summary>
    [JsonIgnore]
    internal string? Line { get; init; }
}
