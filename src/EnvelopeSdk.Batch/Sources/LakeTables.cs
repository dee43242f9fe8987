namespace EnvelopeSdk.Batch.Sources;

/// <summary>
/// Folders of Parquet files that are tables of a format with a log of its own (Delta Lake, Apache Iceberg, Apache
/// Hudi). Only the log says which of the files have rows of the table, and which have some that were deleted.
/// </summary>
internal static class LakeTables
{
    private static readonly (string Name, Func<string, bool> IsOne)[] Formats =
    [
        ("Delta Lake", folder => Directory.Exists(Path.Combine(folder, "_delta_log"))),
        ("Apache Hudi", folder => Directory.Exists(Path.Combine(folder, ".hoodie"))),
        ("Apache Iceberg", folder => HasAny(Path.Combine(folder, "metadata"), "*.metadata.json")),
    ];

    /// <param name="files">What a folder or a pattern means.</param>
    /// <exception cref="EnvelopeException">They are files of such a table.</exception>
    public static void EnsureNone(IEnumerable<string> files)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var file in files)
        {
            for (var folder = Path.GetDirectoryName(file); folder is not null && seen.Add(folder);)
            {
                Ensure(folder);
                folder = Path.GetDirectoryName(folder);
            }
        }
    }

    private static void Ensure(string folder)
    {
        if (Formats.FirstOrDefault(format => format.IsOne(folder)).Name is { } name)
        {
            throw new EnvelopeException(
                EnvelopeError.Invalid,
                $"'{folder}' is a table of {name}, whose log says which of its files have rows that are not deleted. "
                + "The log is not read. Write the rows into other files with a program that reads it, and name these.");
        }
    }

    private static bool HasAny(string folder, string pattern) =>
        Directory.Exists(folder) && Directory.EnumerateFiles(folder, pattern).Any();
}
