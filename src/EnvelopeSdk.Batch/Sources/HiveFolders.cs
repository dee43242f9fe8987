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

    /// <summary>
    /// What folders that files are in say, whether they were named or not: a parameter that is called so would have its
    /// default.
    /// </summary>
    /// <param name="files">The files.</param>
    /// <returns>By the name of the column, which the files may have, that it is not read, and how it is.</returns>
    public static IReadOnlyDictionary<string, string> Above(IReadOnlyList<string> files) => Of("/", files).ToDictionary(
        one => one.Column,
        one => $"The files have no column '{one.Column}', and '{one.File}' is in the folder '{one.Folder}'. "
            + (files.Count == 1 ? Cure(one.File, TableFormat.OfRead(one.File)!)
                : Cure(FolderOf(one.Folder, one.File), one.File, TableFormat.OfRead(one.File)!)),
        StringComparer.OrdinalIgnoreCase);

    /// <summary>The folder of a name that a file is in.</summary>
    private static string FolderOf(string name, string file)
    {
        var parts = file.Split(Path.DirectorySeparatorChar);
        return string.Join(Path.DirectorySeparatorChar, parts[..(Array.IndexOf(parts, name) + 1)]);
    }

    /// <summary>What was named, or of a pattern the folder that all its files are in.</summary>
    private static string FolderOf(string input) => FilePattern.Parse(input)?.Root ?? Path.GetFullPath(input);

    /// <summary>The folders, one for each column that they name, with a file that is in it.</summary>
    private static List<(string Folder, string Column, string File)> Of(string folder, IReadOnlyList<string> files) =>
    [
        .. files.DistinctBy(file => Path.GetDirectoryName(file)).SelectMany(
                file => (Path.GetDirectoryName(Path.GetRelativePath(folder, file)) ?? "")
                    .Split(Path.DirectorySeparatorChar).Where(one => one.IndexOf('=') > 0)
                    .Select(one => (one, Uri.UnescapeDataString(one[..one.IndexOf('=')]), file)))
            .DistinctBy(one => one.Item2, StringComparer.OrdinalIgnoreCase),
    ];

    private static string Cure(string folder, string file, TableFormat format)
    {
        var ending = format.Endings.Where(one => file.EndsWith(one, StringComparison.OrdinalIgnoreCase))
            .MaxBy(one => one.Length);
        return Cure(Path.Combine(folder, "**", $"*{ending}"), format);
    }

    private static string Cure(string pattern, TableFormat format)
    {
        var reader = format == TableFormat.Parquet ? "read_parquet"
            : format == TableFormat.Csv ? "read_csv"
            : format == TableFormat.JsonLines ? "read_ndjson"
            : null;
        if (reader is null)
        {
            return "Write it into the files.";
        }

        return "Read them with a query: SELECT * FROM "
            + $"{reader}({DuckTables.Quoted(pattern)}, hive_partitioning = true)";
    }
}
