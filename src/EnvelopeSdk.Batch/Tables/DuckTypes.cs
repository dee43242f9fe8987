using System.Runtime.InteropServices;
using DuckDB.NET.Native;
using EnvelopeSdk.Batch.Columns;
using static DuckDB.NET.Native.NativeMethods;

namespace EnvelopeSdk.Batch.Tables;

/// <summary>Types of DuckDB.</summary>
internal static class DuckTypes
{
    private const long Micros = 1_000_000;

    private const DuckDBType TimeNs = (DuckDBType)39; // of duckdb.h, which the bindings do not have

    public static ColumnType Of(DuckDBLogicalType type)
    {
        var id = LogicalType.DuckDBGetTypeId(type);
        return id switch
        {
            DuckDBType.SqlNull => new(ColumnKind.Null, "NULL"),
            DuckDBType.Boolean => new(ColumnKind.Boolean, "BOOLEAN"),
            DuckDBType.TinyInt => new(ColumnKind.Int8, "TINYINT"),
            DuckDBType.SmallInt => new(ColumnKind.Int16, "SMALLINT"),
            DuckDBType.Integer => new(ColumnKind.Int32, "INTEGER"),
            DuckDBType.BigInt => new(ColumnKind.Int64, "BIGINT"),
            DuckDBType.HugeInt => new(ColumnKind.Int128, "HUGEINT"),
            DuckDBType.UnsignedTinyInt => new(ColumnKind.UInt8, "UTINYINT"),
            DuckDBType.UnsignedSmallInt => new(ColumnKind.UInt16, "USMALLINT"),
            DuckDBType.UnsignedInteger => new(ColumnKind.UInt32, "UINTEGER"),
            DuckDBType.UnsignedBigInt => new(ColumnKind.UInt64, "UBIGINT"),
            DuckDBType.UnsignedHugeInt => new(ColumnKind.UInt128, "UHUGEINT"),
            DuckDBType.Float => new(ColumnKind.Float, "FLOAT"),
            DuckDBType.Double => new(ColumnKind.Double, "DOUBLE"),
            DuckDBType.Decimal => Decimal(type),
            DuckDBType.Varchar => new(ColumnKind.Text, "VARCHAR") { IsJson = AliasOf(type) == "JSON" },
            DuckDBType.Enum => new(ColumnKind.Text, "an ENUM"),
            DuckDBType.Blob => new(ColumnKind.Bytes, "BLOB"),
            DuckDBType.Uuid => new(ColumnKind.Uuid, "UUID"),
            DuckDBType.Date => new(ColumnKind.Date, "DATE"),
            DuckDBType.Time => new(ColumnKind.Time, "TIME") { PerSecond = Micros },
            TimeNs => new(ColumnKind.Time, "TIME_NS") { PerSecond = 1000 * Micros },
            DuckDBType.Interval => new(ColumnKind.Interval, "INTERVAL"),
            DuckDBType.TimestampTz => new(ColumnKind.Timestamp, "TIMESTAMP WITH TIME ZONE")
            {
                PerSecond = Micros,
                IsUtc = true,
            },
            DuckDBType.Timestamp => Timestamp("TIMESTAMP", Micros),
            DuckDBType.TimestampS => Timestamp("TIMESTAMP_S", 1),
            DuckDBType.TimestampMs => Timestamp("TIMESTAMP_MS", 1000),
            DuckDBType.TimestampNs => Timestamp("TIMESTAMP_NS", 1000 * Micros),
            DuckDBType.List => List(type),
            DuckDBType.Array => Array(type),
            DuckDBType.Struct => Struct(type),
            DuckDBType.Map => Map(type),
            _ => new(ColumnKind.Other, id.ToString()),
        };
    }

    private static ColumnType Timestamp(string name, long perSecond) =>
        new(ColumnKind.Timestamp, name + ", without a zone") { PerSecond = perSecond };

    private static ColumnType Decimal(DuckDBLogicalType type)
    {
        var (width, scale) = (LogicalType.DuckDBDecimalWidth(type), LogicalType.DuckDBDecimalScale(type));
        return new(ColumnKind.Decimal, $"DECIMAL({width},{scale})")
        {
            Scale = scale,
            Width = width,
        };
    }

    private static string? AliasOf(DuckDBLogicalType type)
    {
        var alias = LogicalTypeAlias(type.DangerousGetHandle());
        try
        {
            return Marshal.PtrToStringUTF8(alias);
        }
        finally
        {
            Helpers.DuckDBFree(alias);
        }
    }

    [DllImport("duckdb", EntryPoint = "duckdb_logical_type_get_alias")]
    private static extern IntPtr LogicalTypeAlias(IntPtr type);

    private static ColumnType List(DuckDBLogicalType type)
    {
        using var item = LogicalType.DuckDBListTypeChildType(type);
        var held = Of(item);
        return new(ColumnKind.List, $"a list of {held.Name}") { Parts = [new("", held)] };
    }

    private static ColumnType Array(DuckDBLogicalType type)
    {
        using var item = LogicalType.DuckDBArrayTypeChildType(type);
        var held = Of(item);
        return new(ColumnKind.Array, $"an array of {held.Name}")
        {
            Parts = [new("", held)],
            Width = (int)LogicalType.DuckDBArrayVectorGetSize(type),
        };
    }

    private static ColumnType Struct(DuckDBLogicalType type)
    {
        var parts = new List<Column>();
        for (var i = 0; i < LogicalType.DuckDBStructTypeChildCount(type); i++)
        {
            using var part = LogicalType.DuckDBStructTypeChildType(type, i);
            parts.Add(new(LogicalType.DuckDBStructTypeChildName(type, i), Of(part)));
        }

        var named = string.Join(", ", parts.Select(one => $"{one.Name} {one.Type.Name}"));
        return new(ColumnKind.Struct, $"a STRUCT({named})") { Parts = parts };
    }

    private static ColumnType Map(DuckDBLogicalType type)
    {
        using var key = LogicalType.DuckDBMapTypeKeyType(type);
        using var value = LogicalType.DuckDBMapTypeValueType(type);
        var (from, to) = (Of(key), Of(value));
        return new(ColumnKind.Map, $"a MAP({from.Name}, {to.Name})") { Parts = [new("key", from), new("value", to)] };
    }
}
