using System.Runtime.InteropServices;
using EnvelopeSdk.Binding.Collections;

namespace EnvelopeSdk.Binding.Reading;

/// <summary>
/// What keeps a caller from making a set or dictionary slow: everybody can compute values of many types that all have
/// one hash code, and each of them would be compared with all before it.
/// </summary>
public ref partial struct JsonInput
{
    /// <summary>The most different values of a set, or keys of a dictionary, that may have one hash code.</summary>
    public const int MaxOfOneHashCode = 1000;

    /// <summary>
    /// Records the array at the current path, and empties it, when more than <see cref="MaxOfOneHashCode"/> of its
    /// values have one hash code.
    /// </summary>
    /// <typeparam name="T">The type of its values.</typeparam>
    /// <param name="items">Its values.</param>
    /// <param name="comparer">That of the set that is made of them.</param>
    public readonly void RefuseCrowded<T>(List<T> items, IEqualityComparer<T> comparer)
    {
        ArgumentNullException.ThrowIfNull(items);
        if (!_isTrusted && IsCrowded(items, comparer))
        {
            Check(false, $"at most {MaxOfOneHashCode} different values that have one hash code");
            items.Clear();
        }
    }

    /// <summary>The same of an object whose members become the entries of a dictionary.</summary>
    /// <inheritdoc cref="RefuseCrowded{T}(List{T}, IEqualityComparer{T})"/>
    /// <typeparam name="TKey">The type of its keys.</typeparam>
    /// <typeparam name="TValue">The type of its values.</typeparam>
    public readonly void RefuseCrowded<TKey, TValue>(Dictionary<TKey, TValue> items, IEqualityComparer<TKey> comparer)
        where TKey : notnull
    {
        ArgumentNullException.ThrowIfNull(items);
        if (!_isTrusted && IsCrowded(items.Keys, comparer))
        {
            Check(false, $"at most {MaxOfOneHashCode} different names that have one hash code");
            items.Clear();
        }
    }

    private static bool IsCrowded<T>(IReadOnlyCollection<T> items, IEqualityComparer<T> comparer)
    {
        // The hash codes of strings, and of the comparers of Keys, have a seed of the process in them.
        if (items.Count <= MaxOfOneHashCode || typeof(T) == typeof(string)
            || !ReferenceEquals(comparer, EqualityComparer<T>.Default))
        {
            return false;
        }

        var codes = new Dictionary<int, (T First, int Others)>(Keys.Comparer<int>());
        foreach (var item in items)
        {
            ref var code = ref CollectionsMarshal.GetValueRefOrAddDefault(
                codes, item is null ? 0 : comparer.GetHashCode(item), out var isKnown);
            if (!isKnown)
            {
                code.First = item;
            }
            else if (!comparer.Equals(code.First, item) && ++code.Others >= MaxOfOneHashCode)
            {
                return true;
            }
        }

        return false;
    }
}
