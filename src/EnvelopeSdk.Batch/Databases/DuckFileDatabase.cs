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

    private readonly DatabaseTable _table;
    private readonly ILookup<string, string> _columns;
    private readonly Dictionary<string, string> _runs = new(StringComparer.Ordinal);

    /// <exception cref="DuckException">It cannot be read.</exception>
    public DuckFileDatabase(DuckTables tables, DatabaseTable table)
    {
        _table = table;
        if (!File.Exists(table.Address))
        {
            _columns = Array.Empty<string>().ToLookup(one => one);
            return;
        }

        tables.Run($"ATTACH {DuckTables.Quoted(table.Address)} AS {Attached} (READ_ONLY)");
        try
        {
            _columns = tables.Texts(
                $"""
                SELECT lower(schema_name || '.' || table_name) || chr({(int)Between}) || column_name
                FROM duckdb_columns() WHERE database_name = '{Attached}' ORDER BY column_index
                """).Select(one => one.Split(Between, 2)).ToLookup(one => one[0], one => one[1]);
            if (ColumnsOf(Runs) is not null)
            {
                var rows = $"FROM {Attached}.{Runs} WHERE \"table\" = {DuckTables.Quoted(table.Table)} ORDER BY id";
                _runs = tables.Texts($"SELECT id {rows}").Zip(tables.Texts($"SELECT manifest {rows}"))
                    .ToDictionary(one => one.First, one => one.Second, StringComparer.Ordinal);
            }
        }
        finally
        {
            tables.Run($"DETACH {Attached}");
        }
    }

    public override IReadOnlyList<string>? ColumnsOf(string table)
    {
        var whole = table.Contains('.', StringComparison.Ordinal) ? table : "main." + table;
        return _columns[whole.ToLowerInvariant()].ToList() is { Count: > 0 } columns ? columns : null;
    }

    public override void Write(
        DuckTables tables, IReadOnlyList<TableRows> all, bool append, RunManifest manifest)
    {
        tables.Run($"ATTACH {DuckTables.Quoted(_table.Address)} AS {Attached}");
        try
        {
            tables.RunAtOnce(() =>
            {
                foreach (var (table, sql) in all)
                {
                    Write(tables, table, sql, append);
                }

                Record(tables, append, manifest);
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

    protected override string? ManifestOf(string id) => _runs.GetValueOrDefault(id);

    private void Record(DuckTables tables, bool append, RunManifest manifest)
    {
        tables.Run(
            $"CREATE TABLE IF NOT EXISTS {Attached}.{Runs} (id VARCHAR, \"table\" VARCHAR, manifest VARCHAR, "
            + "PRIMARY KEY (id, \"table\"))");
        if (!append)
        {
            tables.Run($"DELETE FROM {Attached}.{Runs} WHERE \"table\" = {DuckTables.Quoted(_table.Table)}");
        }

        tables.Run(
            $"INSERT INTO {Attached}.{Runs} VALUES ({DuckTables.Quoted(manifest.Id)}, "
            + $"{DuckTables.Quoted(_table.Table)}, {DuckTables.Quoted(JsonOf(manifest))})");
    }

    private static void Write(DuckTables tables, string table, string? sql, bool append)
    {
        var name = $"{Attached}.{string.Join('.', table.Split('.').Select(DuckTables.Name))}";
        if (!append)
        {
            tables.Run($"DROP TABLE IF EXISTS {name}");
        }

        if (sql is not null)
        {
            tables.Run($"CREATE TABLE IF NOT EXISTS {name} AS {sql} LIMIT 0");
            tables.Run($"INSERT INTO {name} BY NAME {sql}");
        }
    }
}
