using System.Data.Common;
using System.Globalization;
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
        DuckTables tables, IReadOnlyList<TableRows> all, BatchOptions options, RunManifest manifest) => Ask(() =>
    {
        using var transaction = Connection.BeginTransaction();
        foreach (var (name, sql) in all)
        {
            Write(tables, name, sql, options);
        }

        Record(options.Append, manifest.Job.RowsId, JsonOf(manifest));
        transaction.Commit();
        return true;
    });

    /// <summary>
    /// Does what it does at the end, with no rows, and takes it back: a right that is missing, or a view that would
    /// lose its table, is known before hours of answers.
    /// </summary>
    public override void EnsureWritable(string table, IReadOnlyList<Column> columns, BatchOptions options) => Ask(() =>
    {
        using var transaction = Connection.BeginTransaction();
        try
        {
            BeginTrial();
            Make(table, columns, options);
            Inserting(table, columns)([.. columns.Select(_ => Array.Empty<string?>())]);
            Record(options.Append, "trial", "{}");
        }
        catch (DbException failure) when (IsOfWaiting(failure))
        {
            // Somebody reads or writes it right now; that may be over by the end, which waits.
        }

        transaction.Rollback();
        return true;
    });

    public override long CountOf(string table) => long.Parse(
        List($"SELECT CAST(count(*) AS {TextType}) FROM {Quoted(table)}")[0], CultureInfo.InvariantCulture);

    public override bool HasTypeFor(ColumnType type) => TypeOf(type) is not null;

    public override void Dispose() => Connection.Dispose();

    /// <summary>The type of a column; null: the database has none that would keep its values as they are.</summary>
    protected abstract string? TypeOf(ColumnType type);

    /// <summary>Makes what inserts rows, some at once, by their columns.</summary>
    protected abstract Action<IReadOnlyList<string?[]>> Inserting(string table, IReadOnlyList<Column> columns);

    protected override string? ManifestOf(string rows) => ColumnsOf(Runs) is null
        ? null
        : List($"SELECT manifest FROM {Runs} WHERE id = @p0 AND \"table\" = @p1", rows, table.Key).FirstOrDefault();

    /// <summary>Asks the database.</summary>
    /// <exception cref="EnvelopeException">It does not do it.</exception>
    protected T Ask<T>(Func<T> ask)
    {
        try
        {
            return ask();
        }
        catch (DbException failure)
        {
            throw Providers.Failed(table, failure);
        }
    }

    protected DbCommand Command(string sql, params object[] parameters)
    {
        var command = Connection.CreateCommand();
        command.CommandText = sql;
        command.CommandTimeout = Providers.PatienceOf(table);
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

    /// <summary>The first column of rows.</summary>
    protected List<string> List(string sql, params object[] parameters) =>
        [.. Read(sql, 1, parameters).Select(one => one[0])];

    /// <summary>The columns of a table, of a query that answers their names and types.</summary>
    protected IReadOnlyList<StoredColumn>? Columns(string sql, params object[] parameters) =>
        Read(sql, 2, parameters) is { Count: > 0 } columns
            ? [.. columns.Select(one => new StoredColumn(one[0], one[1]))] : null;

    private List<string[]> Read(string sql, int columns, object[] parameters) => Ask(() =>
    {
        using var command = Command(sql, parameters);
        using var reader = command.ExecuteReader();
        var rows = new List<string[]>();
        while (reader.Read())
        {
            rows.Add([.. Enumerable.Range(0, columns).Select(reader.GetString)]);
        }

        return rows;
    });

    /// <summary>Begins a transaction that is taken back, and should not wait long for others.</summary>
    protected virtual void BeginTrial()
    {
        // whoever else writes is waited for
    }

    /// <summary>Whether a trial waited too long for others.</summary>
    protected virtual bool IsOfWaiting(DbException failure) => false;

    private void Write(DuckTables tables, string name, string? sql, BatchOptions options)
    {
        if (sql is null)
        {
            Drop(name, options);
            return;
        }

        var columns = tables.Columns($"SELECT * FROM ({sql}) LIMIT 0");
        Make(name, columns, options);
        TextRows.Read(tables, columns, sql, Inserting(name, columns));
    }

    /// <summary>Looks whether a table can be dropped without a change of others.</summary>
    /// <exception cref="EnvelopeException">It cannot.</exception>
    protected virtual void EnsureDroppable(string name)
    {
        // the database refuses it itself
    }

    private void Drop(string name, BatchOptions options)
    {
        if (options.Overwrite)
        {
            EnsureDroppable(name);
            Run($"DROP TABLE IF EXISTS {Quoted(name)}");
        }
    }

    private void Make(string name, IReadOnlyList<Column> columns, BatchOptions options)
    {
        Drop(name, options);
        if (!options.Append || ColumnsOf(name) is null) // who may only insert appends, too
        {
            Run($"CREATE TABLE {(options.Append ? "IF NOT EXISTS " : "")}{Quoted(name)} "
                + $"({string.Join(", ", columns.Select(one => $"{DuckTables.Name(one.Name)} {TypeOf(one.Type)}"))})");
        }
    }

    private void Record(bool append, string id, string manifest)
    {
        if (ColumnsOf(Runs) is null)
        {
            Run($"CREATE TABLE IF NOT EXISTS {Runs} (id {TextType}, \"table\" {TextType}, manifest {TextType}, "
                + "PRIMARY KEY (id, \"table\"))");
        }

        if (!append)
        {
            Run($"DELETE FROM {Runs} WHERE \"table\" = @p0", table.Key);
        }
        else if (ManifestOf(id) is not null) // and its rows are gone: who may only insert appends, too
        {
            Run($"DELETE FROM {Runs} WHERE \"table\" = @p0 AND id = @p1", table.Key, id);
        }

        Run($"INSERT INTO {Runs} (id, \"table\", manifest) VALUES (@p0, @p1, @p2)", id, table.Key, manifest);
    }

    private void Run(string sql, params object[] parameters)
    {
        using var command = Command(sql, parameters);
        command.ExecuteNonQuery();
    }
}
