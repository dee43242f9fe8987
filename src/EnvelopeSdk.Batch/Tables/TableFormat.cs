using EnvelopeSdk.Batch.Arrow;
using EnvelopeSdk.Batch.Columns;

namespace EnvelopeSdk.Batch.Tables;

/// <summary>The form of a file of rows, by the end of its name.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Endings">How names of such files end; those that are written end with the first.</param>
/// <param name="Form">What its values are.</param>
internal sealed record TableFormat(string Name, IReadOnlyList<string> Endings, ValueForm Form)
{
    public static readonly TableFormat Parquet = new("Parquet", [".parquet"], ValueForm.Typed);
    public static readonly TableFormat Csv = new("CSV", [".csv", ".tsv", ".csv.gz", ".tsv.gz"], ValueForm.Text);

    public static readonly TableFormat JsonLines = new(
        "JSON lines", [".jsonl", ".ndjson", ".jsonl.gz", ".ndjson.gz"], ValueForm.Json);

    public static readonly TableFormat Arrow = new("Arrow", [".arrow", ".arrows", ".feather"], ValueForm.Typed);

    /// <summary>All of them, each of which is read and written.</summary>
    public static readonly IReadOnlyList<TableFormat> All = [Parquet, Csv, JsonLines, Arrow];

    /// <summary>The form of a file that is read.</summary>
    /// <returns>Null when its name ends otherwise.</returns>
    public static TableFormat? OfRead(string path) =>
        All.FirstOrDefault(format => format.Endings.Any(one => Ends(path, one)));

    /// <summary>The form of a file that is written.</summary>
    /// <returns>Null when its name ends otherwise.</returns>
    public static TableFormat? OfWritten(string path) =>
        All.FirstOrDefault(format => Ends(path, format.Endings[0]));

    /// <summary>How they end, in words.</summary>
    public static string AllEndings => string.Join(", ", All.Select(one => one.Endings[0]));

    /// <summary>How the engine reads Parquet files.</summary>
    public static string ScanParquet(IEnumerable<string> files) =>
        $"read_parquet([{string.Join(", ", files.Select(DuckTables.Quoted))}], hive_partitioning = false)";

    /// <summary>Writes the rows of a query into a file.</summary>
    /// <param name="tables">The engine.</param>
    /// <param name="sql">The rows.</param>
    /// <param name="path">The file.</param>
    /// <param name="asText">Whether a value that the form does not have becomes a string, and is no error.</param>
    /// <exception cref="DuckException">They cannot be asked for, or the file not be written.</exception>
    public void Write(DuckTables tables, string sql, string path, bool asText)
    {
        if (this == Arrow)
        {
            ArrowExport.Write(tables, sql, path);
        }
        else if (this == Parquet)
        {
            ParquetCopy.Write(tables, sql, path);
        }
        else
        {
            var rows = this == JsonLines ? SqlJson.Lines(tables, sql, asText) : SqlCsv.Of(tables, sql, asText);
            tables.Run($"COPY ({rows}) TO {DuckTables.Quoted(path)} ({CopyOptions})");
        }
    }

    private string CopyOptions => this == Csv ? "FORMAT csv, HEADER true"
        : "FORMAT csv, HEADER false, QUOTE '', ESCAPE '', DELIMITER ''"; // lines as they are

    private static bool Ends(string path, string ending) => path.EndsWith(ending, StringComparison.OrdinalIgnoreCase);
}
