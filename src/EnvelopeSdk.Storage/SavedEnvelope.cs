namespace EnvelopeSdk;

/// <summary>An envelope of a store, and when it was saved last.</summary>
/// <param name="Reference">The envelope.</param>
/// <param name="Saved">When, in UTC; null when nobody said so.</param>
public sealed record SavedEnvelope(EnvelopeReference Reference, DateTimeOffset? Saved);
