using System.Runtime.InteropServices;
using DuckDB.NET.Native;
using static DuckDB.NET.Native.NativeMethods;

namespace EnvelopeSdk.Batch.Tables;

/// <summary>Types of DuckDB with whole numbers in place of floating-point ones of as many bits.</summary>
internal static class BitTypes
{
    /// <summary>That of a type; the type itself if it has none. Both are to be disposed of.</summary>
    public static DuckDBLogicalType Of(DuckDBLogicalType type) => LogicalType.DuckDBGetTypeId(type) switch
    {
        DuckDBType.Float => LogicalType.DuckDBCreateLogicalType(DuckDBType.UnsignedInteger),
        DuckDBType.Double => LogicalType.DuckDBCreateLogicalType(DuckDBType.UnsignedBigInt),
        DuckDBType.List => OfList(type),
        DuckDBType.Array => OfArray(type),
        DuckDBType.Map => OfMap(type),
        DuckDBType.Struct => OfStruct(type),
        _ => type,
    };

    private static DuckDBLogicalType OfList(DuckDBLogicalType type)
    {
        using var own = LogicalType.DuckDBListTypeChildType(type);
        using var item = Of(own);
        return LogicalType.DuckDBCreateListType(item);
    }

    private static DuckDBLogicalType OfArray(DuckDBLogicalType type)
    {
        using var own = LogicalType.DuckDBArrayTypeChildType(type);
        using var item = Of(own);
        return CreateArray(item, (ulong)LogicalType.DuckDBArrayVectorGetSize(type));
    }

    private static DuckDBLogicalType OfMap(DuckDBLogicalType type)
    {
        using var ownKey = LogicalType.DuckDBMapTypeKeyType(type);
        using var ownValue = LogicalType.DuckDBMapTypeValueType(type);
        using var key = Of(ownKey);
        using var value = Of(ownValue);
        return CreateMap(key, value);
    }

    private static DuckDBLogicalType OfStruct(DuckDBLogicalType type)
    {
        var places = Enumerable.Range(0, (int)LogicalType.DuckDBStructTypeChildCount(type)).ToList();
        var own = places.ConvertAll(i => LogicalType.DuckDBStructTypeChildType(type, i));
        var fields = own.ConvertAll(Of);
        var names = places.ConvertAll(i =>
            Marshal.StringToCoTaskMemUTF8(LogicalType.DuckDBStructTypeChildName(type, i)));
        try
        {
            return CreateStruct(
                [.. fields.Select(one => one.DangerousGetHandle())], [.. names], (ulong)places.Count);
        }
        finally
        {
            names.ForEach(Marshal.FreeCoTaskMem);
            own.Concat(fields).ToList().ForEach(one => one.Dispose());
        }
    }

    [DllImport("duckdb", EntryPoint = "duckdb_create_array_type")]
    private static extern DuckDBLogicalType CreateArray(DuckDBLogicalType item, ulong size);

    [DllImport("duckdb", EntryPoint = "duckdb_create_map_type")]
    private static extern DuckDBLogicalType CreateMap(DuckDBLogicalType key, DuckDBLogicalType value);

    [DllImport("duckdb", EntryPoint = "duckdb_create_struct_type")]
    private static extern DuckDBLogicalType CreateStruct(IntPtr[] types, IntPtr[] names, ulong count);
}
