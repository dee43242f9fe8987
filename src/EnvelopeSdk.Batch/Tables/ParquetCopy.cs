using System.Globalization;

namespace EnvelopeSdk.Batch.Tables;

/// <summary>
/// Writes Parquet files whose values are what they were. Columns have dictionaries where that makes a file smaller, and
/// none in a file with a -0.0, for which DuckDB would write the 0.0 of a dictionary, or the other way round.
/// </summary>
internal static class ParquetCopy
{
    /// <param name="tables">The engine.</param>
    /// <param name="sql">The rows, as a query; it may be asked twice.</param>
    /// <param name="path">The file.</param>
    /// <param name="isPlain">Whether it is to have no dictionaries anyway, so that it is asked once.</param>
    /// <param name="begin">Is called each time before it is asked.</param>
    /// <param name="groupSize">How many rows a row group has; the engine's own number, if absent.</param>
    /// <returns>Whether it has none.</returns>
    /// <exception cref="DuckException">They cannot be asked for, or the file not be written.</exception>
    public static bool Write(
        DuckTables tables, string sql, string path, bool isPlain = false, Action? begin = null, long? groupSize = null)
    {
        var size = groupSize is null ? ""
            : string.Create(CultureInfo.InvariantCulture, $", ROW_GROUP_SIZE {groupSize}");
        if (!isPlain && TryWrite(tables, sql, path, size, begin))
        {
            return false;
        }

        begin?.Invoke();
        Copy(tables, sql, path, size + ", DICTIONARY_SIZE_LIMIT 0");
        return true;
    }

    private static bool TryWrite(DuckTables tables, string sql, string path, string size, Action? begin)
    {
        var watching = tables.Zeros.Watching(sql);
        begin?.Invoke();
        try
        {
            Copy(tables, watching ?? sql, path, size);
            return true;
        }
        catch (DuckException failure) when (tables.Zeros.AreThere && !failure.IsForNow && !failure.IsOfDisk)
        {
            return false;
        }
    }

    private static void Copy(DuckTables tables, string rows, string path, string options) =>
        tables.Run($"COPY ({rows}) TO {DuckTables.Quoted(path)} (FORMAT parquet{options})");
}
