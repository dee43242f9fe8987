using EnvelopeSdk.Batch.Databases;
using EnvelopeSdk.Batch.Tables;
using EnvelopeSdk.Batch.Vocabulary;

namespace EnvelopeSdk.Batch.Sources;

/// <summary>Finds the rows that are meant: of a query, a file, a folder, a pattern of files, or a database.</summary>
/// <param name="tables">The engine.</param>
/// <param name="isOwn">Whether a file is one that the job itself writes.</param>
/// <param name="keepsUnread">Whether a line that cannot be read is a row that has no answer, or the end.</param>
/// <param name="found">Is told the files, before anything is read of them.</param>
internal sealed class SourceSearch(
    DuckTables tables, Func<string, bool> isOwn, bool keepsUnread, Action<IEnumerable<string>> found)
{
    /// <param name="input">What is meant.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="EnvelopeException">There is nothing, or files of several forms.</exception>
    public async Task<TableSource> FindAsync(string input, CancellationToken cancellationToken)
    {
        if (File.Exists(input))
        {
            return OfFiles(input, [Path.GetFullPath(input)]); // whatever letters its name has
        }

        if (DatabaseTable.IsQuery(input))
        {
            return new QuerySource(tables, input);
        }

        if (DatabaseTable.Parse(input) is { } table)
        {
            return await DatabaseSources.OpenAsync(tables, table, cancellationToken);
        }

        var files = Directory.Exists(input) ? FoundFiles.Below(input) : FoundFiles.Like(input);
        LakeTables.EnsureNone(files);
        EnsureRead(input, files);
        var source = OfFiles(input, files);
        if (HiveFolders.Any(input, source.Files))
        {
            HiveFolders.EnsureRead(
                input, source.Files, TableFormat.OfRead(source.Files[0])!,
                await source.ColumnsAsync(cancellationToken));
        }

        return source;
    }

    /// <exception cref="EnvelopeException">A file of a folder would not be read.</exception>
    private void EnsureRead(string input, IReadOnlyList<string> files)
    {
        if (Directory.Exists(input)
            && files.FirstOrDefault(file => TableFormat.OfRead(file) is null && !isOwn(file)) is { } other)
        {
            throw new EnvelopeException(
                EnvelopeError.Invalid,
                $"'{other}' in the folder '{input}' would not be read: files of tables end with "
                + $"{TableFormat.AllEndings}. Name those that are meant, as in "
                + $"'{Path.Combine(input, FilePattern.AnyFolders, "*" + EndingOf(files))}', or call it _name.");
        }
    }

    /// <summary>With what the first table among files ends.</summary>
    private static string EndingOf(IReadOnlyList<string> files) =>
        files.FirstOrDefault(file => TableFormat.OfRead(file) is not null) is { } table
            ? Path.GetExtension(table) is ".gz" ? Path.GetExtension(table[..^3]) + ".gz" : Path.GetExtension(table)
            : ".parquet";

    private TableSource OfFiles(string input, IReadOnlyList<string> all)
    {
        List<string> files = [.. all.Where(file => !isOwn(file))];
        found(files);
        if ((input == "-" ? input : files.FirstOrDefault(IsPipe)) is { } pipe)
        {
            throw new EnvelopeException(
                EnvelopeError.Invalid,
                $"'{pipe}' is a pipe, which can be read once only, and a job looks at its input before. Write what "
                + "comes into a file.");
        }

        var formats = files.Select(TableFormat.OfRead).Distinct().ToList();
        return formats switch
        {
            [{ } format] => Of(files, format),
            [] when all.Count > 0 => throw new EnvelopeException(
                EnvelopeError.Invalid,
                $"'{input}' is the input, and the job would write it, too. Name another file for what it writes: the "
                + "output, --quarantine or --log."),
            [] when Directory.Exists(input) => throw new EnvelopeException(
                EnvelopeError.NotFound,
                $"The folder '{input}' has no file that ends with one of {TableFormat.AllEndings}, nor has one below "
                + "it. What is called .name or _name is not read."),
            [] => throw new EnvelopeException(
                EnvelopeError.NotFound,
                $"There is no file '{input}'. Name a file, a folder, a pattern such as 'data/*.parquet', a query that "
                + "begins with SELECT, or a table of a database, as in 'stones.duckdb#stones'."),
            _ when files.Find(file => file.EndsWith(".json", StringComparison.OrdinalIgnoreCase)) is { } json =>
                throw new EnvelopeException(
                    EnvelopeError.Invalid,
                    $"'{json}' is not read: a file with an object of JSON on each line ends with .jsonl. Call it so, "
                    + "or make lines of an array with jq -c '.[]'."),
            _ => throw new EnvelopeException(
                EnvelopeError.Invalid,
                $"'{input}' is no table that can be read, or several of different kinds. Files end with "
                + $"{TableFormat.AllEndings}: name those of one kind, as in 'data/*.parquet'. Of a database, name the "
                + "table too, as in 'stones.duckdb#stones'."),
        };
    }

    private TableSource Of(IReadOnlyList<string> files, TableFormat format)
    {
        if (files.FirstOrDefault(file => Path.GetFullPath(file).AsSpan().ContainsAny('*', '?', '[')) is { } pattern)
        {
            throw new EnvelopeException(
                EnvelopeError.Invalid,
                $"'{pattern}' has one of the characters *, ? and [ in its name, which would be read as a pattern of "
                + "other files. Give it another name.");
        }

        return format == TableFormat.JsonLines ? new JsonFiles(files, keepsUnread)
            : format == TableFormat.Arrow ? new ArrowFiles(tables, files)
            : format == TableFormat.Csv ? new CsvFiles(tables, files)
            : new ParquetFiles(tables, files);
    }

    /// <summary>Who opens a pipe to read it waits for who writes; who would write, too, does not.</summary>
    private static bool IsPipe(string file)
    {
        if (new FileInfo(RealPath.Of(file) ?? file) is { Exists: true, Length: > 0 })
        {
            return false;
        }

        try
        {
            using var opened = new FileStream(
                file, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
            return !opened.CanSeek;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return false; // who reads it says why it cannot be
        }
    }
}
