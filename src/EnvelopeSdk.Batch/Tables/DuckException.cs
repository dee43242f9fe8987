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

    /// <summary>Whether there is no table that is called so.</summary>
    public bool IsOfName { get; } = message.StartsWith("Catalog Error: Table with name", StringComparison.Ordinal);

    /// <summary>Whether another program has the database open.</summary>
    public bool IsOfOthers { get; } = message.Contains("Could not set lock on file", StringComparison.Ordinal);

    /// <summary>Whether a value cannot be written, which the query says that writes it.</summary>
    public bool IsOfValue { get; } = message.StartsWith(OfValue, StringComparison.Ordinal);

    [GeneratedRegex("^(INTERRUPT|Out of Memory|IO) Error")]
    private static partial Regex Short();

    [GeneratedRegex("No space left|CHECKPOINT|Permission denied|Could not write|Read-only file system")]
    private static partial Regex Full();

    private const string File = "  file = ";

    private const string OfValue = "Invalid Input Error: The column '";

    /// <summary>
    /// The first line, and of those behind it what is known to be none of a row. A value that is not converted, or is
    /// there twice, is quoted.
    /// </summary>
    private static string Shown(string message)
    {
        var lines = message.Split('\n');
        var first = lines[0].Contains("onver", StringComparison.Ordinal)
            || lines[0].StartsWith("Constraint Error", StringComparison.Ordinal)
            ? Quoted().Replace(lines[0], "'...'") : lines[0];
        var file = lines.FirstOrDefault(one => one.StartsWith(File, StringComparison.Ordinal)) is { } named
            ? $" of '{named[File.Length..].Trim()}'" : "";
        return first.Contains("invalid state", StringComparison.Ordinal)
            ? $"The lines{file} end in several ways, or a quote within a value is not doubled (RFC 4180). Let all "
                + "lines end alike, as dos2unix makes them."
            : first.StartsWith(OfValue, StringComparison.Ordinal) ? first["Invalid Input Error: ".Length..]
            : CsvLine().Match(first) is { Success: true } line
                && lines.Skip(1).Select(WhyNot).FirstOrDefault(one => one is not null) is { } why
            ? $"Line {line.Groups[1].Value}{file} {why}"
            : first;
    }

    /// <summary>What is wrong with a line of a CSV file, and what helps, in words that have nothing of it.</summary>
    private static string? WhyNot(string said)
    {
        bool Says(string begin) => said.StartsWith(begin, StringComparison.Ordinal);
        return Counts().Match(said) is { Success: true } counts
            ? $"has {counts.Groups[2].Value} values, and there are {counts.Groups[1].Value} columns. A value with a "
                + "divider or a line end stands in quotes (RFC 4180)."
            : Says("Invalid unicode") ? "is not in UTF-8. Write the file in UTF-8, or convert it with iconv."
            : Says("Value with unterminated quote")
            ? "has a quote that is not closed, or one within a value that is not doubled, as in \"5\"\" long\" "
                + "(RFC 4180)."
            : Says("Maximum line size") ? "is too long: more than 16 MB are no line."
            : null;
    }

    [GeneratedRegex(@"CSV Error on Line: (\d+)")]
    private static partial Regex CsvLine();

    [GeneratedRegex(@"^Expected Number of Columns: (\d+) Found: (\d+)")]
    private static partial Regex Counts();

    [GeneratedRegex("'.*'|\".*\"")]
    private static partial Regex Quoted();
}
