using EnvelopeSdk.Batch.Columns;

namespace EnvelopeSdk.Batch.Sources;

/// <summary>Files with an object of JSON on each line.</summary>
/// <param name="files">The files.</param>
internal sealed class JsonFiles(IReadOnlyList<string> files) : TableSource
{
    private static readonly ColumnType Text = new(ColumnKind.Text, "VARCHAR");

    public override IReadOnlyList<string> Files => files;

    public override ValueForm Form => ValueForm.Json;

    public override async Task<IReadOnlyList<Column>> ColumnsAsync(CancellationToken cancellationToken) =>
        [.. (await JsonLines.NamesAsync(files, cancellationToken)).Select(name => new Column(name, Text))];

    public override Task TakeAsync(
        TakenTable table, IReadOnlyList<Column> columns, CancellationToken cancellationToken) => table.MakeAsync(
            columns, rows => JsonLines.ReadAsync(files, rows.Set, rows.EndRow, cancellationToken));
}
