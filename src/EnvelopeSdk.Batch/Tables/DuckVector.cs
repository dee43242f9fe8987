using System.Text;
using DuckDB.NET.Native;
using EnvelopeSdk.Batch.Columns;
using static DuckDB.NET.Native.NativeMethods;

namespace EnvelopeSdk.Batch.Tables;

/// <summary>
/// A vector of DuckDB, as long as it is in a chunk. How values lie in memory: DuckDB's C API, "Vectors", and
/// <c>duckdb.h</c>.
/// </summary>
internal sealed unsafe class DuckVector : Vector
{
    private readonly byte* _data;
    private readonly ulong* _validity;
    private readonly ColumnType _type;
    private readonly DuckDBType _stored;
    private readonly byte[][]? _names;

    public DuckVector(IntPtr vector, ColumnType type)
    {
        _type = type;
        _data = (byte*)Vectors.DuckDBVectorGetData(vector);
        _validity = Vectors.DuckDBVectorGetValidity(vector);
        using var logical = Vectors.DuckDBVectorGetColumnType(vector);
        _stored = LogicalType.DuckDBGetTypeId(logical);
        if (_stored == DuckDBType.Decimal)
        {
            _stored = LogicalType.DuckDBDecimalInternalType(logical);
        }
        else if (_stored == DuckDBType.Enum)
        {
            _stored = LogicalType.DuckDBEnumInternalType(logical);
            _names = NamesOf(logical);
        }

        Parts = PartsOf(vector, type);
    }

    public override IReadOnlyList<Vector> Parts { get; }

    public override nint Data => (nint)_data;

    public override nint Validity => (nint)_validity;

    public override bool HasShortTexts => _stored == DuckDBType.Varchar;

    public override bool IsNull(int row) =>
        _validity != null && (_validity[row >> 6] >> (row & 63) & 1) == 0;

    public override T Read<T>(int row) => ((T*)_data)[row];

    public override Int128 Unscaled(int row) => _stored switch
    {
        DuckDBType.SmallInt => Read<short>(row),
        DuckDBType.Integer => Read<int>(row),
        DuckDBType.BigInt => Read<long>(row),
        _ => Read<Int128>(row),
    };

    /// <summary>A number of 128 bits whose highest is turned over, so that numbers are in the order of UUIDs.</summary>
    public override Guid Uuid(int row)
    {
        Span<byte> bytes = stackalloc byte[16];
        System.Buffers.Binary.BinaryPrimitives.WriteUInt128BigEndian(
            bytes, Read<UInt128>(row) ^ (UInt128.One << 127));
        return new(bytes, bigEndian: true);
    }

    public override ReadOnlySpan<byte> Bytes(int row)
    {
        if (_names is not null)
        {
            return _names[_stored switch
            {
                DuckDBType.UnsignedTinyInt => Read<byte>(row),
                DuckDBType.UnsignedSmallInt => Read<ushort>(row),
                _ => Read<uint>(row),
            }];
        }

        var text = (DuckDBString*)_data + row;
        return new(text->Data, text->Length);
    }

    public override (int Start, int Count) Range(int row)
    {
        if (_type.Kind == ColumnKind.Array)
        {
            return (row * _type.Width, _type.Width);
        }

        var entry = Read<DuckDBListEntry>(row);
        return ((int)entry.Offset, (int)entry.Length);
    }

    /// <summary>How many items the lists of some rows have, those between them among them.</summary>
    public int ItemsOf(int rows)
    {
        var end = 0;
        for (var row = 0; row < rows; row++)
        {
            if (!IsNull(row))
            {
                var (start, items) = Range(row);
                end = Math.Max(end, start + items);
            }
        }

        return end;
    }

    private static Vector[] PartsOf(IntPtr vector, ColumnType type)
    {
        switch (type.Kind)
        {
            case ColumnKind.List:
                return [new DuckVector(Vectors.DuckDBListVectorGetChild(vector), type.Parts[0].Type)];
            case ColumnKind.Array:
                return [new DuckVector(Vectors.DuckDBArrayVectorGetChild(vector), type.Parts[0].Type)];
            case ColumnKind.Struct:
                return FieldsOf(vector, type);
            case ColumnKind.Map:
                return FieldsOf(Vectors.DuckDBListVectorGetChild(vector), type);
            default:
                return [];
        }
    }

    private static Vector[] FieldsOf(IntPtr vector, ColumnType type) =>
        [.. type.Parts.Select((part, i) => new DuckVector(Vectors.DuckDBStructVectorGetChild(vector, i), part.Type))];

    private static byte[][] NamesOf(DuckDBLogicalType type) =>
    [
        .. Enumerable.Range(0, (int)LogicalType.DuckDBEnumDictionarySize(type))
            .Select(i => Encoding.UTF8.GetBytes(LogicalType.DuckDBEnumDictionaryValue(type, i))),
    ];
}
