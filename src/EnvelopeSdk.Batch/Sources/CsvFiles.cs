using System.Globalization;
using EnvelopeSdk.Batch.Columns;
using EnvelopeSdk.Batch.Tables;

namespace EnvelopeSdk.Batch.Sources;

/// <summary>Files of values between dividers (RFC 4180), with the names of the columns on the first line.</summary>
internal sealed class CsvFiles : TableSource
{
    /// <summary>In bytes. The engine has 2 MB, of which an image in one value may have more; its buffer is as large.</summary>
    private const int LongestLine = 16_000_000;

    private static readonly ColumnType Text = new(ColumnKind.Text, "VARCHAR");

    private readonly DuckTables _tables;
    private readonly List<CsvHeader> _headers;

    /// <param name="tables">The engine.</param>
    /// <param name="files">The files, at least one.</param>
    /// <exception cref="EnvelopeException">Their columns are others, or cannot be told from each other.</exception>
    public CsvFiles(DuckTables tables, IReadOnlyList<string> files)
    {
        (_tables, Files) = (tables, files);
        foreach (var file in files)
        {
            TextFile.EnsureWhole(file);
        }

        _headers = [.. files.Select(file => CsvHeader.Read(file))];
        foreach (var (i, header) in _headers.Index())
        {
            EnsureHas(header, files[i], _headers[0].Names);
            EnsureHas(_headers[0], files[0], header.Names);
        }
    }

    public override IReadOnlyList<string> Files { get; }

    public override ValueForm Form => ValueForm.Text;

    public override Task<IReadOnlyList<Column>> ColumnsAsync(CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<Column>>([.. _headers[0].Names.Select(one => new Column(one, Text))]);

    public override Task TakeAsync(
        TakenTable table, IReadOnlyList<Column> columns, CancellationToken cancellationToken)
    {
        _tables.RunAtOnce(() =>
        {
            table.Make(columns, Scan());
            EnsureAll(_tables.Numbers($"SELECT count(*) FROM {table.Sql}")[0]);
        });
        return Task.CompletedTask;
    }

    protected override Task<long?> CountAsync(int place, CancellationToken cancellationToken)
    {
        var (filled, empty) = LinesOf(place);
        return Task.FromResult<long?>(empty > 0 && _headers[0].Names.Count == 1 ? null : filled - 1);
    }

    /// <summary>Looks at the files another way: what the engine leaves out, it does without a word.</summary>
    /// <param name="taken">How many rows it has read.</param>
    /// <exception cref="EnvelopeException">There are others.</exception>
    private void EnsureAll(long taken)
    {
        var (filled, empty) = Enumerable.Range(0, Files.Count).Select(LinesOf).Aggregate(
            (one, other) => (one.Filled + other.Filled, one.Empty + other.Empty));
        filled -= Files.Count; // the first of each has the names
        if (taken < filled || taken > filled + (_headers[0].Names.Count == 1 ? empty : 0))
        {
            throw new EnvelopeException(
                EnvelopeError.Invalid,
                string.Create(CultureInfo.InvariantCulture, $"The table cannot be read: there are {filled} rows in '")
                + string.Join("', '", Files)
                + string.Create(CultureInfo.InvariantCulture, $"', and {taken} would be read. Write them as RFC 4180 ")
                + "says, and without a byte order mark.");
        }
    }

    private (long Filled, long Empty) LinesOf(int place) => new CsvLines(
        Files[place], _headers[place].Divider, LongestLine).Read();

    private static void EnsureHas(CsvHeader header, string file, IEnumerable<string> names)
    {
        if (names.Except(header.Names).FirstOrDefault() is { } missing)
        {
            throw new EnvelopeException(
                EnvelopeError.Invalid,
                $"The column '{missing}' is not there in '{file}', and in other files of the table it is. Read them "
                + "with a query that says what it is to be.");
        }
    }

    /// <summary>All files, in their order; those of one form are read at once.</summary>
    private string Scan()
    {
        var scans = new List<string>();
        for (var (first, next) = (0, 1); first < Files.Count; first = next++)
        {
            while (next < Files.Count && IsAlike(_headers[first], _headers[next]))
            {
                next++;
            }

            scans.Add(Scan(_headers[first], Files.Skip(first).Take(next - first)));
        }

        return scans is [var only] ? only
            : $"({string.Join(" UNION ALL BY NAME ", scans.Select(one => $"SELECT * FROM {one}"))})";
    }

    private static bool IsAlike(CsvHeader one, CsvHeader other) =>
        one.Divider == other.Divider && one.Names.SequenceEqual(other.Names);

    /// <summary>
    /// By one thread: several leave out, without a word, all that is behind where the last of them begins if the first
    /// line there has other values (DuckDB 1.5, a file of 45 MB).
    /// </summary>
    private static string Scan(CsvHeader header, IEnumerable<string> files) =>
        $$"""
        read_csv([{{string.Join(", ", files.Select(DuckTables.Quoted))}}], auto_detect = false, header = true,
          columns = {{{string.Join(", ", header.Names.Select(one => $"{DuckTables.Quoted(one)}: 'VARCHAR'"))}}},
          delim = {{DuckTables.Quoted(header.Divider.ToString())}}, quote = '"', escape = '"', comment = '',
          allow_quoted_nulls = false, null_padding = false, hive_partitioning = false, parallel = false,
          max_line_size = {{LongestLine}}, buffer_size = {{2 * LongestLine}})
        """;
}
