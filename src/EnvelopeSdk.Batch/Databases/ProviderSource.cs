using System.Data.Common;
using EnvelopeSdk.Batch.Columns;
using EnvelopeSdk.Batch.Sources;
using EnvelopeSdk.Batch.Tables;
using EnvelopeSdk.Batch.Vocabulary;

namespace EnvelopeSdk.Batch.Databases;

/// <summary>
/// The rows of a database that has a provider. They are read as text, and become what they were in the engine.
/// </summary>
/// <param name="tables">The engine.</param>
/// <param name="table">The table, or query.</param>
/// <param name="rows">Its rows.</param>
internal sealed class ProviderSource(DuckTables tables, DatabaseTable table, ProviderRows rows) : TableSource
{
    public override Task<IReadOnlyList<Column>> ColumnsAsync(CancellationToken cancellationToken)
    {
        OriginalNames.EnsureDistinct(rows.Columns.Select(one => one.Name), table.ToString());
        return Task.FromResult<IReadOnlyList<Column>>([.. rows.Columns.Select(TypeOf)]);
    }

    public override async Task TakeAsync(
        TakenTable taken, IReadOnlyList<Column> columns, CancellationToken cancellationToken)
    {
        List<ReadColumn> read = [.. columns.Select(one => rows.Columns.First(other => other.Name == one.Name))];
        try
        {
            await taken.MakeAsync(
                columns,
                [.. read.Select(one => DuckTables.Name(one.Name) is var name ? $"{one.Value(name)} AS {name}" : "")],
                appender => rows.ReadAsync(read, appender, cancellationToken));
        }
        catch (DbException failure)
        {
            throw Providers.Failed(table, failure);
        }
    }

    protected override void Close() => rows.Dispose();

    private Column TypeOf(ReadColumn column)
    {
        var type = column.Type is null ? new(ColumnKind.Other, column.Shown)
            : tables.Columns($"SELECT CAST(NULL AS {column.Type})")[0].Type;
        return new(column.Name, type with
        {
            IsSingle = column.IsSingle,
            Dialect = table.Kind == DatabaseKind.Sqlite ? SqlDialect.Sqlite : SqlDialect.Postgres,
        });
    }
}
