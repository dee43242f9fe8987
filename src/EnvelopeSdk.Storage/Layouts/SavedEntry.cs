using EnvelopeSdk.Envelopes;

namespace EnvelopeSdk.Layouts;

/// <summary>An envelope in the order of its name: when it was saved last, and its digest.</summary>
internal readonly record struct SavedEntry(DateTimeOffset Saved, Digest Digest) : IComparable<SavedEntry>
{
    /// <summary>The order: by time, and of two at one time by digest.</summary>
    public int CompareTo(SavedEntry other) => Saved.CompareTo(other.Saved) is not 0 and var order
        ? order
        : string.CompareOrdinal(Digest.Hex, other.Digest.Hex);
}
