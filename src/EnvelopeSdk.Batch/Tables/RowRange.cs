using System.Globalization;

namespace EnvelopeSdk.Batch.Tables;

/// <summary>Some rows of a source, which can be read alone.</summary>
/// <param name="Sql">What is read, as the source of a query.</param>
/// <param name="Row">What the number of a row is called there, the first of which is 0.</param>
/// <param name="From">The first row.</param>
/// <param name="Count">How many there are.</param>
internal sealed record RowRange(string Sql, string Row, long From, long Count)
{
    /// <summary>Which rows they are, as SQL writes it.</summary>
    public string Condition => string.Create(
        CultureInfo.InvariantCulture, $"{Row} >= {From} AND {Row} < {From + Count}");

    /// <summary>Cuts the rows of Parquet files, each of which knows how many it has.</summary>
    public static IEnumerable<RowRange> OfParquet(DuckTables tables, IReadOnlyList<string> files, long most) =>
        files.SelectMany(file => Cut(
            $"read_parquet({DuckTables.Quoted(file)}, hive_partitioning = false, file_row_number = true)",
            "file_row_number",
            tables.Numbers($"SELECT num_rows FROM parquet_file_metadata({DuckTables.Quoted(file)})")[0], most));

    /// <summary>Cuts the rows of a table of DuckDB.</summary>
    public static IEnumerable<RowRange> OfTable(DuckTables tables, string table, long most) =>
        Cut(table, "rowid", tables.Numbers($"SELECT count(*) FROM {table}")[0], most);

    /// <summary>Parts of one size: a small one at the end would cost as much as all to put together.</summary>
    private static IEnumerable<RowRange> Cut(string sql, string row, long rows, long most)
    {
        var count = Math.Max(1, (rows + most - 1) / most);
        var size = (rows + count - 1) / count;
        for (var from = 0L; from < rows; from += size)
        {
            yield return new(sql, row, from, Math.Min(size, rows - from));
        }
    }
}
