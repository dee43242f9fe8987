using System.Text;
using EnvelopeSdk.Batch.Columns;
using EnvelopeSdk.Batch.Tables;

namespace EnvelopeSdk.Batch.Sources;

/// <summary>Files with an object of JSON on each line.</summary>
/// <param name="files">The files.</param>
/// <param name="keepsUnread">Whether a line that is no object is a row that could not be read, or the end.</param>
internal sealed class JsonFiles(IReadOnlyList<string> files, bool keepsUnread) : TableSource
{
    private static readonly ColumnType Text = new(ColumnKind.Text, "VARCHAR");

    public override IReadOnlyList<string> Files => files;

    public override ValueForm Form => ValueForm.Json;

    public override bool KeepsUnread => keepsUnread;

    public override async Task<IReadOnlyList<Column>> ColumnsAsync(CancellationToken cancellationToken) =>
        [.. (await JsonLines.NamesAsync(files, keepsUnread, cancellationToken)).Select(name => new Column(name, Text))];

    public override Task TakeAsync(
        TakenTable table, IReadOnlyList<Column> columns, CancellationToken cancellationToken) => table.MakeAsync(
            columns, rows => JsonLines.ReadAsync(
                files, rows.Set, rows.EndRow, keepsUnread ? why => AppendUnread(rows, why) : null,
                cancellationToken));

    protected override async Task<long?> CountAsync(int place, CancellationToken cancellationToken)
    {
        var count = 0L;
        await JsonLines.ReadAsync(
            [files[place]], static (_, _) => { }, () => count++, keepsUnread ? _ => count++ : null, cancellationToken);
        return count;
    }

    /// <summary>What was read of it in front of what is wrong may tell which row it is.</summary>
    private static void AppendUnread(TextAppender rows, string why)
    {
        rows.Set(Column.Unread.Name, Encoding.UTF8.GetBytes(why));
        rows.EndRow();
    }
}
