using EnvelopeSdk.Batch.Runs;
using EnvelopeSdk.Batch.Tables;

namespace EnvelopeSdk.Batch.Sources;

/// <summary>
/// The files of tables that a folder or a pattern means, each once. What is called <c>.name</c> or <c>_name</c> is none
/// of them, nor what is in a folder that is called so: other programs keep there what is not finished, or not data, and
/// Spark does not read it either. The parts and manifests of jobs are none of them, too.
/// </summary>
internal sealed class FoundFiles
{
    private readonly SortedSet<string> _found = new(StringComparer.Ordinal);
    private readonly RealPlaces _places = new();

    private FoundFiles()
    {
    }

    /// <summary>Those below a folder, and what else is there.</summary>
    /// <exception cref="EnvelopeException">A link leads nowhere, or to what is there already.</exception>
    public static IReadOnlyList<string> Below(string folder) => AllBelow(new(Path.GetFullPath(folder)));

    /// <summary>Those that a pattern matches.</summary>
    /// <exception cref="EnvelopeException">
    /// A folder matches that has files, or a link leads nowhere, or two of them are one.
    /// </exception>
    public static IReadOnlyList<string> Like(string text)
    {
        var files = new FoundFiles();
        if (FilePattern.Parse(text) is { } pattern)
        {
            files.Take(new(pattern.Root), pattern.Names, isEntered: false);
        }

        return [.. files._found];
    }

    private static IReadOnlyList<string> AllBelow(DirectoryInfo folder)
    {
        var files = new FoundFiles();
        files.Take(folder, [FilePattern.AnyFolders, "*"], isEntered: true);
        return [.. files._found];
    }

    /// <param name="folder">A folder.</param>
    /// <param name="names">What the names below it are like.</param>
    /// <param name="isEntered">Whether the folders in it are looked through in any case.</param>
    private void Take(DirectoryInfo folder, ReadOnlySpan<string> names, bool isEntered)
    {
        if (!folder.Exists || WorkFolder.IsOne(folder.FullName))
        {
            return;
        }

        if (names[0] == FilePattern.AnyFolders)
        {
            _places.Enter(folder);
            Take(folder, names[1..], isEntered: true);
            foreach (var below in Matching(folder, "*").OfType<DirectoryInfo>())
            {
                Take(below, names, isEntered: true);
            }

            return;
        }

        foreach (var entry in Matching(folder, names[0]))
        {
            if (names.Length > 1)
            {
                Take(new(entry.FullName), names[1..], isEntered: false);
            }
            else if (entry is FileInfo)
            {
                Take(entry);
            }
            else if (!isEntered && AllBelow(new(entry.FullName)).FirstOrDefault(IsTable) is { } file)
            {
                throw new EnvelopeException(
                    EnvelopeError.Invalid,
                    $"'{entry.FullName}' is a folder that the pattern matches, and '{file}' in it would not be read. "
                    + $"Name the files of folders too, with {FilePattern.AnyFolders} before the last name, or those "
                    + "that are meant alone.");
            }
        }
    }

    private void Take(FileSystemInfo file)
    {
        if (!WorkFolder.IsManifest(file.Name))
        {
            _places.Enter(file);
            _found.Add(file.FullName);
        }
    }

    private static bool IsTable(string file) => TableFormat.OfRead(file) is not null;

    /// <summary>What in a folder has a name like another. A hidden one is matched by one that is hidden too.</summary>
    /// <exception cref="EnvelopeException">A link that does leads nowhere: it may have been to a folder.</exception>
    private static IEnumerable<FileSystemInfo> Matching(DirectoryInfo folder, string name)
    {
        foreach (var entry in folder.EnumerateFileSystemInfos()
            .Where(one => (!IsHidden(one.Name) || IsHidden(name)) && FilePattern.Matches(one.Name, name)))
        {
            if (entry.LinkTarget is not null)
            {
                RealPlaces.Of(entry);
            }

            yield return entry;
        }
    }

    /// <summary>A column may be called so, of which a folder says the value: <c>_day=7</c>.</summary>
    private static bool IsHidden(string name) =>
        name.StartsWith('.') || (name.StartsWith('_') && !name.Contains('=', StringComparison.Ordinal));
}
