using System.Runtime.InteropServices;
using Apache.Arrow;
using Apache.Arrow.C;
using Apache.Arrow.Ipc;
using DuckDB.NET.Native;
using EnvelopeSdk.Batch.Tables;
using static DuckDB.NET.Native.NativeMethods;
using ArrowSchema = Apache.Arrow.Schema;

namespace EnvelopeSdk.Batch.Arrow;

/// <summary>Writes rows of the engine as a file of Arrow record batches, over the "Arrow C data interface".</summary>
internal static unsafe class ArrowExport
{
    private const int RowsOfBatch = 1 << 16;
    private const long BytesOfBatch = 16 << 20; // all of them are in memory at once

    /// <param name="tables">The engine.</param>
    /// <param name="sql">The rows.</param>
    /// <param name="path">The file.</param>
    /// <exception cref="DuckException">They cannot be asked for.</exception>
    public static void Write(DuckTables tables, string sql, string path) => tables.Stream(
        sql, (ref DuckDBResult result) =>
        {
            var options = OptionsOf(ref result);
            try
            {
                using var file = File.Create(path);
                Write(ref result, options, file);
            }
            finally
            {
                Destroy(ref options);
            }
        });

    private static void Write(ref DuckDBResult result, IntPtr options, Stream file)
    {
        var schema = SchemaOf(ref result, options);
        using var writer = new ArrowFileWriter(file, schema, leaveOpen: true);
        writer.WriteStart();
        var (rows, bytes) = (new List<RecordBatch>(), 0L);
        while (true)
        {
            using var chunk = Query.DuckDBFetchChunk(result);
            if (!chunk.IsInvalid)
            {
                rows.Add(RowsOf(chunk, schema, options));
                bytes += ArrowBytes.Of(rows[^1]);
            }

            if (rows.Count > 0
                && (chunk.IsInvalid || bytes >= BytesOfBatch || rows.Sum(one => one.Length) >= RowsOfBatch))
            {
                WriteBatch(writer, schema, rows);
                (rows, bytes) = ([], 0);
            }

            if (chunk.IsInvalid)
            {
                writer.WriteEnd();
                return;
            }
        }
    }

    /// <summary>Chunks of the engine are small, and each batch of a file costs its readers something.</summary>
    private static void WriteBatch(ArrowFileWriter writer, ArrowSchema schema, List<RecordBatch> rows)
    {
        using var batch = new RecordBatch(
            schema,
            Enumerable.Range(0, schema.FieldsList.Count)
                .Select(column => ArrowArrayConcatenator.Concatenate([.. rows.Select(one => one.Column(column))])),
            rows.Sum(one => one.Length));
        writer.WriteRecordBatch(batch);
        rows.ForEach(one => one.Dispose());
    }

    private static ArrowSchema SchemaOf(ref DuckDBResult result, IntPtr options)
    {
        var count = (int)Query.DuckDBColumnCount(ref result);
        var (types, names) = (new DuckDBLogicalType[count], new IntPtr[count]);
        var schema = CArrowSchema.Create();
        try
        {
            for (var i = 0; i < count; i++)
            {
                types[i] = Query.DuckDBColumnLogicalType(ref result, i);
                names[i] = Marshal.StringToCoTaskMemUTF8(Query.DuckDBColumnName(ref result, i));
            }

            var handles = types.Select(one => one.DangerousGetHandle()).ToArray();
            fixed (IntPtr* type = handles, name = names)
            {
                Ensure(ToSchema(options, type, name, (ulong)count, schema));
            }

            return CArrowSchemaImporter.ImportSchema(schema);
        }
        finally
        {
            CArrowSchema.Free(schema);
            for (var i = 0; i < count; i++)
            {
                Marshal.FreeCoTaskMem(names[i]);
                types[i]?.Dispose();
            }
        }
    }

    private static RecordBatch RowsOf(DuckDBDataChunk chunk, ArrowSchema schema, IntPtr options)
    {
        var array = CArrowArray.Create();
        try
        {
            Ensure(ToArray(options, chunk.DangerousGetHandle(), array));
            return CArrowArrayImporter.ImportRecordBatch(array, schema);
        }
        finally
        {
            CArrowArray.Free(array); // what it is about has been moved
        }
    }

    private static void Ensure(IntPtr error)
    {
        if (error == IntPtr.Zero)
        {
            return;
        }

        var message = HasError(error) ? Marshal.PtrToStringUTF8(MessageOf(error)) : null;
        DestroyError(ref error);
        if (message is not null)
        {
            throw new DuckException(message);
        }
    }

    [DllImport("duckdb", EntryPoint = "duckdb_result_get_arrow_options")]
    private static extern IntPtr OptionsOf(ref DuckDBResult result);

    [DllImport("duckdb", EntryPoint = "duckdb_destroy_arrow_options")]
    private static extern void Destroy(ref IntPtr options);

    [DllImport("duckdb", EntryPoint = "duckdb_to_arrow_schema")]
    private static extern IntPtr ToSchema(
        IntPtr options, IntPtr* types, IntPtr* names, ulong count, CArrowSchema* schema);

    [DllImport("duckdb", EntryPoint = "duckdb_data_chunk_to_arrow")]
    private static extern IntPtr ToArray(IntPtr options, IntPtr chunk, CArrowArray* array);

    [DllImport("duckdb", EntryPoint = "duckdb_error_data_has_error")]
    [return: MarshalAs(UnmanagedType.I1)]
    private static extern bool HasError(IntPtr error);

    [DllImport("duckdb", EntryPoint = "duckdb_error_data_message")]
    private static extern IntPtr MessageOf(IntPtr error);

    [DllImport("duckdb", EntryPoint = "duckdb_destroy_error_data")]
    private static extern void DestroyError(ref IntPtr error);
}
