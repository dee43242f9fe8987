using System.Text.RegularExpressions;

namespace EnvelopeSdk.Batch.Tables;

/// <summary>DuckDB cannot do what it is told.</summary>
/// <param name="message">Why, in its words, of which those are left out that may be of a row.</param>
internal sealed partial class DuckException(string message) : Exception(Shown(message))
{
    /// <summary>Whether a disk is full, or may not be written.</summary>
    public bool IsOfDisk { get; } = Full().IsMatch(message);

    /// <summary>Whether it may do it at another time: it was told to stop, or memory or files were short.</summary>
    public bool IsForNow { get; } = Short().IsMatch(message);

    /// <summary>Whether its memory is too little.</summary>
    public bool IsOfMemory { get; } = message.StartsWith("Out of Memory Error", StringComparison.Ordinal);

    /// <summary>Whether another program has the database open.</summary>
    public bool IsOfOthers { get; } = message.Contains("Could not set lock on file", StringComparison.Ordinal);

    /// <summary>Whether a value cannot be written, which the query says that writes it.</summary>
    public bool IsOfValue { get; } = message.StartsWith("Invalid Input Error: The column '", StringComparison.Ordinal);

    [GeneratedRegex("^(INTERRUPT|Out of Memory|IO) Error")]
    private static partial Regex Short();

    [GeneratedRegex("No space left|CHECKPOINT|Permission denied|Could not write|Read-only file system")]
    private static partial Regex Full();

    private const string File = "  file = ";

    private const string NotAsWritten = "its lines end in several ways, or a quote is within a value (RFC 4180)";

    /// <summary>What is wrong with a line of text, in words that have nothing of it.</summary>
    private static readonly string[] Reasons =
        ["Expected Number of Columns:", "Invalid unicode", "Value with unterminated quote", "Maximum line size"];

    /// <summary>
    /// The first line, and of those behind it what is known to be none of a row. A value that is not converted, or is
    /// there twice, is quoted.
    /// </summary>
    private static string Shown(string message)
    {
        var lines = message.Split('\n');
        string? Behind(params IEnumerable<string> words) => lines.Skip(1).FirstOrDefault(
            line => words.Any(one => line.StartsWith(one, StringComparison.Ordinal)));
        var first = lines[0].Contains("onver", StringComparison.Ordinal)
            || lines[0].StartsWith("Constraint Error", StringComparison.Ordinal)
            ? Quoted().Replace(lines[0], "'...'") : lines[0];
        var file = Behind(File) is { } named ? $" of '{named[File.Length..].Trim()}'" : "";
        var reason = first.Contains("invalid state", StringComparison.Ordinal) ? NotAsWritten : Behind(Reasons);
        return reason is null ? first : $"{first.TrimEnd('.')}{file}: {reason.TrimEnd('.')}.";
    }

    [GeneratedRegex("'.*'|\".*\"")]
    private static partial Regex Quoted();
}
