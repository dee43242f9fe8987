using System.Text.RegularExpressions;

namespace EnvelopeSdk.Batch.Tables;

/// <summary>DuckDB cannot do what it is told.</summary>
/// <param name="message">Why, in its words, of which those are left out that may be of a row.</param>
internal sealed partial class DuckException(string message) : Exception(Shown(message))
{
    /// <summary>The first line: what follows may be a row. A value that is not converted is quoted.</summary>
    private static string Shown(string message)
    {
        var line = message.Split('\n')[0];
        return line.Contains("onver", StringComparison.Ordinal) ? Quoted().Replace(line, "'...'") : line;
    }

    [GeneratedRegex("'.*'|\".*\"")]
    private static partial Regex Quoted();
}
