using Apache.Arrow;
using Apache.Arrow.Types;
using EnvelopeSdk.Batch.Columns;
using ArrowSchema = Apache.Arrow.Schema;
using Column = EnvelopeSdk.Batch.Columns.Column;

namespace EnvelopeSdk.Batch.Arrow;

/// <summary>Types of Arrow: what they are as columns, and what columns of answers are there.</summary>
internal static class ArrowTypes
{
    /// <summary>The columns of a schema.</summary>
    public static IReadOnlyList<Column> Columns(ArrowSchema schema) => [.. schema.FieldsList.Select(Of)];

    /// <summary>The type of a column; of the kind <see cref="ColumnKind.Other"/> if there is none for it.</summary>
    public static ColumnType Of(IArrowType type) => type switch
    {
        NullType => new(ColumnKind.Null, "null"),
        BooleanType => new(ColumnKind.Boolean, "bool"),
        Int8Type => new(ColumnKind.Int8, "int8"),
        Int16Type => new(ColumnKind.Int16, "int16"),
        Int32Type => new(ColumnKind.Int32, "int32"),
        Int64Type => new(ColumnKind.Int64, "int64"),
        UInt8Type => new(ColumnKind.UInt8, "uint8"),
        UInt16Type => new(ColumnKind.UInt16, "uint16"),
        UInt32Type => new(ColumnKind.UInt32, "uint32"),
        UInt64Type => new(ColumnKind.UInt64, "uint64"),
        HalfFloatType => new(ColumnKind.Float, "float16"),
        FloatType => new(ColumnKind.Float, "float"),
        DoubleType => new(ColumnKind.Double, "double"),
        Decimal128Type one => new(ColumnKind.Decimal, $"decimal128({one.Precision}, {one.Scale})")
        {
            Scale = one.Scale,
            Width = one.Precision,
        },
        Decimal256Type one => new(ColumnKind.Other, $"decimal256({one.Precision}, {one.Scale})"), // else bytes
        StringType => new(ColumnKind.Text, "string"),
        DictionaryType { ValueType: StringType } => new(ColumnKind.Text, "dictionary of string"),
        BinaryType => new(ColumnKind.Bytes, "binary"),
        FixedSizeBinaryType one => new(ColumnKind.Bytes, $"fixed_size_binary[{one.ByteWidth}]"),
        Date32Type => new(ColumnKind.Date, "date32"),
        Date64Type => new(ColumnKind.Timestamp, "date64") { PerSecond = 1000 },
        TimeType one => new(ColumnKind.Time, $"time[{one.Unit}]") { PerSecond = PerSecond(one.Unit) },
        TimestampType one => new(
            ColumnKind.Timestamp, $"timestamp[{one.Unit}{(HasZone(one) ? $", {one.Timezone}" : "")}]")
        {
            PerSecond = PerSecond(one.Unit),
            IsUtc = HasZone(one), // then it is counted from 1970 in UTC, whatever zone it is shown in
        },
        MapType one => Nested(ColumnKind.Map, "a map", one.KeyField, one.ValueField),
        ListType one => Nested(ColumnKind.List, "a list", one.ValueField),
        FixedSizeListType one => Nested(ColumnKind.Array, "an array", one.ValueField) with { Width = one.ListSize },
        StructType one => Nested(ColumnKind.Struct, "a struct", [.. one.Fields]),
        IntervalType one => new(ColumnKind.Other, $"interval[{one.Unit}]"), // which calls itself a date
        _ => new(ColumnKind.Other, type.Name),
    };

    /// <summary>The type of a column of answers.</summary>
    public static IArrowType Of(ColumnType type) => type.Kind switch
    {
        ColumnKind.Boolean => BooleanType.Default,
        ColumnKind.Int8 => Int8Type.Default,
        ColumnKind.Int16 => Int16Type.Default,
        ColumnKind.Int32 => Int32Type.Default,
        ColumnKind.Int64 => Int64Type.Default,
        ColumnKind.UInt8 => UInt8Type.Default,
        ColumnKind.UInt16 => UInt16Type.Default,
        ColumnKind.UInt32 => UInt32Type.Default,
        ColumnKind.UInt64 => UInt64Type.Default,
        ColumnKind.Float => FloatType.Default,
        ColumnKind.Double => DoubleType.Default,
        ColumnKind.Text => StringType.Default,
        ColumnKind.Bytes => BinaryType.Default,
        ColumnKind.Date => Date32Type.Default,
        ColumnKind.Decimal => new Decimal128Type(type.Width, type.Scale),
        ColumnKind.List => new ListType(Of(type.Parts[0] with { Name = "item" })),
        ColumnKind.Struct => new StructType([.. type.Parts.Select(Of)]),
        _ => throw new ArgumentOutOfRangeException(nameof(type), type.Name, null),
    };

    /// <summary>A column of answers.</summary>
    public static Field Of(Column column) => new(column.Name, Of(column.Type), nullable: true);

    private static Column Of(Field field) => new(field.Name, Of(field.DataType));

    private static ColumnType Nested(ColumnKind kind, string name, params Field[] fields)
    {
        var parts = fields.Select(Of).ToList();
        return new(kind, $"{name} of {string.Join(", ", parts.Select(one => $"{one.Name} {one.Type.Name}"))}")
        {
            Parts = parts,
        };
    }

    private static bool HasZone(TimestampType type) => !string.IsNullOrEmpty(type.Timezone);

    private static long PerSecond(TimeUnit unit) => unit switch
    {
        TimeUnit.Second => 1,
        TimeUnit.Millisecond => 1000,
        TimeUnit.Microsecond => 1_000_000,
        _ => 1_000_000_000,
    };
}
