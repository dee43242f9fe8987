using EnvelopeSdk.Batch.Runs;
using EnvelopeSdk.Batch.Tables;

namespace EnvelopeSdk.Batch.Sources;

/// <summary>
/// The files of tables that a folder or a pattern means, each once. What is called <c>.name</c> or <c>_name</c> is none
/// of them, nor what is in a folder that is called so: other programs keep there what is not finished, or not data, and
/// Spark does not read it either. The parts of jobs are none of them, too.
/// </summary>
internal static class FoundFiles
{
    /// <summary>Those below a folder.</summary>
    /// <exception cref="EnvelopeException">A link among them leads nowhere, or to what is there already.</exception>
    public static IReadOnlyList<string> Below(string folder)
    {
        var (found, places) = (new List<string>(), new RealPlaces());
        Take(new(Path.GetFullPath(folder)));
        return [.. found.Order(StringComparer.Ordinal)];

        void Take(DirectoryInfo directory)
        {
            if (WorkFolder.IsOne(directory.FullName))
            {
                return;
            }

            places.Enter(directory);
            foreach (var entry in directory.EnumerateFileSystemInfos().Where(one => !IsHidden(one.Name)))
            {
                if (entry is DirectoryInfo below)
                {
                    Take(below);
                }
                else if (TableFormat.OfRead(entry.Name) is not null)
                {
                    places.Enter(entry);
                    found.Add(entry.FullName);
                }
                else if (entry.LinkTarget is not null)
                {
                    RealPlaces.Of(entry); // where it led may have been a folder of files, and be no more
                }
            }
        }
    }

    /// <summary>Those that a pattern matches.</summary>
    /// <exception cref="EnvelopeException">Two of them are one.</exception>
    public static IReadOnlyList<string> Like(DuckTables tables, string pattern)
    {
        var full = Path.GetFullPath(pattern);
        var isAsked = Hidden(full);
        var places = new RealPlaces();
        List<string> found =
        [
            .. tables.Texts($"SELECT file FROM glob({DuckTables.Quoted(full)}) ORDER BY file")
                .Where(file => Hidden(file) <= isAsked && !WorkFolder.IsOne(Path.GetDirectoryName(file)!)),
        ];
        found.ForEach(file => places.Enter(new FileInfo(file)));
        return found;
    }

    /// <summary>How many parts of a path are hidden: a pattern matches no more of them than it names.</summary>
    private static int Hidden(string path) => path.Split(Path.DirectorySeparatorChar).Count(IsHidden);

    /// <summary>A column may be called so, of which a folder says the value: <c>_day=7</c>.</summary>
    private static bool IsHidden(string name) =>
        name.StartsWith('.') || (name.StartsWith('_') && !name.Contains('=', StringComparison.Ordinal));
}
