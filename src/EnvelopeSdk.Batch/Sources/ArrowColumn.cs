using System.Buffers;
using Apache.Arrow.Types;
using EnvelopeSdk.Batch.Answers;
using EnvelopeSdk.Batch.Arrow;
using EnvelopeSdk.Batch.Columns;
using EnvelopeSdk.Batch.Tables;

namespace EnvelopeSdk.Batch.Sources;

/// <summary>
/// A column of Arrow as one of the engine. Values are copied: over the "Arrow C stream interface" that DuckDB reads,
/// Apache.Arrow 14 releases arrays twice.
/// </summary>
internal static class ArrowColumn
{
    private const long Micros = 1_000_000;

    /// <summary>The type that the engine has for all values of one; null: none.</summary>
    public static string? Sql(IArrowType type) => type switch
    {
        NullType => "INTEGER",
        BooleanType => "BOOLEAN",
        Int8Type => "TINYINT",
        Int16Type => "SMALLINT",
        Int32Type => "INTEGER",
        Int64Type => "BIGINT",
        UInt8Type => "UTINYINT",
        UInt16Type => "USMALLINT",
        UInt32Type => "UINTEGER",
        UInt64Type => "UBIGINT",
        HalfFloatType or FloatType => "FLOAT",
        DoubleType => "DOUBLE",
        Decimal128Type one => $"DECIMAL({one.Precision}, {one.Scale})",
        Decimal256Type => null, // which is one of bytes too
        StringType or DictionaryType { ValueType: StringType } => "VARCHAR",
        BinaryType or FixedSizeBinaryType => "BLOB",
        Date32Type => "DATE",
        Date64Type => "TIMESTAMP_MS",
        TimeType one => one.Unit == TimeUnit.Nanosecond ? "TIME_NS" : "TIME",
        TimestampType one when !string.IsNullOrEmpty(one.Timezone) => "TIMESTAMPTZ",
        TimestampType one => one.Unit switch
        {
            TimeUnit.Second => "TIMESTAMP_S",
            TimeUnit.Millisecond => "TIMESTAMP_MS",
            TimeUnit.Microsecond => "TIMESTAMP",
            _ => "TIMESTAMP_NS",
        },
        MapType one => Sql(one.KeyField.DataType) is { } key && Sql(one.ValueField.DataType) is { } value
            ? $"MAP({key}, {value})" : null,
        ListType one => Listed(one.ValueDataType),
        FixedSizeListType one => Listed(one.ValueDataType),
        StructType one => one.Fields.Any(field => Sql(field.DataType) is null) ? null
            : $"STRUCT({string.Join(", ", one.Fields.Select(
                field => $"{DuckTables.Name(field.Name)} {Sql(field.DataType)}"))})",
        _ => null,
    };

    /// <summary>Copies some rows.</summary>
    /// <param name="from">The column, of which <see cref="ArrowTypes"/> says the type.</param>
    /// <param name="type">That type.</param>
    /// <param name="first">The first row.</param>
    /// <param name="count">How many rows.</param>
    /// <param name="to">Receives them.</param>
    /// <exception cref="EnvelopeException">A point in time has parts of a microsecond.</exception>
    public static void Copy(Vector from, ColumnType type, int first, int count, Target to)
    {
        CopyValues(from, type, first, count, to);
        for (var i = 0; i < count; i++)
        {
            if (type.Kind == ColumnKind.Null || from.IsNull(first + i))
            {
                SetNull(i, type, to);
            }
        }
    }

    /// <summary>
    /// In Arrow the fields of a structure that is null may have values ("Struct Layout"); in the engine they are null,
    /// too, and a value more is written where they are not, which is taken for that of another row.
    /// </summary>
    private static void SetNull(int row, ColumnType type, Target to)
    {
        to.SetNull(row);
        for (var i = 0; type.Kind == ColumnKind.Struct && i < type.Parts.Count; i++)
        {
            SetNull(row, type.Parts[i].Type, to.Field(i));
        }
    }

    private static string? Listed(IArrowType type) => Sql(type) is { } held ? held + "[]" : null;

    private static void CopyValues(Vector from, ColumnType type, int first, int count, Target to)
    {
        switch (type.Kind)
        {
            case ColumnKind.Null:
                break;
            case ColumnKind.Text or ColumnKind.Bytes:
                CopyBytes(from, first, count, to);
                break;
            case ColumnKind.Struct:
                foreach (var (i, part) in type.Parts.Index())
                {
                    Copy(from.Parts[i], part.Type, first, count, to.Field(i));
                }

                break;
            case ColumnKind.List or ColumnKind.Array or ColumnKind.Map:
                CopyItems(from, type, first, count, to);
                break;
            case ColumnKind.Decimal:
                CopyDecimals(from, type, first, count, to);
                break;
            case ColumnKind.Time when type.PerSecond <= Micros:
                Fill(from, first, count, to, row => Exact(from.Read<long>(row), type));
                break;
            case ColumnKind.Timestamp when type.IsUtc:
                Fill(from, first, count, to, row => Exact(from.Read<long>(row), type));
                break;
            default:
                CopyFixed(from, type.Kind, first, count, to);
                break;
        }
    }

    private static void CopyFixed(Vector from, ColumnKind kind, int first, int count, Target to)
    {
        switch (kind)
        {
            case ColumnKind.Boolean or ColumnKind.Int8 or ColumnKind.UInt8:
                Fill(from, first, count, to, from.Read<byte>);
                break;
            case ColumnKind.Int16 or ColumnKind.UInt16:
                Fill(from, first, count, to, from.Read<short>);
                break;
            case ColumnKind.Int32 or ColumnKind.UInt32 or ColumnKind.Float or ColumnKind.Date:
                Fill(from, first, count, to, from.Read<int>);
                break;
            default:
                Fill(from, first, count, to, from.Read<long>);
                break;
        }
    }

    /// <summary>The engine has them in as few bytes as their digits need ("DuckDB C API", decimals).</summary>
    private static void CopyDecimals(Vector from, ColumnType type, int first, int count, Target to)
    {
        var end = Enumerable.Range(0, type.Width).Aggregate(Int128.One, (one, _) => one * 10);
        switch (type.Width)
        {
            case <= 4:
                Fill(from, first, count, to, row => (short)Within(row));
                break;
            case <= 9:
                Fill(from, first, count, to, row => (int)Within(row));
                break;
            case <= 18:
                Fill(from, first, count, to, row => (long)Within(row));
                break;
            default:
                Fill(from, first, count, to, Within);
                break;
        }

        // Who writes Arrow may leave unchecked how many digits there are.
        Int128 Within(int row) => from.Unscaled(row) is var value && value > -end && value < end
            ? value
            : throw new EnvelopeException(
                EnvelopeError.Invalid,
                $"A value of the type {type.Name} has more than {type.Width} digits. Give the column a type that has "
                + "them.");
    }

    private static void CopyBytes(Vector from, int first, int count, Target to)
    {
        for (var i = 0; i < count; i++)
        {
            if (!from.IsNull(first + i))
            {
                to.SetBytes(i, from.Bytes(first + i));
            }
        }
    }

    /// <summary>Items of rows lie one behind the other, in the order of the rows.</summary>
    private static void CopyItems(Vector from, ColumnType type, int first, int count, Target to)
    {
        var (begin, end) = (0, 0);
        for (var i = 0; i < count; i++)
        {
            to.SetRange(i, 0, 0);
            if (!from.IsNull(first + i))
            {
                var (start, length) = from.Range(first + i);
                begin = end == 0 ? start : begin;
                to.SetRange(i, start - begin, length);
                end = Math.Max(end, start + length);
            }
        }

        var items = to.Items(Math.Max(0, end - begin));
        foreach (var (i, part) in type.Parts.Index())
        {
            Copy(
                from.Parts[i], part.Type, begin, Math.Max(0, end - begin),
                type.Kind == ColumnKind.Map ? items.Field(i) : items);
        }
    }

    private static void Fill<T>(Vector from, int first, int count, Target to, Func<int, T> valueOf)
        where T : unmanaged
    {
        var lent = ArrayPool<T>.Shared.Rent(count);
        var values = lent.AsSpan(0, count);
        for (var i = 0; i < count; i++)
        {
            values[i] = from.IsNull(first + i) ? default : valueOf(first + i);
        }

        to.Fill<T>(values);
        ArrayPool<T>.Shared.Return(lent);
    }

    /// <summary>In microseconds.</summary>
    private static long Exact(long value, ColumnType type) => type.PerSecond <= Micros
        ? value * (Int128)(Micros / type.PerSecond) is var micros && micros == (long)micros ? (long)micros
        : throw new EnvelopeException(
            EnvelopeError.Invalid,
            $"A value of the type {type.Name} is further from 1970 than 290,000 years. Make it null before.")
        : value % (type.PerSecond / Micros) == 0 ? value / (type.PerSecond / Micros)
        : throw new EnvelopeException(
            EnvelopeError.Invalid,
            $"A value of the type {type.Name} has parts of a microsecond, which would be lost. Round them before.");
}
