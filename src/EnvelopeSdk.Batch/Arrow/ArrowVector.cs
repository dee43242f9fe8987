using System.Buffers;
using System.Runtime.InteropServices;
using Apache.Arrow;
using Apache.Arrow.Types;
using EnvelopeSdk.Batch.Columns;

namespace EnvelopeSdk.Batch.Arrow;

/// <summary>
/// An array of Arrow, as long as its record batch lives. How values lie in memory: "Arrow Columnar Format", 1.4. What
/// columns have otherwise (a bit for each boolean, 16 bits for a number or the time of a day in 32) is copied into
/// memory that is lent: a new copy for each batch would be hundreds of megabytes before anybody collects them.
/// </summary>
internal sealed unsafe class ArrowVector : Vector, IDisposable
{
    private readonly ArrayData _array;
    private readonly ColumnType _type;
    private readonly List<MemoryHandle> _pins = [];
    private readonly List<byte[]> _lent = [];
    private readonly ArrowVector[] _parts;
    private readonly ArrowVector? _dictionary;
    private byte* _validity;
    private readonly byte* _values;
    private readonly int* _offsets;

    private ArrowVector(ArrayData array, ColumnType type)
    {
        (_array, _type) = (array, type);
        _parts = [.. PartsOf(array, type)];
        _dictionary = array.DataType is DictionaryType ? new(array.Dictionary!, type) : null;
        _validity = array.Dictionary is { NullCount: not 0 } ? WithoutNulls(array)
            : array.NullCount == 0 || array.Buffers.Length == 0 ? null : Shifted(array);
        switch (array.DataType)
        {
            case StringType or BinaryType:
                _offsets = Offsets(array, array.Buffers[2].Length);
                _values = Pin(array.Buffers[2].Memory);
                break;
            case ListType or MapType:
                _offsets = Offsets(array, array.Children[0].Length + array.Children[0].Offset);
                break;
            case FixedSizeListType one:
                Need((array.Offset + array.Length) * (long)one.ListSize <= array.Children[0].Length);
                break;
            case DictionaryType:
                _values = (byte*)Widened(array, Width(array));
                break;
            case BooleanType or HalfFloatType or Time32Type:
                _values = Copied(array);
                break;
            case FixedWidthType one:
                Need((long)(array.Offset + array.Length) * (one.BitWidth / 8) <= array.Buffers[1].Length);
                _values = Pin(array.Buffers[1].Memory) + ((long)array.Offset * (one.BitWidth / 8));
                break;
            default:
                break;
        }
    }

    /// <exception cref="InvalidDataException">Its buffers are not as the format says.</exception>
    public static ArrowVector Of(ArrayData array, ColumnType type)
    {
        try
        {
            return new(array, type);
        }
        catch (Exception failure) when (
            failure is IndexOutOfRangeException or ArgumentException or OverflowException)
        {
            throw new InvalidDataException("An array has other buffers than its type.", failure);
        }
    }

    public override IReadOnlyList<Vector> Parts => _parts;

    public override nint Data => (nint)_values;

    public override nint Validity => (nint)_validity;

    public override bool IsNull(int row) => _validity != null && (_validity[row >> 3] >> (row & 7) & 1) == 0;

    public override T Read<T>(int row) => ((T*)_values)[row];

    public override Int128 Unscaled(int row) => Read<Int128>(row);

    public override Guid Uuid(int row) => throw new NotSupportedException("Arrow has no UUIDs.");

    public override ReadOnlySpan<byte> Bytes(int row) => _dictionary is not null ? _dictionary.Bytes(Read<int>(row))
        : _array.DataType is FixedSizeBinaryType { ByteWidth: var width } ? new(_values + ((long)row * width), width)
        : new(_values + _offsets[row], _offsets[row + 1] - _offsets[row]);

    public override (int Start, int Count) Range(int row) => _type.Kind == ColumnKind.Array
        ? ((_array.Offset + row) * _type.Width, _type.Width)
        : (_offsets[row], _offsets[row + 1] - _offsets[row]);

    public void Dispose()
    {
        _pins.ForEach(pin => pin.Dispose());
        _lent.ForEach(one => ArrayPool<byte>.Shared.Return(one));
        _pins.Clear();
        _lent.Clear();
        System.Array.ForEach(_parts, part => part.Dispose());
        _dictionary?.Dispose();
    }

    private static IEnumerable<ArrowVector> PartsOf(ArrayData array, ColumnType type)
    {
        var pairs = array.DataType is MapType ? array.Children[0] : null;
        var children = pairs?.Children ?? array.Children;
        for (var i = 0; i < type.Parts.Count; i++)
        {
            Need(pairs is null || pairs.Offset + pairs.Length <= children[i].Length);
            Need(array.DataType is not StructType || array.Offset + array.Length <= children[i].Length);

            // The fields of a structure are cut with it, the items of lists are not.
            var child = array.DataType is StructType ? children[i].Slice(array.Offset, array.Length) : children[i];
            yield return new(child, type.Parts[i].Type);
        }
    }

