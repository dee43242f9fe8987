using System.Text;
using DuckDB.NET.Native;
using static DuckDB.NET.Native.NativeMethods;

namespace EnvelopeSdk.Batch.Tables;

/// <summary>Appends rows of strings to a table.</summary>
internal sealed class TextAppender : IDisposable
{
    private readonly DuckDBAppender _appender;
    private readonly Dictionary<string, int> _places;
    private readonly string?[] _row;
    private readonly AppendedBytes _bytes = new();

    /// <param name="tables">The engine.</param>
    /// <param name="database">The database of the table.</param>
    /// <param name="table">The table.</param>
    /// <param name="columns">Its columns.</param>
    /// <exception cref="DuckException">It takes no rows.</exception>
    public TextAppender(DuckTables tables, string? database, string table, IReadOnlyList<string> columns)
    {
        _places = columns.Select((name, i) => (name, i)).ToDictionary(one => one.name, one => one.i);
        _row = new string?[columns.Count];
        var made = Appender.DuckDBAppenderCreateExt(tables.Connection, database!, null!, table, out _appender);
        _appender.Ensure(made);
    }

    /// <summary>Sets a value of the row; one of no column is left out.</summary>
    public void Set(string column, ReadOnlySpan<byte> utf8)
    {
        if (_places.TryGetValue(column, out var place))
        {
            _row[place] = Encoding.UTF8.GetString(utf8);
        }
    }

    /// <summary>Sets a value of the row.</summary>
    /// <param name="place">The number of the column, from 0.</param>
    /// <param name="text">The value.</param>
    public void Set(int place, string text) => _row[place] = text;

    /// <summary>Appends the row.</summary>
    /// <exception cref="DuckException">It takes no row.</exception>
    public void EndRow()
    {
        var bytes = 0L;
        foreach (var text in _row)
        {
            // By its length: it may hold zeros, at the first of which a string of C ends.
            var length = text is null ? 0 : Encoding.UTF8.GetByteCount(text);
            _appender.Ensure(text is null
                ? Appender.DuckDBAppendNull(_appender)
                : Appender.DuckDBAppendVarchar(_appender, text, length));
            bytes += length;
        }

        _appender.Ensure(Appender.DuckDBAppenderEndRow(_appender));
        _bytes.Add(_appender, bytes);
        Array.Clear(_row);
    }

    /// <summary>Appends what is left.</summary>
    /// <exception cref="DuckException">It takes no rows.</exception>
    public void Close() => _appender.Ensure(Appender.DuckDBAppenderClose(_appender));

    public void Dispose() => _appender.Dispose();
}
