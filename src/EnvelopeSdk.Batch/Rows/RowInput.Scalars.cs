using System.Runtime.CompilerServices;
using System.Text;
using EnvelopeSdk.Batch.Columns;
using EnvelopeSdk.Binding.Reading;

namespace EnvelopeSdk.Batch.Rows;

/// <summary>
/// Values that a column has as they are. Any other value of a column that may be one, a string in a CSV file for one,
/// goes the way through JSON, which decides what becomes of it.
/// </summary>
public ref partial struct RowInput
{
    /// <summary>The whole numbers up to which a double has each.</summary>
    private const long Exact = 1L << 53;

    /// <summary>Reads true or false.</summary>
    public readonly bool ReadBoolean() => _node.Has(ColumnKind.Boolean, _row)
        ? _node.Read<byte>(_row) != 0
        : ReadJson(static (ref JsonInput input) => input.ReadBoolean());

    /// <summary>Reads an integer from 0 to 255.</summary>
    public readonly byte ReadByte() => TryReadInteger(out var value) && value is >= 0 and <= byte.MaxValue
        ? (byte)value
        : ReadJson(static (ref JsonInput input) => input.ReadByte());

    /// <summary>Reads an integer of 8 bits.</summary>
    public readonly sbyte ReadSByte() =>
        TryReadInteger(out var value) && value is >= sbyte.MinValue and <= sbyte.MaxValue
            ? (sbyte)value
            : ReadJson(static (ref JsonInput input) => input.ReadSByte());

    /// <summary>Reads an integer of 16 bits.</summary>
    public readonly short ReadInt16() =>
        TryReadInteger(out var value) && value is >= short.MinValue and <= short.MaxValue
            ? (short)value
            : ReadJson(static (ref JsonInput input) => input.ReadInt16());

    /// <summary>Reads an integer from 0 of 16 bits.</summary>
    public readonly ushort ReadUInt16() => TryReadInteger(out var value) && value is >= 0 and <= ushort.MaxValue
        ? (ushort)value
        : ReadJson(static (ref JsonInput input) => input.ReadUInt16());

    /// <summary>Reads an integer of 32 bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly int ReadInt32() => _node.Has(ColumnKind.Int32, _row) ? _node.Read<int>(_row)
        : TryReadInteger(out var value) && value is >= int.MinValue and <= int.MaxValue ? (int)value
        : ReadJson(static (ref JsonInput input) => input.ReadInt32());

    /// <summary>Reads an integer from 0 of 32 bits.</summary>
    public readonly uint ReadUInt32() => TryReadInteger(out var value) && value is >= 0 and <= uint.MaxValue
        ? (uint)value
        : ReadJson(static (ref JsonInput input) => input.ReadUInt32());

    /// <summary>Reads an integer of 64 bits.</summary>
    public readonly long ReadInt64() => TryReadInteger(out var value)
        ? value
        : ReadJson(static (ref JsonInput input) => input.ReadInt64());

    /// <summary>Reads an integer from 0 of 64 bits.</summary>
    public readonly ulong ReadUInt64() => TryReadInteger(out var value) && value >= 0
        ? (ulong)value
        : ReadJson(static (ref JsonInput input) => input.ReadUInt64());

    /// <summary>Reads a number in single precision.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly float ReadSingle() =>
        _node.Has(ColumnKind.Float, _row) && _node.Read<float>(_row) is var value && float.IsFinite(value)
            ? value
            : ReadJson(static (ref JsonInput input) => input.ReadSingle());

    /// <summary>Reads a number in double precision.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly double ReadDouble() =>
        _node.Has(ColumnKind.Double, _row) && _node.Read<double>(_row) is var value && double.IsFinite(value) ? value
        : _node.Has(ColumnKind.Float, _row) && _node.Read<float>(_row) is var single && float.IsFinite(single) ? single
        : TryReadInteger(out var whole) && whole is >= -Exact and <= Exact ? whole
        : ReadJson(static (ref JsonInput input) => input.ReadDouble());

    /// <summary>Reads a string.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly string ReadString() =>
        _node.Has(ColumnKind.Text, _row) && _node.Text(_row) is { } text
            ? text
            : ReadJson(static (ref JsonInput input) => input.ReadString());

    /// <summary>Reads a date and time: the instant, or else what a clock on the wall shows.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly DateTime ReadDateTime() => _node.Has(ColumnKind.Timestamp, _row)
        && TimeColumns.TryRead(_node.Read<long>(_row), _node.Type!, out var ticks)
            ? new(ticks, _node.Type!.IsUtc ? DateTimeKind.Utc : DateTimeKind.Unspecified)
            : ReadJson(static (ref JsonInput input) => input.ReadDateTime());

    /// <summary>Reads a date.</summary>
    public readonly DateOnly ReadDateOnly() => _node.Has(ColumnKind.Date, _row)
        && TimeColumns.TryRead(_node.Read<int>(_row), out var day)
            ? day
            : ReadJson(static (ref JsonInput input) => input.ReadDateOnly());

    /// <summary>Reads the name of an enum's value.</summary>
    /// <param name="expected">What there may be.</param>
    /// <returns>Whether there is a string.</returns>
    public bool ReadName(string expected)
    {
        if (_node.Has(ColumnKind.Text, _row))
        {
            _name = _node.Bytes(_row);
            return true;
        }

        var errors = ErrorCount;
        _name = Encoding.UTF8.GetBytes(ReadJson(static (ref JsonInput input) => input.ReadString()) ?? "");
        return ErrorCount == errors;
    }

    /// <summary>Whether the name that was read last is this one.</summary>
    /// <param name="utf8Name">The name in UTF-8.</param>
    public readonly bool Is(ReadOnlySpan<byte> utf8Name) => _name.SequenceEqual(utf8Name);

    private readonly bool TryReadInteger(out long value)
    {
        if (!_node.IsNull(_row))
        {
            switch (_node.Kind)
            {
                case ColumnKind.Int32:
                    value = _node.Read<int>(_row);
                    return true;
                case ColumnKind.Int64:
                    value = _node.Read<long>(_row);
                    return true;
                case ColumnKind.Int16:
                    value = _node.Read<short>(_row);
                    return true;
                case ColumnKind.Int8:
                    value = _node.Read<sbyte>(_row);
                    return true;
                case ColumnKind.UInt8:
                    value = _node.Read<byte>(_row);
                    return true;
                case ColumnKind.UInt16:
                    value = _node.Read<ushort>(_row);
                    return true;
                case ColumnKind.UInt32:
                    value = _node.Read<uint>(_row);
                    return true;
                default:
                    break;
            }
        }

        value = 0;
        return false;
    }
}
