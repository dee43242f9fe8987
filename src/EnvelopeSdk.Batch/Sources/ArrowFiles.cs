using EnvelopeSdk.Batch.Arrow;
using EnvelopeSdk.Batch.Columns;
using EnvelopeSdk.Batch.Tables;

namespace EnvelopeSdk.Batch.Sources;

/// <summary>Files of Arrow record batches ("Arrow Columnar Format", IPC file and streaming format).</summary>
/// <param name="tables">The engine.</param>
/// <param name="files">The files, at least one.</param>
internal sealed class ArrowFiles(DuckTables tables, IReadOnlyList<string> files) : TableSource
{
    public override IReadOnlyList<string> Files => files;

    public override async Task<IReadOnlyList<Column>> ColumnsAsync(CancellationToken cancellationToken)
    {
        using var first = await ArrowFile.OpenAsync(files[0], cancellationToken);
        ArrowSchemas.EnsureDistinct(first.Schema, $"'{files[0]}'", StringComparer.OrdinalIgnoreCase);
        foreach (var file in files.Skip(1))
        {
            using var other = await ArrowFile.OpenAsync(file, cancellationToken);
            ArrowSchemas.EnsureAlike(first.Schema, files[0], other.Schema, file);
        }

        using var scan = new ArrowScan(tables, new ArrowRows(first.Schema, []));
        return tables.Columns($"SELECT * FROM {ArrowScan.View} LIMIT 0");
    }

    public override async Task TakeAsync(
        TakenTable table, IReadOnlyList<Column> columns, CancellationToken cancellationToken)
    {
        using var first = await ArrowFile.OpenAsync(files[0], cancellationToken);
        using var rows = new ArrowRows(first.Schema, files);
        using var scan = new ArrowScan(tables, rows);
        try
        {
            table.Make(columns, ArrowScan.View);
        }
        catch (DuckException failure) when (rows.Failure is { } torn)
        {
            throw new EnvelopeException(EnvelopeError.Damaged, torn, failure);
        }
    }
}
