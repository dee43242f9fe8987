using EnvelopeSdk.Batch.Columns;

namespace EnvelopeSdk.Batch.Tables;

/// <summary>The rows that a job answers: those of files, or of a query.</summary>
/// <param name="Sql">What is read, as the source of a query.</param>
/// <param name="Files">The files, in their order; none for a query.</param>
/// <param name="Format">Their form; null for a query.</param>
internal sealed record TableSource(string Sql, IReadOnlyList<string> Files, TableFormat? Format)
{
    private static readonly ColumnType Text = new(ColumnKind.Text, "VARCHAR");

    private static readonly string[] QueryWords = ["select", "with", "from"];

    /// <summary>What its values are.</summary>
    public ValueForm Form => Format?.Form ?? ValueForm.Typed;

    /// <summary>Finds what is meant: a query, a file, a folder, or a pattern of files.</summary>
    /// <param name="tables">The engine.</param>
    /// <param name="input">What is meant.</param>
    /// <param name="isOwn">Whether a file is one that the job itself writes.</param>
    /// <exception cref="EnvelopeException">There is nothing, or files of several forms.</exception>
    public static TableSource Find(DuckTables tables, string input, Func<string, bool> isOwn)
    {
        var first = input.TrimStart().TakeWhile(char.IsAsciiLetter).ToArray();
        if (QueryWords.Contains(new string(first), StringComparer.OrdinalIgnoreCase) && !File.Exists(input))
        {
            return new($"({input.Trim().TrimEnd(';')}\n)", [], null); // a comment may be at its end
        }

        List<string> files = [.. FilesOf(tables, input).Where(file => !isOwn(file))];
        var formats = files.Select(TableFormat.OfRead).Distinct().ToList();
        return formats switch
        {
            [{ } format] => Of(tables, files, format),
            [] => throw new EnvelopeException(
                EnvelopeError.NotFound,
                $"There is no file '{input}'. Name a file, a folder, a pattern such as 'data/*.parquet', or a query "
                + "that begins with SELECT."),
            _ => throw new EnvelopeException(
                EnvelopeError.Invalid,
                $"'{input}' is no table that can be read, or several of different kinds. Files end with "
                + $"{TableFormat.AllEndings}: name those of one kind, as in 'data/*.parquet'."),
        };
    }

    private static TableSource Of(DuckTables tables, IReadOnlyList<string> files, TableFormat format)
    {
        if (files.FirstOrDefault(file => Path.GetFullPath(file).AsSpan().ContainsAny('*', '?', '[')) is { } pattern)
        {
            throw new EnvelopeException(
                EnvelopeError.Invalid,
                $"'{pattern}' has one of the characters *, ? and [ in its name, which would be read as a pattern of "
                + "other files. Give it another name.");
        }

        if (format == TableFormat.JsonLines)
        {
            return new("", files, format); // not read by the engine
        }

        OriginalNames.EnsureDistinct(tables, files[0], format);
        EnsureAlike(tables, files, format);
        return new(format.Scan(files), files, format);
    }

    /// <summary>The columns of the table.</summary>
    /// <exception cref="EnvelopeException">The files cannot be read.</exception>
    public async Task<IReadOnlyList<Column>> ColumnsAsync(DuckTables tables, CancellationToken cancellationToken) =>
        Format == TableFormat.JsonLines
            ? [.. (await JsonLines.NamesAsync(Files, cancellationToken)).Select(name => new Column(name, Text))]
            : tables.Columns($"SELECT * FROM {Sql} LIMIT 0");

    /// <summary>Values of another type would be converted, and may be rounded.</summary>
    private static void EnsureAlike(DuckTables tables, IReadOnlyList<string> files, TableFormat format)
    {
        IReadOnlyList<Column> ColumnsOf(string file) =>
            tables.Columns($"SELECT * FROM {format.Scan([file])} LIMIT 0");

        var first = ColumnsOf(files[0]).ToDictionary(one => one.Name, one => one.Type.Name);
        foreach (var file in files.Skip(1))
        {
            var others = ColumnsOf(file).ToDictionary(one => one.Name, one => one.Type.Name);
            var name = first.Keys.Union(others.Keys).FirstOrDefault(
                one => first.GetValueOrDefault(one) != others.GetValueOrDefault(one));
            if (name is not null)
            {
                throw new EnvelopeException(
                    EnvelopeError.Invalid,
                    $"The column '{name}' is {others.GetValueOrDefault(name, "not there")} in '{file}', and "
                    + $"{first.GetValueOrDefault(name, "not there")} in '{files[0]}'. Read them with a query that says "
                    + "what it is to be.");
            }
        }
    }

    private static IReadOnlyList<string> FilesOf(DuckTables tables, string input)
    {
        if (File.Exists(input))
        {
            return [Path.GetFullPath(input)]; // whatever letters its name has
        }

        if (Directory.Exists(input))
        {
            return
            [
                .. Directory.EnumerateFiles(input, "*", SearchOption.AllDirectories)
                    .Where(file => TableFormat.OfRead(file) is not null)
                    .Select(Path.GetFullPath).Order(StringComparer.Ordinal),
            ];
        }

        var pattern = DuckTables.Quoted(Path.GetFullPath(input));
        return tables.Texts($"SELECT file FROM glob({pattern}) ORDER BY file");
    }
}
