using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using DuckDB.NET.Native;
using static DuckDB.NET.Native.NativeMethods;

namespace EnvelopeSdk.Batch.Tables;

/// <summary>Functions of DuckDB of some values of a row, as its C API has them ("Scalar Functions").</summary>
internal static unsafe class DuckScalar
{
    /// <summary>Makes one known.</summary>
    /// <param name="tables">The engine.</param>
    /// <param name="name">What it is called there.</param>
    /// <param name="self">What <see cref="SelfOf{T}"/> has in a call; who made it frees it.</param>
    /// <param name="call">Is called with the function, a chunk of arguments, and the vector of its answers.</param>
    /// <param name="declare">Says which arguments it has, and what it answers.</param>
    /// <exception cref="DuckException">DuckDB does not take it.</exception>
    public static void Register(
        DuckTables tables, string name, GCHandle self, delegate* unmanaged[Cdecl]<IntPtr, IntPtr, IntPtr, void> call,
        Action<IntPtr> declare)
    {
        var function = ScalarFunction.DuckDBCreateScalarFunction();
        try
        {
            ScalarFunction.DuckDBScalarFunctionSetName(function, name);
            declare(function);
            ScalarFunction.DuckDBScalarFunctionSetSpecialHandling(function); // rows with nulls are rows
            ScalarFunction.DuckDBScalarFunctionSetExtraInfo(function, GCHandle.ToIntPtr(self), &Keep);
            ScalarFunction.DuckDBScalarFunctionSetFunction(function, call);
            if (ScalarFunction.DuckDBRegisterScalarFunction(tables.Connection, function) != DuckDBState.Success)
            {
                throw new DuckException($"The function {name} cannot be made known.");
            }
        }
        finally
        {
            ScalarFunction.DuckDBDestroyScalarFunction(ref function);
        }
    }

    /// <summary>What the function was made known with that is called.</summary>
    public static T SelfOf<T>(IntPtr info)
        where T : class =>
        (T)GCHandle.FromIntPtr(ScalarFunction.DuckDBScalarFunctionGetExtraInfo(info)).Target!;

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void Keep(IntPtr info)
    {
        // who made the function frees it
    }

    /// <summary>How many rows a chunk has.</summary>
    [DllImport("duckdb", EntryPoint = "duckdb_data_chunk_get_size")]
    public static extern ulong SizeOf(IntPtr chunk);

    /// <summary>Lets a vector have the values of another of the same type.</summary>
    [DllImport("duckdb", EntryPoint = "duckdb_vector_reference_vector")]
    public static extern void Reference(IntPtr to, IntPtr from);

    /// <summary>The values of an argument.</summary>
    [DllImport("duckdb", EntryPoint = "duckdb_data_chunk_get_vector")]
    public static extern IntPtr VectorOf(IntPtr chunk, ulong index);
}
