using DuckDB.NET.Native;
using static DuckDB.NET.Native.NativeMethods;

namespace EnvelopeSdk.Batch.Tables;

/// <summary>What comes of appending.</summary>
internal static class AppenderResult
{
    /// <exception cref="DuckException">It did not succeed; it says why, a full disk for one.</exception>
    public static void Ensure(this DuckDBAppender appender, DuckDBState state)
    {
        if (state != DuckDBState.Success)
        {
            using var failure = Appender.DuckDBAppenderErrorData(appender);
            throw new DuckException(ErrorData.DuckDBErrorDataMessage(failure));
        }
    }
}
