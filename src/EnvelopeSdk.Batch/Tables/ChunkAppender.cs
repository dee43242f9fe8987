using DuckDB.NET.Native;
using EnvelopeSdk.Batch.Answers;
using static DuckDB.NET.Native.NativeMethods;

namespace EnvelopeSdk.Batch.Tables;

/// <summary>Appends rows to a table by their columns.</summary>
internal sealed class ChunkAppender : IDisposable
{
    private readonly DuckDBAppender _appender;
    private readonly DuckDBLogicalType[] _types;
    private readonly int _most = (int)Helpers.DuckDBVectorSize();
    private readonly AppendedBytes _bytes = new();

    /// <param name="tables">The engine.</param>
    /// <param name="database">The database of the table.</param>
    /// <param name="table">The table.</param>
    /// <param name="columns">How many columns it has.</param>
    /// <exception cref="DuckException">It takes no rows.</exception>
    public ChunkAppender(DuckTables tables, string database, string table, int columns)
    {
        var made = Appender.DuckDBAppenderCreateExt(tables.Connection, database, null!, table, out _appender);
        _appender.Ensure(made);
        _types =
        [
            .. Enumerable.Range(0, columns).Select(one => Appender.DuckDBAppenderColumnType(_appender, (ulong)one)),
        ];
    }

    /// <summary>Appends rows.</summary>
    /// <param name="count">How many.</param>
    /// <param name="bytes">How much memory their values take, about.</param>
    /// <param name="fill">Fills a column: it is told the number, the first row, how many, and the target.</param>
    /// <exception cref="DuckException">It takes no rows.</exception>
    public void Append(int count, long bytes, Action<int, int, int, Target> fill)
    {
        for (var first = 0; first < count; first += _most)
        {
            var size = Math.Min(_most, count - first);
            using var chunk = DataChunks.DuckDBCreateDataChunk(
                [.. _types.Select(one => one.DangerousGetHandle())], (ulong)_types.Length);
            for (var column = 0; column < _types.Length; column++)
            {
                fill(column, first, size, new DuckTarget(DataChunks.DuckDBDataChunkGetVector(chunk, column)));
            }

            DataChunks.DuckDBDataChunkSetSize(chunk, (ulong)size);
            _appender.Ensure(Appender.DuckDBAppendDataChunk(_appender, chunk));
            _bytes.Add(_appender, bytes * size / count);
        }
    }

    /// <summary>Appends what is left.</summary>
    /// <exception cref="DuckException">It takes no rows.</exception>
    public void Close() => _appender.Ensure(Appender.DuckDBAppenderClose(_appender));

    public void Dispose()
    {
        _appender.Dispose();
        Array.ForEach(_types, one => one.Dispose());
    }
}
