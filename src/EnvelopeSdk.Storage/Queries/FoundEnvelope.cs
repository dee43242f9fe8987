using EnvelopeSdk.Journal;

namespace EnvelopeSdk.Queries;

/// <summary>An envelope that a query found.</summary>
/// <param name="Reference">The envelope.</param>
/// <param name="Saved">When it was saved last, in UTC; null when nobody said so.</param>
/// <param name="Journal">What is known of it.</param>
/// <param name="Cursor">
/// Where it stands in the order of the query: <see cref="EnvelopeQuery.After"/> goes on there.
/// </param>
public sealed record FoundEnvelope(
    EnvelopeReference Reference, DateTimeOffset? Saved, EnvelopeJournal Journal, string Cursor);
