namespace EnvelopeSdk;

/// <summary>How far a walk over all envelopes of a store is.</summary>
/// <param name="Envelopes">
/// The envelopes that are done: from 0 to <paramref name="Total"/>, never less than before.
/// </param>
/// <param name="Total">The envelopes that the store had when the walk began.</param>
public readonly record struct StoreProgress(int Envelopes, int Total);
