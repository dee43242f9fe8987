using System.Runtime.InteropServices;
using static DuckDB.NET.Native.NativeMethods;

namespace EnvelopeSdk.Batch.Tables;

/// <summary>
/// Copies of vectors whose values lie one behind the other. DuckDB sees to that for the vectors that a function gets,
/// and not for the parts of them: a field of structures may be a dictionary still, or one value for all rows.
/// </summary>
/// <param name="count">The number of rows.</param>
internal sealed unsafe class FlatCopies(int count) : IDisposable
{
    private readonly List<IntPtr> _copies = [];
    private IntPtr _rows;

    /// <summary>A copy that lasts as long as this.</summary>
    public IntPtr Of(IntPtr vector)
    {
        using var type = Vectors.DuckDBVectorGetColumnType(vector);
        var copy = CreateVector(type.DangerousGetHandle(), (ulong)Math.Max(count, 1));
        _copies.Add(copy);
        CopyRows(vector, copy, Rows(), (ulong)count, 0, 0);
        return copy;
    }

    public void Dispose()
    {
        foreach (var copy in _copies)
        {
            var one = copy;
            DestroyVector(ref one);
        }

        if (_rows != IntPtr.Zero)
        {
            DestroySelection(_rows);
        }
    }

    /// <summary>All rows, in their order.</summary>
    private IntPtr Rows()
    {
        if (_rows == IntPtr.Zero)
        {
            _rows = CreateSelection((ulong)Math.Max(count, 1));
            var rows = (uint*)SelectionData(_rows);
            for (var i = 0; i < count; i++)
            {
                rows[i] = (uint)i;
            }
        }

        return _rows;
    }

    [DllImport("duckdb", EntryPoint = "duckdb_create_vector")]
    private static extern IntPtr CreateVector(IntPtr type, ulong capacity);

    [DllImport("duckdb", EntryPoint = "duckdb_destroy_vector")]
    private static extern void DestroyVector(ref IntPtr vector);

    [DllImport("duckdb", EntryPoint = "duckdb_create_selection_vector")]
    private static extern IntPtr CreateSelection(ulong size);

    [DllImport("duckdb", EntryPoint = "duckdb_destroy_selection_vector")]
    private static extern void DestroySelection(IntPtr selection);

    [DllImport("duckdb", EntryPoint = "duckdb_selection_vector_get_data_ptr")]
    private static extern IntPtr SelectionData(IntPtr selection);

    [DllImport("duckdb", EntryPoint = "duckdb_vector_copy_sel")]
    private static extern void CopyRows(
        IntPtr from, IntPtr to, IntPtr rows, ulong count, ulong fromOffset, ulong toOffset);
}
