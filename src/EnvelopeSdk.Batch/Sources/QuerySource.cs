using EnvelopeSdk.Batch.Columns;
using EnvelopeSdk.Batch.Tables;

namespace EnvelopeSdk.Batch.Sources;

/// <summary>The rows that a query of the engine gives.</summary>
/// <param name="tables">The engine.</param>
/// <param name="query">The query.</param>
internal sealed class QuerySource(DuckTables tables, string query) : TableSource
{
    private readonly string _rows = $"({query.Trim().TrimEnd(';')}\n)"; // a comment may be at its end

    public override Task<IReadOnlyList<Column>> ColumnsAsync(CancellationToken cancellationToken)
    {
        var columns = tables.Columns($"SELECT * FROM {_rows} LIMIT 0");
        OriginalNames.EnsureDistinct(tables.Texts($"DESCRIBE {_rows}"), query);
        return Task.FromResult(columns);
    }

    public override Task TakeAsync(
        TakenTable table, IReadOnlyList<Column> columns, CancellationToken cancellationToken)
    {
        table.Make(columns, _rows);
        return Task.CompletedTask;
    }
}
