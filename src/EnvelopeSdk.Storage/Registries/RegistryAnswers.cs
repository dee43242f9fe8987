using System.Text.Json;
using System.Text.Json.Serialization;
using EnvelopeSdk.Journal;
using EnvelopeSdk.Schema;

namespace EnvelopeSdk.Registries;

/// <summary>Envelopes that were found.</summary>
/// <param name="Envelopes">The envelopes, in the order that was asked for.</param>
/// <param name="Next">What <c>after</c> goes on with; null when there are no more.</param>
public sealed record EnvelopeList(IReadOnlyList<ListedEnvelope> Envelopes, string? Next);

/// <summary>An envelope in a list.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Digest">Its digest: <c>sha256:</c> and 64 hexadecimal digits.</param>
/// <param name="Saved">When it was saved last, in UTC; null when nobody said so.</param>
/// <param name="SavedBy">Who saved it last, as its journal says.</param>
/// <param name="Tags">Its tags.</param>
/// <param name="Metrics">Its metrics that are numbers, of a series the last; NaN and the infinities by name.</param>
/// <param name="Cursor">Where it stands in the order that was asked for.</param>
public sealed record ListedEnvelope(
    string Name, string Digest, DateTimeOffset? Saved, string? SavedBy, IReadOnlyDictionary<string, string> Tags,
    IReadOnlyDictionary<string, double> Metrics, string Cursor)
{
    /// <summary>Its journal as lines, where that was asked for.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Journal { get; init; }
}

/// <summary>A tag, and how many envelopes have it.</summary>
/// <param name="Name">The tag.</param>
/// <param name="Value">One of its values.</param>
/// <param name="Count">How many envelopes have that.</param>
public sealed record TagCount(string Name, string Value, long Count);

/// <summary>One thing that happened to an envelope, and what was there before.</summary>
/// <param name="Id">The event's id.</param>
/// <param name="Kind">What kind of thing.</param>
/// <param name="Name">The tag or metric.</param>
/// <param name="Step">The step of a metric that makes a series.</param>
/// <param name="Value">What it is since; null where it was taken away.</param>
/// <param name="Before">What it was before; null where there was none.</param>
/// <param name="Time">When, in UTC.</param>
/// <param name="Who">Who.</param>
/// <param name="IsClaim">
/// Whether only the event itself says who: it came from a store, and not from a caller whom the registry knew.
/// </param>
/// <param name="Ci">The CI job, as its writer says.</param>
public sealed record EnvelopeChange(
    Guid Id, JournalEventKind Kind, string? Name, long? Step, JsonElement? Value, JsonElement? Before,
    DateTimeOffset Time, string? Who, bool IsClaim, CiJob? Ci);

/// <summary>How envelopes differ. Of what all have alike nothing is said.</summary>
/// <param name="Envelopes">The envelopes, as <c>name@sha256:...</c>: the values below are in their order.</param>
/// <param name="Schemas">How the schema of each differs from that of the first; of the first nothing.</param>
/// <param name="Metrics">The metrics that differ: of each envelope the value, null where it has none.</param>
/// <param name="Hyperparameters">The hyperparameters that differ.</param>
/// <param name="Packages">The packages that differ, by their ids: of each envelope the version.</param>
public sealed record EnvelopeComparison(
    IReadOnlyList<string> Envelopes, IReadOnlyList<IReadOnlyList<SchemaChange>> Schemas,
    IReadOnlyDictionary<string, IReadOnlyList<double?>> Metrics,
    IReadOnlyDictionary<string, IReadOnlyList<JsonElement?>> Hyperparameters,
    IReadOnlyDictionary<string, IReadOnlyList<string?>> Packages);

/// <summary>An envelope as a point.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Digest">Its digest.</param>
/// <param name="Saved">When it was saved last, in UTC; null when nobody said so.</param>
/// <param name="X">The metric across; null when that is the time of the save.</param>
/// <param name="Y">The metric upwards.</param>
public sealed record ScatterPoint(string Name, string Digest, DateTimeOffset? Saved, double? X, double Y);

/// <summary>Changes that were recorded.</summary>
/// <param name="Entries">The changes, the latest first.</param>
/// <param name="Next">What <c>before</c> goes on with; null when there are no more.</param>
public sealed record AuditPage(IReadOnlyList<AuditedChange> Entries, long? Next);

/// <summary>A change that was recorded.</summary>
/// <param name="Id">Its place: later changes have greater ones.</param>
/// <param name="Time">When, in UTC.</param>
/// <param name="Who">Who.</param>
/// <param name="Via">By what the registry knew them: <c>start-token</c>, <c>key</c>, <c>oidc</c>,
/// <c>command</c>.</param>
/// <param name="Action">What was done: <c>save</c>, <c>tag</c>, <c>metric</c>, <c>delete</c>...</param>
/// <param name="Envelope">The name of the envelope, or of a repository; null when it was about none.</param>
/// <param name="Digest">The digest.</param>
/// <param name="Subject">The tag, metric or key.</param>
/// <param name="Before">What was there before.</param>
/// <param name="After">What is there since.</param>
/// <param name="Event">The journal's event that was written for the caller.</param>
/// <param name="Outcome">
/// <c>done</c>, <c>failed</c>, or <c>begun</c>: the registry ended before it knew.
/// </param>
public sealed record AuditedChange(
    long Id, DateTimeOffset Time, string Who, string Via, string Action, string? Envelope, string? Digest,
    string? Subject, JsonElement? Before, JsonElement? After, Guid? Event, string Outcome);

/// <summary>Which changes are asked for: those for which all that is given holds.</summary>
public sealed record AuditQuery
{
    /// <summary>The name of the envelope.</summary>
    public string? Envelope { get; init; }

    /// <summary>Who made them.</summary>
    public string? Who { get; init; }

    /// <summary>What was done.</summary>
    public string? Action { get; init; }

    /// <summary>When, at the earliest.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>When, at the latest.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>Only those before this one, as <see cref="AuditPage.Next"/> says.</summary>
    public long? Before { get; init; }
}
