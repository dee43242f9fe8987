using System.Data.Common;
using EnvelopeSdk.Batch.Columns;
using EnvelopeSdk.Batch.Runs;
using EnvelopeSdk.Batch.Tables;
using EnvelopeSdk.Batch.Vocabulary;

namespace EnvelopeSdk.Batch.Databases;

/// <summary>A database that has a provider. It stays open, and tells others that its table is written.</summary>
/// <param name="table">The table.</param>
internal abstract class ProviderDatabase(DatabaseTable table) : JobDatabase
{
    protected DatabaseTable Table => table;

    protected DbConnection Connection { get; } = Providers.Open(table);

    /// <summary>The type of text of the database.</summary>
    protected const string TextType = "text";

    public override void Write(
        DuckTables tables, IReadOnlyList<TableRows> all, bool append, RunManifest manifest)
    {
        try
        {
            using var transaction = Connection.BeginTransaction();
            foreach (var (name, sql) in all)
            {
                Write(tables, name, sql, append);
            }

            Record(append, manifest);
            transaction.Commit();
        }
        catch (DbException failure)
        {
            throw Providers.Failed(table, failure);
        }
    }

    public override void Dispose() => Connection.Dispose();

    /// <summary>The type of a column; null: the database has none that would keep its values as they are.</summary>
    protected abstract string? TypeOf(ColumnType type);

    /// <summary>Makes what inserts rows, some at once, by their columns.</summary>
    protected abstract Action<IReadOnlyList<string?[]>> Inserting(string table, IReadOnlyList<Column> columns);

    protected override string? ManifestOf(string id) => ColumnsOf(Runs) is null
        ? null
        : List($"SELECT manifest FROM {Runs} WHERE id = @p0 AND \"table\" = @p1", id, table.Table).FirstOrDefault();

    protected DbCommand Command(string sql, params object[] parameters)
    {
        var command = Connection.CreateCommand();
        command.CommandText = sql;
        command.CommandTimeout = 0;
        foreach (var (i, value) in parameters.Index())
        {
            var parameter = command.CreateParameter();
            parameter.ParameterName = $"@p{i}";
            parameter.Value = value;
            command.Parameters.Add(parameter);
        }

        return command;
    }

    protected static string Quoted(string name) => string.Join('.', name.Split('.').Select(DuckTables.Name));

    protected List<string> List(string sql, params object[] parameters)
    {
        using var command = Command(sql, parameters);
        using var reader = command.ExecuteReader();
        var texts = new List<string>();
        while (reader.Read())
        {
            texts.Add(reader.GetString(0));
        }

        return texts;
    }

    private void Write(DuckTables tables, string name, string? sql, bool append)
    {
        if (!append)
        {
            Run($"DROP TABLE IF EXISTS {Quoted(name)}");
        }

        if (sql is null)
        {
            return;
        }

        var columns = tables.Columns($"SELECT * FROM ({sql}) LIMIT 0");
        Run($"CREATE TABLE IF NOT EXISTS {Quoted(name)} ({string.Join(", ", columns.Select(Declared))})");
        TextRows.Read(tables, columns, sql, Inserting(name, columns));
    }

    private string Declared(Column column) =>
        $"{DuckTables.Name(column.Name)} {TypeOf(column.Type) ?? throw new EnvelopeException(
            EnvelopeError.Invalid,
            $"'{table.Address}' has no type for the column '{column.Name}', which is {column.Type.Name}. Keep others "
            + "with --key, or CAST it in a query.")}";

    private void Record(bool append, RunManifest manifest)
    {
        Run($"CREATE TABLE IF NOT EXISTS {Runs} (id {TextType}, \"table\" {TextType}, manifest {TextType}, "
            + "PRIMARY KEY (id, \"table\"))");
        if (!append)
        {
            Run($"DELETE FROM {Runs} WHERE \"table\" = @p0", table.Table);
        }

        Run(
            $"INSERT INTO {Runs} (id, \"table\", manifest) VALUES (@p0, @p1, @p2)", manifest.Id, table.Table,
            JsonOf(manifest));
    }

    private void Run(string sql, params object[] parameters)
    {
        using var command = Command(sql, parameters);
        command.ExecuteNonQuery();
    }
}
