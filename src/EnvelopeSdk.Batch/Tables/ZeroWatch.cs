using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using DuckDB.NET.Native;
using EnvelopeSdk.Batch.Columns;
using static DuckDB.NET.Native.NativeMethods;

namespace EnvelopeSdk.Batch.Tables;

/// <summary>A function of DuckDB that hands values of one type on as they are, and fails at -0.0.</summary>
internal sealed unsafe class ZeroWatch : IDisposable
{
    private readonly ColumnType _type;
    private readonly GCHandle _self;

    public ZeroWatch(DuckTables tables, string name, ColumnType type, DuckDBLogicalType stored)
    {
        (Name, _type) = (name, type);
        _self = GCHandle.Alloc(this);
        DuckScalar.Register(tables, name, _self, &Call, function =>
        {
            ScalarFunction.DuckDBScalarFunctionAddParameter(function, stored);
            ScalarFunction.DuckDBScalarFunctionSetReturnType(function, stored);
        });
    }

    /// <summary>What it is called there.</summary>
    public string Name { get; }

    /// <summary>Whether it has failed.</summary>
    public bool HasFound { get; set; }

    public void Dispose() => _self.Free();

    private bool IsIn(IntPtr vector, int count)
    {
        using var copies = new FlatCopies(count);
        return IsIn(new DuckVector(_type.Parts.Count == 0 ? vector : copies.Of(vector), _type), _type, count);
    }

    private static bool IsIn(Vector values, ColumnType type, int count) => type.Kind switch
    {
        ColumnKind.Float => IsIn(values, count, 1u << 31),
        ColumnKind.Double => IsIn(values, count, 1ul << 63),
        ColumnKind.List or ColumnKind.Map => IsInParts(values, type, ((DuckVector)values).ItemsOf(count)),
        ColumnKind.Array => IsInParts(values, type, count * type.Width),
        _ => IsInParts(values, type, count),
    };

    private static bool IsInParts(Vector values, ColumnType type, int count)
    {
        for (var i = 0; i < type.Parts.Count; i++)
        {
            if (IsIn(values.Parts[i], type.Parts[i].Type, count))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether one of the values has these bits; what lies where there is none does not count.</summary>
    private static bool IsIn<T>(Vector values, int count, T zero)
        where T : unmanaged, IEquatable<T>
    {
        var bits = new ReadOnlySpan<T>((void*)values.Data, count);
        var from = 0;
        while (bits[from..].IndexOf(zero) is >= 0 and var next)
        {
            if (!values.IsNull(from + next))
            {
                return true;
            }

            from += next + 1;
        }

        return false;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void Call(IntPtr info, IntPtr chunk, IntPtr output)
    {
        try
        {
            var self = DuckScalar.SelfOf<ZeroWatch>(info);
            var vector = DuckScalar.VectorOf(chunk, 0);
            if (self.IsIn(vector, (int)DuckScalar.SizeOf(chunk)))
            {
                self.HasFound = true;
                ScalarFunction.DuckDBScalarFunctionSetError(info, "There is a zero with a sign.");
                return;
            }

            DuckScalar.Reference(output, vector);
        }
        catch (Exception failure)
        {
            ScalarFunction.DuckDBScalarFunctionSetError(info, $"Values were not watched: {failure.Message}");
        }
    }
}
