using System.Runtime.InteropServices;
using System.Text;
using Apache.Arrow.C;
using Apache.Arrow.Ipc;
using DuckDB.NET.Native;
using EnvelopeSdk.Batch.Tables;

namespace EnvelopeSdk.Batch.Arrow;

/// <summary>Record batches as a table of the engine, over the "Arrow C stream interface": they are read once.</summary>
internal sealed unsafe class ArrowScan : IDisposable
{
    /// <summary>The table, as SQL has it.</summary>
    public const string View = "envelope_arrow";

    private readonly DuckTables _tables;
    private readonly CArrowArrayStream* _stream;

    /// <param name="tables">The engine.</param>
    /// <param name="rows">The batches.</param>
    /// <exception cref="DuckException">It does not take them.</exception>
    public ArrowScan(DuckTables tables, IArrowArrayStream rows)
    {
        _tables = tables;
        _stream = CArrowArrayStream.Create();
        CArrowArrayStreamExporter.ExportArrayStream(rows, _stream);
        fixed (byte* name = Encoding.UTF8.GetBytes(View + '\0'))
        {
            if (Scan(tables.Connection.DangerousGetHandle(), name, _stream) != DuckDBState.Success)
            {
                CArrowArrayStream.Free(_stream);
                throw new DuckException("It does not take the types of Arrow columns.");
            }
        }
    }

    public void Dispose()
    {
        _tables.Run($"DROP VIEW {View}");
        CArrowArrayStream.Free(_stream);
    }

    [DllImport("duckdb", EntryPoint = "duckdb_arrow_scan")]
    private static extern DuckDBState Scan(IntPtr connection, byte* name, CArrowArrayStream* stream);
}
