using EnvelopeSdk.Batch.Columns;
using EnvelopeSdk.Batch.Parquet;
using EnvelopeSdk.Batch.Tables;

namespace EnvelopeSdk.Batch.Sources;

/// <summary>Parquet files, whose rows have numbers.</summary>
internal sealed class ParquetFiles : TableSource
{
    /// <summary>What pyarrow and others write for each time of day.</summary>
    private const string TimeOfUtc = "TimeTz";

    private static readonly ColumnType Cut =
        new(ColumnKind.Other, "a time in nanoseconds, of which microseconds would be read,");

    private static readonly ColumnType Rounded =
        new(ColumnKind.Other, "a decimal number of more than 38 digits, which would be read as a rounded one,");

    private readonly DuckTables _tables;
    private readonly Dictionary<string, ColumnType> _lossy;
    private readonly IReadOnlyList<string> _times;

    /// <param name="tables">The engine.</param>
    /// <param name="files">The files, at least one.</param>
    /// <exception cref="EnvelopeException">
    /// One is none, or their columns are others, or cannot be told from each other.
    /// </exception>
    public ParquetFiles(DuckTables tables, IReadOnlyList<string> files)
    {
        (_tables, Files) = (tables, files);
        var first = Read(files[0]);
        var columns = ParquetSchema.Of(tables, files[0]).ToList();
        OriginalNames.EnsureDistinct(columns.Select(one => one.Name), files[0]);
        foreach (var file in files.Skip(1))
        {
            EnsureAlike(first, file);
        }

        _lossy = columns.Concat(files.Skip(1).SelectMany(file => ParquetSchema.Of(tables, file)))
            .Where(one => one.Loss != ParquetLoss.None).DistinctBy(one => one.Name)
            .ToDictionary(one => one.Name, one => one.Loss == ParquetLoss.Cut ? Cut : Rounded);
        _times = [.. first.Where(one => one.Type.Name == TimeOfUtc).Select(one => one.Name)];
    }

    public override IReadOnlyList<string> Files { get; }

    public override Task<IReadOnlyList<Column>> ColumnsAsync(CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<Column>>(
        [
            .. _tables.Columns($"SELECT * FROM {Timed(TableFormat.ScanParquet(Files))} LIMIT 0")
                .Select(one => _lossy.TryGetValue(one.Name, out var lossy) ? one with { Type = lossy } : one),
        ]);

    public override IReadOnlyList<RowRange>? Ranges() =>
    [
        .. RowRange.OfParquet(_tables, Files).Zip(Files, (range, file) => range with
        {
            Sql = Timed(range.Sql),
            Groups = _times.Count == 0 ? ParquetGroups.Of(file) : null, // else they are not kept as they are stored
        }),
    ];

    public override Task TakeAsync(
        TakenTable table, IReadOnlyList<Column> columns, CancellationToken cancellationToken)
    {
        table.Make(columns, Timed(TableFormat.ScanParquet(Files)));
        return Task.CompletedTask;
    }

    /// <summary>Rows with times of day without the offset, which is none in Parquet ("LogicalTypes", TIME).</summary>
    private string Timed(string rows)
    {
        var times = _times.Select(DuckTables.Name).Select(one => $"{one}::TIME AS {one}").ToList();
        return times.Count == 0 ? rows : $"(SELECT * REPLACE ({string.Join(", ", times)}) FROM {rows})";
    }

    /// <exception cref="EnvelopeException">It is none.</exception>
    private IReadOnlyList<Column> Read(string file)
    {
        try
        {
            return _tables.Columns($"SELECT * FROM {TableFormat.ScanParquet([file])} LIMIT 0");
        }
        catch (DuckException failure) when (!failure.IsOfDisk && !failure.IsForNow)
        {
            throw new EnvelopeException(
                EnvelopeError.Damaged,
                $"'{file}' is no whole Parquet file that can be read: {failure.Message.TrimEnd('.')}. Make it anew.",
                failure);
        }
    }

    /// <summary>Values of another type would be converted, and may be rounded.</summary>
    private void EnsureAlike(IReadOnlyList<Column> first, string file)
    {
        var ours = first.ToDictionary(one => one.Name, one => one.Type);
        var others = Read(file).ToDictionary(one => one.Name, one => one.Type);
        var name = ours.Keys.Union(others.Keys).FirstOrDefault(one => !ours.TryGetValue(one, out var our)
            || !others.TryGetValue(one, out var other) || !our.IsSame(other));
        if (name is not null)
        {
            throw new EnvelopeException(
                EnvelopeError.Invalid,
                $"The column '{name}' is {Shown(others, name)} in '{file}', and "
                + $"{Shown(ours, name)} in '{Files[0]}'. Read them with a query that says "
                + "what it is to be.");
        }
    }

    private static string Shown(Dictionary<string, ColumnType> types, string name) =>
        types.TryGetValue(name, out var type) ? type.IsJson ? "JSON" : type.Name : "not there";
}
