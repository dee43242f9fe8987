using EnvelopeSdk.Batch.Columns;
using EnvelopeSdk.Batch.Sources;
using EnvelopeSdk.Batch.Tables;
using EnvelopeSdk.Batch.Vocabulary;

namespace EnvelopeSdk.Batch.Databases;

/// <summary>
/// The rows of a file of DuckDB. It is open while it is asked, and not between that: who closes a file that is open
/// twice, as one is that is written too, gives up its lock (POSIX, <c>fcntl</c>).
/// </summary>
internal sealed class DuckFileSource : TableSource
{
    private const string Attached = "source";

    private const string Names =
        $"""
        SELECT CASE table_schema WHEN 'main' THEN '' ELSE table_schema || '.' END || table_name
        FROM information_schema.tables WHERE table_catalog = '{Attached}' ORDER BY 1
        """;

    private readonly DuckTables _tables;
    private readonly DatabaseTable _table;
    private readonly string _rows;

    public DuckFileSource(DuckTables tables, DatabaseTable table)
    {
        (_tables, _table) = (tables, table);
        _rows = DatabaseTable.IsQuery(table.Table) ? $"({table.Table}\n)"
            : $"{Attached}.{string.Join('.', table.Table.Split('.').Select(DuckTables.Name))}";
    }

    public override Task<IReadOnlyList<Column>> ColumnsAsync(CancellationToken cancellationToken) =>
        Task.FromResult(Within(() =>
        {
            try
            {
                var columns = _tables.Columns($"SELECT * FROM {_rows} LIMIT 0");
                if (DatabaseTable.IsQuery(_table.Table))
                {
                    OriginalNames.EnsureDistinct(_tables.Texts($"DESCRIBE {_rows}"), _table.Table);
                }

                return columns;
            }
            catch (DuckException failure) when (failure.IsOfName)
            {
                throw MissingTable.Of(_table, failure, _tables.Texts(Names));
            }
        }));

    public override Task TakeAsync(
        TakenTable table, IReadOnlyList<Column> columns, CancellationToken cancellationToken)
    {
        Within(() =>
        {
            table.Make(columns, _rows);
            return true;
        });
        return Task.CompletedTask;
    }

    /// <summary>Tables of a query are looked for there first.</summary>
    private T Within<T>(Func<T> ask)
    {
        _tables.Run($"ATTACH {DuckTables.Quoted(_table.Address)} AS {Attached} (READ_ONLY)");
        try
        {
            _tables.Run($"SET search_path = '{Attached}.main,memory.main'");
            return ask();
        }
        finally
        {
            _tables.Run("RESET search_path");
            _tables.Run($"DETACH {Attached}");
        }
    }
}
