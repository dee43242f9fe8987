using EnvelopeSdk.Batch.Columns;
using EnvelopeSdk.Batch.Tables;

namespace EnvelopeSdk.Batch.Sources;

/// <summary>Files that the engine reads: Parquet, whose rows have numbers, and CSV.</summary>
internal sealed class EngineFiles : TableSource
{
    private readonly DuckTables _tables;
    private readonly TableFormat _format;

    /// <param name="tables">The engine.</param>
    /// <param name="files">The files, at least one.</param>
    /// <param name="format">Their form.</param>
    /// <exception cref="EnvelopeException">Their columns are others, or cannot be told from each other.</exception>
    public EngineFiles(DuckTables tables, IReadOnlyList<string> files, TableFormat format)
    {
        (_tables, Files, _format) = (tables, files, format);
        OriginalNames.EnsureDistinct(tables, files[0], format);
        EnsureAlike();
    }

    public override IReadOnlyList<string> Files { get; }

    public override ValueForm Form => _format.Form;

    public override Task<IReadOnlyList<Column>> ColumnsAsync(CancellationToken cancellationToken) =>
        Task.FromResult(ColumnsOf(Files));

    public override IReadOnlyList<RowRange>? Ranges() =>
        _format == TableFormat.Parquet ? RowRange.OfParquet(_tables, Files) : null;

    public override Task TakeAsync(
        TakenTable table, IReadOnlyList<Column> columns, CancellationToken cancellationToken)
    {
        table.Make(columns, _format.Scan(Files));
        return Task.CompletedTask;
    }

    private IReadOnlyList<Column> ColumnsOf(IReadOnlyList<string> files) =>
        _tables.Columns($"SELECT * FROM {_format.Scan(files)} LIMIT 0");

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
