using EnvelopeSdk.Binding.Arrays;

namespace EnvelopeSdk.Authoring;

/// <summary>
/// State that was written a moment ago and is still in memory: large arrays of it are lent to the model that is loaded
/// to see whether it can be, so that they need not be in memory twice.
/// </summary>
internal interface ILentState
{
    /// <summary>The arrays of a constructor parameter, in the order in which they were written.</summary>
    IReadOnlyList<StoredArray> Arrays(string parameter);

    /// <summary>Tells which of them are lent, by their numbers; there may be more of them later.</summary>
    void Take(string parameter, IReadOnlySet<int> lent);
}
