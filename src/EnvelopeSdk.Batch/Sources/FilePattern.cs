namespace EnvelopeSdk.Batch.Sources;

/// <summary>
/// A pattern of names, as in <c>data/**/*.parquet</c>: <c>*</c> stands for any characters of a name, <c>?</c> for one,
/// <c>[a-z]</c> for one of these and <c>[!a-z]</c> for one of no others, and <c>**</c> for folders, however many.
/// </summary>
internal sealed class FilePattern
{
    /// <summary>The name that stands for folders, however many.</summary>
    public const string AnyFolders = "**";

    private readonly string[] _names;

    private FilePattern(string root, string[] names) => (Root, _names) = (root, names);

    /// <summary>The folder that all of its files are in.</summary>
    public string Root { get; }

    /// <summary>What the names below it are like, that of files last.</summary>
    public ReadOnlySpan<string> Names => _names;

    /// <returns>Null when it is the path of one file.</returns>
    public static FilePattern? Parse(string text)
    {
        // Where the program runs is no pattern, whatever the folder is called.
        var parts = text.Replace(Path.AltDirectorySeparatorChar, Path.DirectorySeparatorChar)
            .Split(Path.DirectorySeparatorChar);
        var wild = Array.FindIndex(parts, IsWild);
        if (wild < 0)
        {
            return null;
        }

        var root = wild == 0 ? "." : string.Join(Path.DirectorySeparatorChar, [.. parts[..wild], ""]);
        List<string> names = [.. parts[wild..].Where(name => name is not ("" or "."))];
        return new(Path.GetFullPath(root), names[^1] == AnyFolders ? [.. names, "*"] : [.. names]);
    }

    /// <summary>Whether a name has one of the characters that stand for others.</summary>
    public static bool IsWild(string name) => name.AsSpan().ContainsAny('*', '?', '[');

    /// <summary>Whether a name is like another.</summary>
    public static bool Matches(ReadOnlySpan<char> name, ReadOnlySpan<char> pattern)
    {
        // Of several stars the last alone has to be tried with more characters: what is before it fits already.
        var (at, next, behindStar, taken) = (0, 0, -1, 0);
        while (at < name.Length)
        {
            if (next < pattern.Length && pattern[next] == '*')
            {
                (behindStar, taken, next) = (next + 1, at, next + 1);
            }
            else if (next < pattern.Length && MatchesOne(name[at], pattern[next..], out var length))
            {
                (at, next) = (at + 1, next + length);
            }
            else if (behindStar >= 0)
            {
                (at, next) = (++taken, behindStar);
            }
            else
            {
                return false;
            }
        }

        return pattern[next..].TrimStart('*').IsEmpty;
    }

    /// <param name="letter">A character of a name.</param>
    /// <param name="pattern">What it is to be like, and what is behind.</param>
    /// <param name="length">How much of the pattern stands for it.</param>
    private static bool MatchesOne(char letter, ReadOnlySpan<char> pattern, out int length)
    {
        // A bracket that stands first is one of those that are meant, as in a shell.
        var isOther = pattern.Length > 1 && pattern[1] == '!';
        var first = isOther ? 2 : 1;
        var end = pattern[0] == '[' && pattern.Length > first ? pattern[(first + 1)..].IndexOf(']') : -1;
        length = end < 0 ? 1 : first + 1 + end + 1;
        return end < 0 ? pattern[0] == '?' || pattern[0] == letter
            : IsOneOf(letter, pattern.Slice(first, end + 1)) != isOther;
    }

    private static bool IsOneOf(char letter, ReadOnlySpan<char> letters)
    {
        for (var i = 0; i < letters.Length; i++)
        {
            var isRange = i + 2 < letters.Length && letters[i + 1] == '-';
            if (letter >= letters[i] && letter <= letters[isRange ? i + 2 : i])
            {
                return true;
            }

            i += isRange ? 2 : 0;
        }

        return false;
    }
}
