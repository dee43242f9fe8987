using System.Text;
using System.Text.Unicode;

namespace EnvelopeSdk.Batch.Sources;

/// <summary>
/// The first line of a CSV file (RFC 4180): the names of its columns, and what divides them. It alone decides how the
/// file is read. What is guessed of many lines is another thing for a file with one quote more.
/// </summary>
/// <param name="Names">The names, each there once.</param>
/// <param name="Divider">What is between values: of comma, semicolon, tab and bar, that which is there most.</param>
internal sealed record CsvHeader(IReadOnlyList<string> Names, char Divider)
{
    private const char Quote = '"';
    private const string Dividers = ",;\t|";

    /// <summary>Reads it.</summary>
    /// <exception cref="EnvelopeException">
    /// Two names differ by case alone, or not at all; or it has no end, or is not in UTF-8.
    /// </exception>
    public static CsvHeader Read(string file)
    {
        var line = FirstLine(file).TrimStart('\uFEFF');
        if (line.Length == 0)
        {
            throw new EnvelopeException(
                EnvelopeError.Invalid,
                new FileInfo(file).Length == 0
                    ? $"'{file}' is empty: a table without rows has the names of its columns. Write them, or leave it "
                        + "out."
                    : $"The first line of '{file}' is empty. Let it be the names of the columns.");
        }

        if (line.StartsWith("sep=", StringComparison.OrdinalIgnoreCase) && line.Length == "sep=;".Length)
        {
            throw new EnvelopeException(
                EnvelopeError.Invalid,
                $"The first line of '{file}' tells Excel what divides values, and is not one of names. Take it out: "
                + "what divides them is seen of the names.");
        }

        var header = Of(line, file.Contains(".tsv", StringComparison.OrdinalIgnoreCase) ? "\t,;|" : Dividers, file);
        OriginalNames.EnsureDistinct(header.Names, file);
        return header;
    }

    /// <summary>Not by the engine, which takes it for part of the lines behind it.</summary>
    private static string FirstLine(string file)
    {
        using var text = TextFile.Open(file);
        using var line = new MemoryStream();
        for (int next; (next = text.ReadByte()) is not (-1 or '\n' or '\r');)
        {
            line.WriteByte((byte)next);
        }

        return TextFile.IsOfGzip(line.ToArray())
            ? throw new EnvelopeException(
                EnvelopeError.Invalid, $"'{file}' is packed with gzip. Let its name end with .gz, or unpack it.")
            : Utf8.IsValid(line.ToArray()) && !line.ToArray().Contains((byte)0) // of UTF-16, or of no text at all
            ? Encoding.UTF8.GetString(line.ToArray())
            : throw new EnvelopeException(
                EnvelopeError.Invalid,
                $"The first line of '{file}' is not in UTF-8. Write the file in UTF-8, or convert it with iconv.");
    }

    /// <param name="line">The line.</param>
    /// <param name="dividers">What may be between values; of those that are there as often, the first is it.</param>
    /// <param name="file">The file.</param>
    private static CsvHeader Of(string line, string dividers, string file)
    {
        var isQuoted = false;
        var outside = new string([.. line.Where(one => !(isQuoted ^= one == Quote))]);
        if (isQuoted)
        {
            throw new EnvelopeException(
                EnvelopeError.Invalid,
                $"The first line of '{file}' has a quote that is not closed. Give the columns names without line "
                + "ends.");
        }

        var divider = dividers.MaxBy(one => outside.Count(letter => letter == one));
        return new(NamesOf(line, divider), divider);
    }

    private static List<string> NamesOf(string line, char divider)
    {
        var (names, name, isQuoted) = (new List<string>(), new StringBuilder(), false);
        foreach (var letter in line.Append(divider))
        {
            if (letter == divider && !isQuoted)
            {
                names.Add(Unquoted(name.ToString(), names.Count));
                name.Clear();
                continue;
            }

            isQuoted ^= letter == Quote;
            name.Append(letter);
        }

        return names;
    }

    /// <summary>A column without a name is called by its number, as the engine calls it.</summary>
    private static string Unquoted(string name, int place)
    {
        var text = name is [Quote, .., Quote] ? name[1..^1].Replace("\"\"", "\"", StringComparison.Ordinal) : name;
        return text.Length > 0 ? text : $"column{place}";
    }
}
