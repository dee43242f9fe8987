using DuckDB.NET.Native;
using static DuckDB.NET.Native.NativeMethods;

namespace EnvelopeSdk.Batch.Tables;

/// <summary>
/// What an appender of the engine holds, which is by the number of rows, however large they are, and no part of the
/// memory that the engine is told to have.
/// </summary>
internal sealed class AppendedBytes
{
    private const long Most = 16 << 20;

    private long _bytes;

    /// <summary>Counts what was appended, and hands it to the table if it is much.</summary>
    /// <exception cref="DuckException">It does not take it.</exception>
    public void Add(DuckDBAppender appender, long bytes)
    {
        _bytes += bytes;
        if (_bytes >= Most)
        {
            appender.Ensure(Appender.DuckDBAppenderFlush(appender));
            _bytes = 0;
        }
    }
}
