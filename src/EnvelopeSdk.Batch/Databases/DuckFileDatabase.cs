using EnvelopeSdk.Batch.Columns;
using EnvelopeSdk.Batch.Runs;
using EnvelopeSdk.Batch.Tables;
using EnvelopeSdk.Batch.Vocabulary;

namespace EnvelopeSdk.Batch.Databases;

/// <summary>
/// A file of DuckDB. What is in it is read at once and it is closed again: who has it open keeps all others from it.
/// </summary>
internal sealed class DuckFileDatabase : JobDatabase
{
    private const string Attached = "target";
    private const char Between = '\u001f';

    private readonly DuckTables _tables;
    private readonly DatabaseTable _table;
    private ILookup<string, StoredColumn> _columns = Array.Empty<StoredColumn>().ToLookup(_ => "");
    private ILookup<string, string> _needed = Array.Empty<string>().ToLookup(_ => "");
    private HashSet<string> _views = [];
    private Dictionary<string, string> _runs = new(StringComparer.Ordinal);
    private HashSet<string> _schemas = new(["main"], StringComparer.OrdinalIgnoreCase);

    /// <exception cref="DuckException">It cannot be read.</exception>
    public DuckFileDatabase(DuckTables tables, DatabaseTable table)
    {
        (_tables, _table) = (tables, table);
        Refresh();
    }

    /// <exception cref="DuckException">It cannot be read.</exception>
    public override void Refresh()
    {
        if (!File.Exists(_table.Address))
        {
            return;
        }

        Read(() =>
        {
            _columns = _tables.Texts(
                $"""
                SELECT concat_ws(
                  chr({(int)Between}), lower(schema_name || '.' || table_name), column_name, data_type)
                FROM duckdb_columns() WHERE database_name = '{Attached}' ORDER BY column_index
                """).Select(one => one.Split(Between, 3))
                .ToLookup(one => one[0], one => new StoredColumn(one[1], one[2]));
            _needed = _tables.Texts(
                $"""
                SELECT concat_ws(chr({(int)Between}), lower(schema_name || '.' || table_name), column_name)
                FROM duckdb_columns() WHERE database_name = '{Attached}' AND NOT is_nullable AND column_default IS NULL
                """).Select(one => one.Split(Between, 2)).ToLookup(one => one[0], one => one[1]);
            _views =
            [
                .. _tables.Texts(
                    $"""
                    SELECT lower(schema_name || '.' || view_name) FROM duckdb_views()
                    WHERE database_name = '{Attached}'
                    """),
            ];
            _schemas = _tables.Texts($"SELECT schema_name FROM duckdb_schemas() WHERE database_name = '{Attached}'")
                .ToHashSet(StringComparer.OrdinalIgnoreCase);
            _runs = ColumnsOf(Runs) is null ? _runs : ReadRuns();
            return true;
        });
    }

    public override IReadOnlyList<StoredColumn>? ColumnsOf(string table)
    {
        return _columns[Whole(table)].ToList() is { Count: > 0 } columns ? columns : null;
    }

    public override IReadOnlyList<string> NeededOf(string table) => [.. _needed[Whole(table)]];

    public override long CountOf(string table) =>
        Read(() => _tables.Numbers($"SELECT count(*) FROM {Named(table)}")[0]);

    public override void EnsureWritable(string table, IReadOnlyList<Column> columns, BatchOptions options)
    {
        if (table.Split('.') is [var schema, _] && !_schemas.Contains(schema))
        {
            throw new EnvelopeException(
                EnvelopeError.Invalid,
                $"'{_table.Address}' has no schema '{schema}', in which the table '{table}' would be. Make it, or name "
                + "another.");
        }

        if (_views.Contains(Whole(table)))
        {
            throw new EnvelopeException(
                EnvelopeError.Mismatch,
                $"'{table}' in '{_table.Address}' is a view, into which no rows come. Name a table.");
        }

        try
        {
            using var file = File.Exists(_table.Address) ? File.OpenWrite(_table.Address) : null;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new EnvelopeException(
                EnvelopeError.Unavailable,
                $"'{_table.Address}' cannot be written: {failure.Message.TrimEnd('.')}. Let it be a file that this "
                + "user may write, and no other program has open.",
                failure);
        }
    }

    public override bool HasTypeFor(ColumnType type) => true;

    public override bool Takes(ColumnType type, StoredColumn column) => KeptTypes.Takes(
        type, _tables.Columns($"SELECT CAST(NULL AS {column.Declared})")[0].Type);

    public override void Write(
        DuckTables tables, IReadOnlyList<TableRows> all, BatchOptions options, RunManifest manifest)
    {
        tables.Run($"ATTACH {DuckTables.Quoted(_table.Address)} AS {Attached}");
        try
        {
            tables.RunAtOnce(() =>
            {
                foreach (var (table, sql) in all)
                {
                    Write(tables, table, sql, options);
                }

                Record(tables, options.Append, manifest);
            });
        }
        finally
        {
            tables.Run($"DETACH {Attached}");
        }
    }

    public override void Dispose()
    {
        // is not open
    }

    protected override string? ManifestOf(string rows) => _runs.GetValueOrDefault(rows);

    private void Record(DuckTables tables, bool append, RunManifest manifest)
    {
        tables.Run(
            $"CREATE TABLE IF NOT EXISTS {Attached}.{Runs} (id VARCHAR, \"table\" VARCHAR, manifest VARCHAR, "
            + "PRIMARY KEY (id, \"table\"))");
        if (!append || _runs.ContainsKey(manifest.Job.RowsId))
        {
            var which = append ? $" AND id = {DuckTables.Quoted(manifest.Job.RowsId)}" : "";
            tables.Run($"DELETE FROM {Attached}.{Runs} WHERE \"table\" = {DuckTables.Quoted(_table.Key)}{which}");
        }

        tables.Run(
            $"INSERT INTO {Attached}.{Runs} VALUES ({DuckTables.Quoted(manifest.Job.RowsId)}, "
            + $"{DuckTables.Quoted(_table.Key)}, {DuckTables.Quoted(JsonOf(manifest))})");
    }

    private static string Whole(string table) =>
        (table.Contains('.', StringComparison.Ordinal) ? table : "main." + table).ToLowerInvariant();

    private Dictionary<string, string> ReadRuns()
    {
        var rows = $"FROM {Attached}.{Runs} WHERE \"table\" = {DuckTables.Quoted(_table.Key)} ORDER BY id";
        return _tables.Texts($"SELECT id {rows}").Zip(_tables.Texts($"SELECT manifest {rows}"))
            .ToDictionary(one => one.First, one => one.Second, StringComparer.Ordinal);
    }

    private T Read<T>(Func<T> read)
    {
        _tables.Run($"ATTACH {DuckTables.Quoted(_table.Address)} AS {Attached} (READ_ONLY)");
        try
        {
            return read();
        }
        finally
        {
            _tables.Run($"DETACH {Attached}");
        }
    }

    private static string Named(string table) =>
        $"{Attached}.{string.Join('.', table.Split('.').Select(DuckTables.Name))}";

    private static void Write(DuckTables tables, string table, string? sql, BatchOptions options)
    {
        var name = Named(table);
        if (options.Overwrite)
        {
            tables.Run($"DROP TABLE IF EXISTS {name}");
        }

        if (sql is not null)
        {
            tables.Run($"CREATE TABLE {(options.Append ? "IF NOT EXISTS " : "")}{name} AS {sql} LIMIT 0");
            tables.Run($"INSERT INTO {name} BY NAME {sql}");
        }
    }
}
