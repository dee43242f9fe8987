using EnvelopeSdk.Batch.Columns;
using EnvelopeSdk.Batch.Tables;

namespace EnvelopeSdk.Batch.Sources;

/// <summary>The table that rows are taken into, in a database that is attached.</summary>
/// <param name="tables">The engine.</param>
/// <param name="database">What the database is attached as.</param>
/// <param name="name">What the table is called.</param>
internal sealed class TakenTable(DuckTables tables, string database, string name)
{
    private const string Nothing = "envelope nothing"; // of rows of which no column is read
    private const string Text = "text";

    private readonly string _name = name;

    /// <summary>The table.</summary>
    public string Sql => $"{database}.{_name}";

    /// <summary>A table without rows whose columns are what they were before they were taken.</summary>
    private string Types => $"{database}.{_name}_types";

    /// <summary>Whether it is there.</summary>
    public bool IsThere => tables.Numbers(
        $"SELECT count(*) FROM duckdb_tables() WHERE database_name = '{database}' AND table_name = '{_name}'") is [1];

    /// <summary>Its columns.</summary>
    public IReadOnlyList<Column> Columns => tables.Columns($"FROM {Types}");

    /// <summary>Its rows with their numbers, as the source of a query.</summary>
    /// <exception cref="DuckException">It is not there.</exception>
    public string Rows => $"(SELECT rowid, {tables.Bits.Read(Types)} FROM {Sql})";

    /// <summary>Removes it, if it is there.</summary>
    public void Remove() => tables.RunAtOnce(() =>
    {
        tables.Run($"DROP TABLE IF EXISTS {Sql}");
        tables.Run($"DROP TABLE IF EXISTS {Types}");
    });

    /// <summary>Gives it the name of another, which is not there.</summary>
    public void Rename(TakenTable other) => tables.RunAtOnce(() =>
    {
        tables.Run($"ALTER TABLE {Sql} RENAME TO {other._name}");
        tables.Run($"ALTER TABLE {Types} RENAME TO {other._name}_types");
    });

    /// <summary>Makes it of some columns of what is read.</summary>
    /// <exception cref="DuckException">It cannot be read.</exception>
    public void Make(IReadOnlyList<Column> columns, string from)
    {
        var names = columns.Count == 0 ? $"1 AS {DuckTables.Name(Nothing)}"
            : string.Join(", ", columns.Select(one => DuckTables.Name(one.Name)));
        tables.Run($"CREATE TABLE {Types} AS SELECT {names} FROM {from} LIMIT 0");
        tables.Run($"CREATE TABLE {Sql} AS SELECT {Stored()} FROM (SELECT {names} FROM {from})");
    }

    /// <summary>Makes it of rows that are appended by their columns.</summary>
    /// <param name="columns">The names and types of the columns.</param>
    /// <param name="fill">Appends the rows.</param>
    public async Task MakeAsync(IReadOnlyList<(string Name, string Type)> columns, Func<ChunkAppender, Task> fill)
    {
        IReadOnlyList<(string, string)> declared = columns.Count == 0 ? [(Nothing, "INTEGER")] : columns;
        tables.Run("BEGIN");
        Declare(Types, declared);
        tables.Run($"CREATE TABLE {Sql} AS SELECT {Stored()} FROM {Types}");
        using (var rows = new ChunkAppender(tables, database, _name, declared.Count))
        {
            await fill(rows);
            rows.Close();
        }

        tables.Run("COMMIT");
    }

    /// <summary>Makes it of rows of strings.</summary>
    /// <param name="columns">The columns.</param>
    /// <param name="fill">Appends the rows.</param>
    public async Task MakeAsync(IReadOnlyList<Column> columns, Func<TextAppender, Task> fill)
    {
        var names = await FillAsync(_name, columns, fill);
        Declare(Types, names);
    }

    /// <summary>Makes it of rows of strings, each of which is turned into what it is the text of.</summary>
    /// <param name="columns">The columns.</param>
    /// <param name="values">The value of each, as SQL makes it of a column of its name.</param>
    /// <param name="fill">Appends the rows.</param>
    public async Task MakeAsync(
        IReadOnlyList<Column> columns, IReadOnlyList<string> values, Func<TextAppender, Task> fill)
    {
        tables.Run($"DROP TABLE IF EXISTS {database}.{Text}");
        await FillAsync(Text, columns, fill);
        Make(columns, $"(SELECT {(values.Count == 0 ? "*" : string.Join(", ", values))} FROM {database}.{Text})");
        tables.Run($"DROP TABLE {database}.{Text}");
    }

    private async Task<IReadOnlyList<(string, string)>> FillAsync(
        string table, IReadOnlyList<Column> columns, Func<TextAppender, Task> fill)
    {
        IReadOnlyList<string> names = columns.Count > 0 ? [.. columns.Select(one => one.Name)] : [Nothing];
        List<(string, string)> declared = [.. names.Select(one => (one, "VARCHAR"))];
        tables.Run("BEGIN");
        Declare($"{database}.{table}", declared);
        using (var rows = new TextAppender(tables, database, table, names))
        {
            await fill(rows);
            rows.Close();
        }

        tables.Run("COMMIT");
        return declared;
    }

    private string Stored() => tables.Bits.Stored(Types);

    private void Declare(string table, IReadOnlyList<(string Name, string Type)> columns)
    {
        var declared = string.Join(", ", columns.Select(one => $"{DuckTables.Name(one.Name)} {one.Type}"));
        tables.Run($"CREATE TABLE {table} ({declared})");
    }
}