    /// <summary>Where values are: each begins where the one before it ends, and none beyond the end.</summary>
    private int* Offsets(ArrayData array, int length)
    {
        if (array.Length == 0)
        {
            return null;
        }

        var all = MemoryMarshal.Cast<byte, int>(array.Buffers[1].Span);
        Need(array.Offset + array.Length < all.Length);
        var own = all.Slice(array.Offset, array.Length + 1);
        Need(own[0] >= 0 && own[^1] <= length);
        for (var i = 1; i < own.Length; i++)
        {
            Need(own[i] >= own[i - 1]);
        }

        return (int*)Pin(array.Buffers[1].Memory) + array.Offset;
    }

    /// <summary>What is not as the format says would be read of foreign memory.</summary>
    /// <exception cref="InvalidDataException">It does not hold.</exception>
    private static void Need(bool holds)
    {
        if (!holds)
        {
            throw new InvalidDataException("An array has other lengths than its buffers.");
        }
    }

    private byte* Pin(ReadOnlyMemory<byte> memory)
    {
        var pin = memory.Pin();
        _pins.Add(pin);
        return (byte*)pin.Pointer;
    }

    /// <summary>Memory for values, all zero.</summary>
    private T* Lent<T>(int count)
        where T : unmanaged
    {
        var bytes = ArrayPool<byte>.Shared.Rent(checked(count * sizeof(T)));
        bytes.AsSpan(0, count * sizeof(T)).Clear();
        _lent.Add(bytes);
        return (T*)Pin(bytes);
    }

    /// <summary>The bits of validity, from the first row.</summary>
    private byte* Shifted(ArrayData array)
    {
        var bits = array.Buffers[0].Memory;
        if (bits.IsEmpty)
        {
            return null;
        }

        Need(array.Offset + array.Length <= bits.Length * 8L);

        if (array.Offset % 8 == 0)
        {
            return Padded(bits[(array.Offset / 8)..]);
        }

        var shifted = Lent<byte>(BytesOfBits(array.Length));
        for (var i = 0; i < array.Length; i++)
        {
            if (BitUtility.GetBit(bits.Span, array.Offset + i))
            {
                Set(shifted, i);
            }
        }

        return shifted;
    }

    /// <summary>The bits of validity of places in a dictionary, some of which have no value.</summary>
    private byte* WithoutNulls(ArrayData array)
    {
        _validity = array.NullCount == 0 ? null : Shifted(array);
        var places = Widened(array, Width(array));
        var bits = Lent<byte>(BytesOfBits(array.Length));
        for (var i = 0; i < array.Length; i++)
        {
            if (!IsNull(i) && !_dictionary!.IsNull(places[i]))
            {
                Set(bits, i);
            }
        }

        return bits;
    }

    private static int BytesOfBits(int count) => (count + 63) / 64 * 8;

    private static void Set(byte* bits, int at) => bits[at >> 3] |= (byte)(1 << (at & 7));

    private static int Width(ArrayData array) =>
        ((FixedWidthType)((DictionaryType)array.DataType).IndexType).BitWidth / 8;

    /// <summary>Whole words are read of them.</summary>
    private byte* Padded(ReadOnlyMemory<byte> bits)
    {
        if (bits.Length % 8 == 0)
        {
            return Pin(bits);
        }

        var padded = Lent<byte>((bits.Length + 7) / 8 * 8);
        bits.Span.CopyTo(new(padded, bits.Length));
        return padded;
    }

    private byte* Copied(ArrayData array)
    {
        var values = array.Buffers[1].Span;
        switch (array.DataType)
        {
            case BooleanType:
                Need(((long)array.Offset + array.Length + 7) / 8 <= values.Length);
                var flags = Lent<byte>(array.Length);
                for (var i = 0; i < array.Length; i++)
                {
                    flags[i] = BitUtility.GetBit(values, array.Offset + i) ? (byte)1 : (byte)0;
                }

                return flags;
            case HalfFloatType:
                var halves = MemoryMarshal.Cast<byte, Half>(values).Slice(array.Offset, array.Length);
                var singles = Lent<float>(array.Length);
                for (var i = 0; i < array.Length; i++)
                {
                    singles[i] = (float)halves[i];
                }

                return (byte*)singles;
            default:
                var shorts = MemoryMarshal.Cast<byte, int>(values).Slice(array.Offset, array.Length);
                var longs = Lent<long>(array.Length);
                for (var i = 0; i < array.Length; i++)
                {
                    longs[i] = shorts[i];
                }

                return (byte*)longs;
        }
    }

    /// <summary>The places in a dictionary, in 32 bits; the first where there is no value.</summary>
    private int* Widened(ArrayData array, int width)
    {
        Need(((long)array.Offset + array.Length) * width <= array.Buffers[1].Length);
        var values = array.Buffers[1].Span[(array.Offset * width)..];
        var places = Lent<int>(array.Length);
        for (var i = 0; i < array.Length; i++)
        {
            if (!IsNull(i))
            {
                var place = width switch
                {
                    1 => values[i],
                    2 => MemoryMarshal.Cast<byte, ushort>(values)[i],
                    4 => MemoryMarshal.Cast<byte, int>(values)[i],
                    _ => MemoryMarshal.Cast<byte, long>(values)[i],
                };
                Need(place >= 0 && place < array.Dictionary!.Length);
                places[i] = (int)place;
            }
        }

        return places;
    }
}
