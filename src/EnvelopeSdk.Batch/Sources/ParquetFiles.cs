using EnvelopeSdk.Batch.Columns;
using EnvelopeSdk.Batch.Tables;

namespace EnvelopeSdk.Batch.Sources;

/// <summary>Parquet files, whose rows have numbers.</summary>
internal sealed class ParquetFiles : TableSource
{
    private readonly DuckTables _tables;

    /// <param name="tables">The engine.</param>
    /// <param name="files">The files, at least one.</param>
    /// <exception cref="EnvelopeException">Their columns are others, or cannot be told from each other.</exception>
    public ParquetFiles(DuckTables tables, IReadOnlyList<string> files)
    {
        (_tables, Files) = (tables, files);
        OriginalNames.EnsureDistinct(OriginalNames.OfParquet(tables, files[0]), files[0]);
        EnsureAlike();
    }

    public override IReadOnlyList<string> Files { get; }

    public override Task<IReadOnlyList<Column>> ColumnsAsync(CancellationToken cancellationToken) =>
        Task.FromResult(ColumnsOf(Files));

    public override IReadOnlyList<RowRange>? Ranges() => RowRange.OfParquet(_tables, Files);

    public override Task TakeAsync(
        TakenTable table, IReadOnlyList<Column> columns, CancellationToken cancellationToken)
    {
        table.Make(columns, TableFormat.ScanParquet(Files));
        return Task.CompletedTask;
    }

    private IReadOnlyList<Column> ColumnsOf(IReadOnlyList<string> files) =>
        _tables.Columns($"SELECT * FROM {TableFormat.ScanParquet(files)} LIMIT 0");

    /// <summary>Values of another type would be converted, and may be rounded.</summary>
    private void EnsureAlike()
    {
        var first = ColumnsOf([Files[0]]).ToDictionary(one => one.Name, one => one.Type.Name);
        foreach (var file in Files.Skip(1))
        {
            var others = ColumnsOf([file]).ToDictionary(one => one.Name, one => one.Type.Name);
            var name = first.Keys.Union(others.Keys).FirstOrDefault(
                one => first.GetValueOrDefault(one) != others.GetValueOrDefault(one));
            if (name is not null)
            {
                throw new EnvelopeException(
                    EnvelopeError.Invalid,
                    $"The column '{name}' is {others.GetValueOrDefault(name, "not there")} in '{file}', and "
                    + $"{first.GetValueOrDefault(name, "not there")} in '{Files[0]}'. Read them with a query that says "
                    + "what it is to be.");
            }
        }
    }
}
