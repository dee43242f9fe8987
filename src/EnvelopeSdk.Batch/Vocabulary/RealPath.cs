namespace EnvelopeSdk.Batch.Vocabulary;

/// <summary>Where a path leads now, with what links stand for in their place.</summary>
internal static class RealPath
{
    private const int MostLinks = 40; // as many as Linux follows

    /// <param name="path">A full path; what it leads to need not be there.</param>
    /// <returns>Null when there are too many links, as in a loop of them.</returns>
    public static string? Of(string path)
    {
        var (real, links) = (Path.GetPathRoot(path)!, 0);
        var left = new Stack<string>();
        Push(path[real.Length..]);
        while (left.TryPop(out var part))
        {
            if (part == "..")
            {
                real = Path.GetDirectoryName(real) ?? real; // of where a link led to, not of where the link is
                continue;
            }

            var next = Path.Combine(real, part);
            if (new FileInfo(next).LinkTarget is not { } target)
            {
                real = next;
                continue;
            }

            if (++links > MostLinks)
            {
                return null;
            }

            var root = Path.GetPathRoot(target)!;
            real = root.Length > 0 ? root : real;
            Push(target[root.Length..]);
        }

        return real;

        void Push(string parts)
        {
            foreach (var one in parts.Split(Path.DirectorySeparatorChar).Reverse())
            {
                if (one is not ("" or "."))
                {
                    left.Push(one);
                }
            }
        }
    }
}
