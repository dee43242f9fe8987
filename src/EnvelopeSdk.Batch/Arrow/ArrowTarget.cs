using System.Buffers;
using System.Runtime.InteropServices;
using Apache.Arrow;
using EnvelopeSdk.Batch.Answers;
using EnvelopeSdk.Batch.Columns;

namespace EnvelopeSdk.Batch.Arrow;

/// <summary>An array of Arrow that is filled, its rows in their order.</summary>
/// <param name="type">The type of its values.</param>
/// <param name="count">How many rows there are.</param>
internal sealed class ArrowTarget(ColumnType type, int count) : Target
{
    private readonly int[] _offsets = type.Kind is ColumnKind.Text or ColumnKind.Bytes or ColumnKind.List
        ? new int[count + 1] : [];

    private readonly ArrayBufferWriter<byte> _bytes = new();
    private readonly Dictionary<int, ArrowTarget> _parts = [];
    private byte[]? _validity;
    private int _nulls;
    private int _next;

    public override void Fill<T>(ReadOnlySpan<T> values)
    {
        if (typeof(T) != typeof(bool))
        {
            _bytes.Write(MemoryMarshal.AsBytes(values));
            return;
        }

        var flags = MemoryMarshal.AsBytes(values);
        var bits = new byte[(flags.Length + 7) / 8];
        for (var i = 0; i < flags.Length; i++)
        {
            bits[i >> 3] |= (byte)(flags[i] << (i & 7));
        }

        _bytes.Write(bits);
    }

    public override void SetBytes(int row, ReadOnlySpan<byte> value)
    {
        EndAt(row);
        _bytes.Write(value);
    }

    public override void SetRange(int row, int start, int count)
    {
        _offsets[row] = start;
        _offsets[row + 1] = start + count;
    }

    public override void SetNull(int row)
    {
        if (_validity is null)
        {
            _validity = new byte[(count + 7) / 8];
            _validity.AsSpan().Fill(byte.MaxValue);
        }

        var bit = (byte)(1 << (row & 7));
        _nulls += (_validity[row >> 3] & bit) == 0 ? 0 : 1;
        _validity[row >> 3] &= (byte)~bit;
    }

    public override Target Field(int index) => Part(index, count);

    public override Target Items(int count) => Part(0, count);

    /// <summary>The array.</summary>
    public ArrayData Build()
    {
        ArrowBuffer[] buffers = type.Kind switch
        {
            ColumnKind.Struct => [Validity()],
            ColumnKind.List => [Validity(), Offsets()],
            ColumnKind.Text or ColumnKind.Bytes => [Validity(), Offsets(), new(_bytes.WrittenMemory)],
            _ => [Validity(), new(_bytes.WrittenMemory)],
        };
        ArrayData[] children = [.. _parts.OrderBy(one => one.Key).Select(one => one.Value.Build())];
        return new(ArrowTypes.Of(type), count, _nulls, 0, buffers, children);
    }

    private ArrowTarget Part(int index, int length)
    {
        if (!_parts.TryGetValue(index, out var part))
        {
            _parts[index] = part = new(type.Parts[index].Type, length);
        }

        return part;
    }

    private ArrowBuffer Validity() => _validity is null ? ArrowBuffer.Empty : new(_validity);

    private ArrowBuffer Offsets()
    {
        if (type.Kind != ColumnKind.List)
        {
            EndAt(count);
        }

        return new(MemoryMarshal.AsBytes(_offsets.AsSpan()).ToArray());
    }

    /// <summary>Rows without a value before it are as long as nothing.</summary>
    private void EndAt(int row)
    {
        for (; _next <= row; _next++)
        {
            _offsets[_next] = _bytes.WrittenCount;
        }
    }
}
