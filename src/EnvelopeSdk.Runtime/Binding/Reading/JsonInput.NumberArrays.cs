using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using EnvelopeSdk.Binding.Collections;
using EnvelopeSdk.Binding.Numbers;

namespace EnvelopeSdk.Binding.Reading;

/// <summary>
/// Arrays of numbers, which may have very many items: the array is as long as there are commas, and an item in its
/// plainest form is read without looking at anything else.
/// </summary>
public ref partial struct JsonInput
{
    /// <summary>Reads an array of numbers.</summary>
    /// <typeparam name="T">The type of the numbers.</typeparam>
    public T[] ReadArray<T>()
        where T : struct, INumber<T>
    {
        if (!BeginArray())
        {
            return [];
        }

        var items = GC.AllocateUninitializedArray<T>(ExpectedItems());
        var count = ReadItems<T>(items);
        if (count < items.Length)
        {
            Array.Resize(ref items, count);
        }

        return items;
    }

    /// <summary>Reads a list of numbers.</summary>
    /// <typeparam name="T">The type of the numbers.</typeparam>
    public List<T> ReadList<T>()
        where T : struct, INumber<T>
    {
        var list = new List<T>();
        if (BeginArray())
        {
            CollectionsMarshal.SetCount(list, ExpectedItems());
            var count = ReadItems(CollectionsMarshal.AsSpan(list));
            CollectionsMarshal.SetCount(list, Math.Min(count, list.Count));
        }

        return list;
    }

    /// <summary>Reads an array of the innermost dimension of a tensor.</summary>
    /// <typeparam name="T">The type of the numbers.</typeparam>
    /// <param name="tensor">Receives them.</param>
    /// <param name="dimension">From zero, the outermost first.</param>
    public void ReadRow<T>(TensorBuilder<T> tensor, int dimension)
        where T : struct, INumber<T>
    {
        ArgumentNullException.ThrowIfNull(tensor);
        if (BeginArray())
        {
            var items = tensor.Free(ExpectedItems());
            var count = ReadItems(items);
            tensor.Advance(Math.Min(count, items.Length));
            tensor.EndDimension(ref this, dimension, count);
        }
    }

    /// <summary>Reads an array of the last dimension but one of a tensor, with all in it.</summary>
    /// <inheritdoc cref="ReadRow{T}"/>
    public void ReadRows<T>(TensorBuilder<T> tensor, int dimension)
        where T : struct, INumber<T>
    {
        ArgumentNullException.ThrowIfNull(tensor);
        if (!BeginArray())
        {
            return;
        }

        var index = -1;
        while (NextItem(ref index))
        {
            if (!ReadPlainRows(tensor, tensor.Length(dimension + 1), ref index))
            {
                ReadRow(tensor, dimension + 1);
            }
        }

        tensor.EndDimension(ref this, dimension, index + 1);
    }

    /// <summary>
    /// Reads rows from one on, as long as they are as long as those before and have nothing between their numbers but
    /// commas and at most one space behind them.
    /// </summary>
    /// <param name="tensor">Receives their items.</param>
    /// <param name="length">The length of a row; 0 when it is not known yet.</param>
    /// <param name="index">
    /// The index of the first; receives that of the last that was read, or of one that is not so plain.
    /// </param>
    /// <returns>Whether it is of one that was read; if not, it is still to be read.</returns>
    private bool ReadPlainRows<T>(TensorBuilder<T> tensor, int length, ref int index)
        where T : struct, INumber<T>
    {
        var json = _json;
        var at = _position;
        var i = index;
        var isRead = false;
        while (length > 0 && TakeRows(json, ref at, tensor.Free(length), length) is var rows and > 0)
        {
            _containers += rows;
            tensor.Advance(rows * length);
            i += rows - 1;
            var next = BehindComma(json, at);
            if (next >= json.Length || json[next] != '[')
            {
                isRead = true;
                break;
            }

            at = next;
            i++;
        }

        (_position, index) = (at, i);
        _errors.MoveTo(i);
        return isRead;
    }

    /// <returns>How many there are; at least one unless that is not so plain, or of another length.</returns>
    private readonly int TakeRows<T>(ReadOnlySpan<byte> json, ref int at, Span<T> room, int length)
        where T : struct, INumber<T>
    {
        // Of those that may be; who reads the next one refuses it.
        var most = room.Length / length;
        most = _isTrusted ? most : Math.Clamp(MaxContainers - _containers, 0, most);
        var rows = NumberRun.Pays<T>(most * length)
            ? NumberRun.ReadRows(json, ref at, room[..(most * length)], length) : 0;
        if (rows > 0 || most == 0)
        {
            return rows;
        }

        var size = ReadPlainRow(json[at..], room[..length]);
        at += size;
        return size > 0 ? 1 : 0;
    }

    /// <returns>The length of its text; 0 when it is not so plain, or of another length.</returns>
    private static int ReadPlainRow<T>(ReadOnlySpan<byte> json, Span<T> items)
        where T : struct, INumber<T>
    {
        if (json.IsEmpty || json[0] != '[')
        {
            return 0;
        }

        var at = 1;
        for (var i = 0; i < items.Length; i++)
        {
            var length = PlainNumber.Read(json[at..], out items[i]);
            at += length;
            if (length == 0 || json[at] != (i < items.Length - 1 ? ',' : ']'))
            {
                return 0;
            }

            at++;
            if (at < json.Length && json[at] == ' ' && i < items.Length - 1)
            {
                at++;
            }
        }

        return at;
    }

    /// <returns>How many items there are: more than there is room for only if there is an error.</returns>
    private int ReadItems<T>(Span<T> items)
        where T : struct, INumber<T>
    {
        var index = -1;
        while (NextItem(ref index))
        {
            if (ReadPlainItems(items, ref index))
            {
                continue;
            }

            var item = ReadItem<T>();
            if (index < items.Length)
            {
                items[index] = item;
            }
        }

        return index + 1;
    }

    /// <summary>
    /// Reads items from one on, as long as they are numbers between which there is a comma and at most one space behind
    /// it.
    /// </summary>
    /// <param name="items">Receives them, as long as it is long enough.</param>
    /// <param name="index">
    /// The index of the first; receives that of the last that was read, or of one that is not so plain.
    /// </param>
    /// <returns>Whether it is of one that was read; if not, it is still to be read.</returns>
    private bool ReadPlainItems<T>(Span<T> items, ref int index)
        where T : struct, INumber<T>
    {
        var json = _json;
        var at = _position;
        var i = index;
        var isRead = false;
        while (i < items.Length && TakeItems(json, ref at, items[i..]) is var count and > 0)
        {
            i += count - 1;
            var next = BehindComma(json, at);
            if (next >= json.Length || json[next] is not ((byte)'-' or (>= (byte)'0' and <= (byte)'9')))
            {
                isRead = true;
                break;
            }

            at = next;
            i++;
        }

        (_position, index) = (at, i);
        _errors.MoveTo(i);
        return isRead;
    }

    /// <returns>How many there are; at least one unless that is not so plain.</returns>
    private static int TakeItems<T>(ReadOnlySpan<byte> json, ref int at, Span<T> items)
        where T : struct, INumber<T>
    {
        if (NumberRun.Pays<T>(items.Length)
            && NumberRun.Read(json, ref at, items[..^1]) is var count and > 0) // the last one has no comma behind it
        {
            return count;
        }

        var length = PlainNumber.Read(json[at..], out items[0]);
        at += length;
        return length > 0 ? 1 : 0;
    }

    /// <returns>The place behind a comma and at most one space; the end of the text where there is no comma.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int BehindComma(ReadOnlySpan<byte> json, int at)
    {
        var next = at < json.Length && json[at] == ',' ? at + 1 : json.Length;
        return next < json.Length && json[next] == ' ' ? next + 1 : next;
    }

    private T ReadItem<T>()
        where T : struct, INumber<T> =>
        typeof(T) == typeof(float) ? (T)(object)ReadSingle()
        : typeof(T) == typeof(double) ? (T)(object)ReadDouble()
        : typeof(T) == typeof(Half) ? (T)(object)ReadHalf()
        : typeof(T) == typeof(decimal) ? (T)(object)ReadDecimal()
        : typeof(T) == typeof(byte) ? (T)(object)ReadByte()
        : typeof(T) == typeof(sbyte) ? (T)(object)ReadSByte()
        : typeof(T) == typeof(short) ? (T)(object)ReadInt16()
        : typeof(T) == typeof(ushort) ? (T)(object)ReadUInt16()
        : typeof(T) == typeof(int) ? (T)(object)ReadInt32()
        : typeof(T) == typeof(uint) ? (T)(object)ReadUInt32()
        : typeof(T) == typeof(long) ? (T)(object)ReadInt64()
        : typeof(T) == typeof(ulong) ? (T)(object)ReadUInt64()
        : typeof(T) == typeof(Int128) ? (T)(object)ReadInt128()
        : typeof(T) == typeof(UInt128) ? (T)(object)ReadUInt128()
        : throw new NotSupportedException($"{typeof(T)} is no number of JSON.");

    /// <summary>How many items an array has, at whose beginning it is, when all of them are numbers.</summary>
    private readonly int ExpectedItems()
    {
        var rest = _json[_position..];
        var end = rest.IndexOf((byte)']');
        var items = end < 0 ? rest : rest[..end];
        return Math.Min(items.Count((byte)',') + 1, (items.Length + 1) / 2);
    }
}
