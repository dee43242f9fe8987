namespace EnvelopeSdk.Batch.Vocabulary;

/// <summary>Where a path leads now, with what links stand for in their place.</summary>
internal static class RealPath
{
    private const int MostLinks = 40; // as many as Linux follows

    /// <param name="path">A full path; what it leads to need not be there.</param>
    /// <returns>Null when there are too many links, as in a loop of them.</returns>
    public static string? Of(string path) => Follow(path, MostLinks);

    private static string? Follow(string path, int links)
    {
        var real = Path.GetPathRoot(path)!;
        foreach (var part in path[real.Length..].Split(
            Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries))
        {
            var next = Path.Combine(real, part);
            if (new FileInfo(next).LinkTarget is not { } target)
            {
                real = next;
            }
            else if (links > 0 && Follow(Path.GetFullPath(target, real), --links) is { } behind)
            {
                real = behind;
            }
            else
            {
                return null;
            }
        }

        return real;
    }
}
