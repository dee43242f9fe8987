using System.Collections.Immutable;
using System.ComponentModel;

namespace EnvelopeSdk.Binding.Collections;

/// <summary>
/// Makes sorted collections of what generated code has read. Strings are sorted by their UTF-16 units: by culture,
/// which is the default, they would lie otherwise on other machines, and different ones could count as the same.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Sorted
{
    /// <summary>A set.</summary>
    public static SortedSet<T> Set<T>(List<T> items) => new(items, Order<T>());

    /// <summary>An immutable set.</summary>
    public static ImmutableSortedSet<T> ImmutableSet<T>(List<T> items) =>
        ImmutableSortedSet.CreateRange(Order<T>(), items);

    /// <summary>A dictionary.</summary>
    public static SortedDictionary<TKey, TValue> Dictionary<TKey, TValue>(Dictionary<TKey, TValue> items)
        where TKey : notnull => new(items, Order<TKey>());

    /// <summary>A dictionary that is kept as a list.</summary>
    public static SortedList<TKey, TValue> List<TKey, TValue>(Dictionary<TKey, TValue> items)
        where TKey : notnull => new(items, Order<TKey>());

    /// <summary>An immutable dictionary.</summary>
    public static ImmutableSortedDictionary<TKey, TValue> ImmutableDictionary<TKey, TValue>(
        Dictionary<TKey, TValue> items)
        where TKey : notnull => ImmutableSortedDictionary.CreateRange(Order<TKey>(), items);

    private static IComparer<T> Order<T>() =>
        typeof(T) == typeof(string) ? (IComparer<T>)StringComparer.Ordinal : Comparer<T>.Default;
}
