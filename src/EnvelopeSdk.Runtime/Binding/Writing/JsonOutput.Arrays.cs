using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using EnvelopeSdk.Binding.Arrays;

namespace EnvelopeSdk.Binding.Writing;

/// <summary>
/// Arrays of state, which are stored in binary form beside the JSON. In their place the JSON has an object with the
/// number of the array. Each method tells whether it has written that: small arrays are written as JSON.
/// </summary>
public sealed partial class JsonOutput
{
    /// <summary>Takes the arrays of state; null for what is all JSON.</summary>
    internal StoredArrays? Arrays { get; init; }

    /// <summary>Stores an array of one or several dimensions.</summary>
    /// <typeparam name="T">The type of its items.</typeparam>
    /// <param name="value">The array.</param>
    /// <returns>Whether it was written.</returns>
    public bool TryStoreArray<T>(Array value)
        where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(value);
        return Arrays is not null && !IsShort<T>(value) && Store(StoredArray.Of<T>(value));
    }

    /// <summary>Stores a region of memory.</summary>
    /// <typeparam name="T">The type of its items.</typeparam>
    /// <param name="value">The region.</param>
    /// <returns>Whether it was written.</returns>
    public bool TryStoreMemory<T>(ReadOnlyMemory<T> value)
        where T : unmanaged
    {
        if (Arrays is null || IsShort(value.Span))
        {
            return false;
        }

        return MemoryMarshal.TryGetArray(value, out var segment) && segment.Count == segment.Array!.Length
            ? Store(StoredArray.Of<T>(segment.Array))
            : Store(StoredArray.Of<T>(value, [value.Length], new ItemsOfSpan<ReadOnlyMemory<T>, T>(
                value, static memory => memory.Span)));
    }

    /// <summary>Stores a list.</summary>
    /// <typeparam name="T">The type of its items.</typeparam>
    /// <param name="value">The list.</param>
    /// <returns>Whether it was written.</returns>
    public bool TryStoreList<T>(IEnumerable<T> value)
        where T : unmanaged
    {
        if (Arrays is null || value is not (ICollection<T> or IReadOnlyCollection<T>))
        {
            return false; // what may be gone through once only is JSON
        }

        if (value is not List<T> list)
        {
            return TryStoreArray<T>(value as T[] ?? [.. value]);
        }

        return !IsShort<T>(CollectionsMarshal.AsSpan(list))
            && Store(StoredArray.Of<T>(list, [list.Count], new ItemsOfSpan<List<T>, T>(
                list, static items => CollectionsMarshal.AsSpan(items))));
    }

    /// <summary>Stores a tensor.</summary>
    /// <typeparam name="TTensor">Its type.</typeparam>
    /// <typeparam name="T">The type of its items.</typeparam>
    /// <param name="value">The tensor.</param>
    /// <param name="lengths">The length of each dimension.</param>
    /// <param name="strides">How many items are between neighbours of each dimension.</param>
    /// <param name="items">Gives the items where they lie, if they lie there row after row.</param>
    /// <param name="copy">Copies them, row after row.</param>
    /// <returns>Whether it was written.</returns>
    public bool TryStoreTensor<TTensor, T>(
        TTensor value, ReadOnlySpan<nint> lengths, ReadOnlySpan<nint> strides,
        ItemSpan<TTensor, T> items, Func<TTensor, T[]> copy)
        where TTensor : class
        where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(items);
        ArgumentNullException.ThrowIfNull(copy);
        if (Arrays is null)
        {
            return false;
        }

        var copied = AreRows(lengths, strides) ? null : copy(value);
        if ((lengths.Length == 1 || !lengths.Contains(0)) && IsShort(copied is null ? items(value) : copied))
        {
            return false;
        }

        long[] shape = [.. lengths.ToArray().Select(length => (long)length)];
        return Store(copied is null
            ? StoredArray.Of<T>(value, shape, new ItemsOfSpan<TTensor, T>(value, items))
            : StoredArray.Of<T>(copied, shape, new ItemsOfArray<T>(copied)));
    }

    /// <summary>Stores arrays of arrays.</summary>
    /// <typeparam name="T">The type of the items.</typeparam>
    /// <param name="value">The outermost array or list.</param>
    /// <param name="levels">How many levels there are: 2 for <c>float[][]</c>.</param>
    /// <param name="nulls">For each level a bit, the lowest for the outermost: whether its rows may be null.</param>
    /// <returns>Whether it was written.</returns>
    /// <exception cref="ModelAnswerException">A row is null that may not be.</exception>
    public bool TryStoreRows<T>(IEnumerable<object?> value, int levels, int nulls)
        where T : unmanaged
    {
        if (Arrays is null)
        {
            return false;
        }

        var lengths = RowLengths.Of<T>(value, levels);
        for (var level = 0; level < levels; level++)
        {
            if ((nulls >> level & 1) == 0 && lengths[level].Contains(RowLengths.Null))
            {
                throw UnexpectedNull($"{typeof(T).Name}[]");
            }
        }

        var items = lengths[^1].Sum(length => (long)Math.Max(length, 0));
        if (items * Unsafe.SizeOf<T>() < StoredArrays.Least
            && RowLengths.Leaves<T>(value).All(row => ArrayKind.FitsJson<T>(row)))
        {
            return false;
        }

        var place = PlaceOfValue;
        var first = Arrays.Arrays.Count;
        for (var level = 0; level < levels; level++)
        {
            Arrays.Add(StoredArray.Of<int>(lengths[level].ToArray()), place, $"/~lengths{level}");
        }

        Arrays.Add(
            new(value, ArrayKind.Of<T>(), [items], RowLengths.Leaves<T>(value).Select(row => new ItemsOfArray<T>(row)))
            {
                Length = items * Unsafe.SizeOf<T>(),
            },
            place);
        WriteReference(first);
        return true;
    }

    /// <summary>Where the next value begins.</summary>
    private int PlaceOfValue => _length + (_isBehindValue ? 1 : 0);

    private bool Store(StoredArray array)
    {
        WriteReference(Arrays!.Add(array, PlaceOfValue));
        return true;
    }

    private void WriteReference(int number) =>
        WriteRaw([.. ArrayReference.Start, .. Encoding.ASCII.GetBytes(
            number.ToString(CultureInfo.InvariantCulture)), .. ArrayReference.End]);

    /// <summary>
    /// Whether an array goes into the JSON, which has no lengths of several dimensions when there are no items.
    /// </summary>
    private static bool IsShort<T>(Array value)
        where T : unmanaged =>
        (value.Rank == 1 || value.LongLength > 0) && value.LongLength * Unsafe.SizeOf<T>() < StoredArrays.Least
            && ArrayKind.FitsJson<T>(MemoryMarshal.CreateReadOnlySpan(
                ref Unsafe.As<byte, T>(ref ArrayItems.FirstOf<T>(value)), value.Length));

    private static bool IsShort<T>(ReadOnlySpan<T> items)
        where T : unmanaged =>
        (long)items.Length * Unsafe.SizeOf<T>() < StoredArrays.Least && ArrayKind.FitsJson(items);

    private static bool AreRows(ReadOnlySpan<nint> lengths, ReadOnlySpan<nint> strides)
    {
        nint stride = 1;
        for (var i = lengths.Length - 1; i >= 0; i--)
        {
            if (lengths[i] != 1 && strides[i] != stride)
            {
                return false;
            }

            stride *= lengths[i];
        }

        return true;
    }
}
