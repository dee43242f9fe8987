using System.Buffers;
using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using EnvelopeSdk.Binding.Arrays;
using EnvelopeSdk.Binding.Reading;

namespace EnvelopeSdk.Binding.Collections;

/// <summary>
/// Collects the items of nested JSON arrays for an array of several dimensions or a tensor, row after row.
/// </summary>
/// <typeparam name="T">The type of the items.</typeparam>
/// <param name="rank">The number of dimensions.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class TensorBuilder<T>(int rank)
{
    private readonly int?[] _lengths = new int?[rank];

    // Borrowed until the items are where they go: tensors are large, and others are read soon.
    private T[] _items = [];
    private int _count;

    /// <summary>Adds an item of the innermost dimension.</summary>
    public void Add(T item)
    {
        Free(1)[0] = item;
        _count++;
    }

    /// <summary>Room behind the items.</summary>
    /// <param name="least">For how many more there has to be room.</param>
    internal Span<T> Free(int least)
    {
        if (_items.Length - _count < least)
        {
            var wanted = Math.Max((long)_count + least, Math.Min(2L * _count, Array.MaxLength));
            var larger = ArrayPool<T>.Shared.Rent(checked((int)wanted));
            _items.AsSpan(0, _count).CopyTo(larger);
            Return();
            _items = larger;
        }

        return _items.AsSpan(_count);
    }

    /// <summary>Adds items that were put into the room behind the others.</summary>
    internal void Advance(int count) => _count += count;

    /// <summary>Ends one array, and records it when it is not as long as the others of its dimension.</summary>
    /// <param name="input">At the array.</param>
    /// <param name="dimension">From zero, the outermost first.</param>
    /// <param name="length">The number of its items.</param>
    public void EndDimension(ref JsonInput input, int dimension, int length)
    {
        _lengths[dimension] ??= length;
        if (_lengths[dimension] != length)
        {
            input.Refuse(
                $"as many items as the arrays before it have, {_lengths[dimension]}",
                JsonInput.Counted(length, "item"));
        }
    }

    /// <summary>The length of a dimension; 0 when no array of it was met.</summary>
    /// <param name="dimension">From zero, the outermost first.</param>
    public int Length(int dimension) => _lengths[dimension] ?? 0;

    /// <summary>Takes the items, row after row.</summary>
    public T[] ToArray()
    {
        var items = _items.AsSpan(0, _count).ToArray();
        Return();
        return items;
    }

    /// <summary>Moves the items.</summary>
    /// <param name="target">
    /// An array with the lengths of all dimensions and items of type <typeparamref name="T"/>.
    /// </param>
    public void CopyTo(Array target)
    {
        ArgumentNullException.ThrowIfNull(target);
        ref var first = ref Unsafe.As<byte, T>(ref ArrayItems.FirstOf<T>(target));
        _items.AsSpan(0, _count).CopyTo(MemoryMarshal.CreateSpan(ref first, target.Length));
        Return();
    }

    private void Return()
    {
        ArrayPool<T>.Shared.Return(_items, RuntimeHelpers.IsReferenceOrContainsReferences<T>());
        _items = [];
    }
}
