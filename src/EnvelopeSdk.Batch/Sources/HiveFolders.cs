using EnvelopeSdk.Batch.Columns;
using EnvelopeSdk.Batch.Tables;

namespace EnvelopeSdk.Batch.Sources;

/// <summary>
/// Folders that say what a column has in all files within them, as in <c>colour=red/part.parquet</c> (Hive). They are
/// not read: a column that the files lack would be missing in silence.
/// </summary>
internal static class HiveFolders
{
    /// <summary>Whether a folder below what was named is such a one.</summary>
    public static bool Any(string input, IReadOnlyList<string> files) => Of(FolderOf(input), files).Count > 0;

    /// <param name="input">What was named: a folder, or a pattern.</param>
    /// <param name="files">Its files.</param>
    /// <param name="format">Their form.</param>
    /// <param name="columns">The columns that they have.</param>
    /// <exception cref="EnvelopeException">A folder names a column that the files do not have.</exception>
    public static void EnsureRead(
        string input, IReadOnlyList<string> files, TableFormat format, IReadOnlyList<Column> columns)
    {
        var folder = FolderOf(input);
        var missing = Of(folder, files)
            .ExceptBy(columns.Select(one => one.Name), one => one.Column, StringComparer.OrdinalIgnoreCase).ToList();
        if (missing.Count > 0)
        {
            var names = string.Join(", ", missing.Select(one => $"'{one.Column}'"));
            throw new EnvelopeException(
                EnvelopeError.Invalid,
                $"'{input}' has folders such as '{missing[0].Folder}', and its files have no column {names}, which "
                + $"would be missing. {Cure(folder, files[0], format)}");
        }
    }

    /// <summary>What was named, or of a pattern the folder that all its files are in.</summary>
    private static string FolderOf(string input) => FilePattern.Parse(input)?.Root ?? Path.GetFullPath(input);

    /// <summary>The folders, one for each column that they name.</summary>
    private static List<(string Folder, string Column)> Of(string folder, IReadOnlyList<string> files) =>
    [
        .. files.Select(file => Path.GetDirectoryName(Path.GetRelativePath(folder, file)) ?? "").Distinct()
            .SelectMany(one => one.Split(Path.DirectorySeparatorChar)).Where(one => one.IndexOf('=') > 0)
            .Select(one => (one, Uri.UnescapeDataString(one[..one.IndexOf('=')])))
            .DistinctBy(one => one.Item2, StringComparer.OrdinalIgnoreCase),
    ];

    private static string Cure(string folder, string file, TableFormat format)
    {
        var reader = format == TableFormat.Parquet ? "read_parquet"
            : format == TableFormat.Csv ? "read_csv"
            : format == TableFormat.JsonLines ? "read_ndjson"
            : null;
        if (reader is null)
        {
            return "Name the files of one folder.";
        }

        var ending = format.Endings.Where(one => file.EndsWith(one, StringComparison.OrdinalIgnoreCase))
            .MaxBy(one => one.Length);
        var pattern = DuckTables.Quoted(Path.Combine(folder, "**", $"*{ending}"));
        return $"Read them with a query: SELECT * FROM {reader}({pattern}, hive_partitioning = true)";
    }
}
