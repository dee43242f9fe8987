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
    /// <param name="begin">Is called each time before it is asked.</param>
    /// <exception cref="DuckException">They cannot be asked for, or the file not be written.</exception>
    public static void Write(DuckTables tables, string sql, string path, Action? begin = null)
    {
        var watching = tables.Zeros.Watching(sql);
        begin?.Invoke();
        try
        {
            Copy(watching ?? sql, "");
            return;
        }
        catch (DuckException) when (tables.Zeros.AreThere)
        {
            // begins anew
        }

        begin?.Invoke();
        Copy(sql, ", DICTIONARY_SIZE_LIMIT 0");

        void Copy(string rows, string option) =>
            tables.Run($"COPY ({rows}) TO {DuckTables.Quoted(path)} (FORMAT parquet{option})");
    }
}
