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

    /// <summary>The table, as SQL has it.</summary>
    public string Sql => $"{database}.{_name}";

    /// <summary>Whether it is there.</summary>
    public bool IsThere => tables.Numbers(
        $"SELECT count(*) FROM duckdb_tables() WHERE database_name = '{database}' AND table_name = '{_name}'") is [1];

    /// <summary>Removes it, if it is there.</summary>
    public void Remove() => tables.Run($"DROP TABLE IF EXISTS {Sql}");

    /// <summary>Gives it the name of another, which is not there.</summary>
    public void Rename(TakenTable other) => tables.Run($"ALTER TABLE {Sql} RENAME TO {other._name}");

    /// <summary>Makes it of a query.</summary>
    /// <exception cref="DuckException">It cannot be asked.</exception>
    public void Make(string query) => tables.Run($"CREATE TABLE {Sql} AS {query}");

    /// <summary>Makes it of some columns of what is read.</summary>
    /// <exception cref="DuckException">It cannot be read.</exception>
    public void Make(IReadOnlyList<Column> columns, string from) =>
        Make($"SELECT {(columns.Count == 0 ? "1 AS \"" + Nothing + "\"" : Names(columns))} FROM {from}");

    /// <summary>Makes it of rows that are appended by their columns.</summary>
    /// <param name="columns">The names and types of the columns.</param>
    /// <param name="fill">Appends the rows.</param>
    public async Task MakeAsync(IReadOnlyList<(string Name, string Type)> columns, Func<ChunkAppender, Task> fill)
    {
        IReadOnlyList<(string, string)> declared = columns.Count == 0 ? [(Nothing, "INTEGER")] : columns;
        tables.Run("BEGIN");
        Declare(_name, declared);
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
    public Task MakeAsync(IReadOnlyList<Column> columns, Func<TextAppender, Task> fill) =>
        FillAsync(_name, columns, fill);

    /// <summary>Makes it of rows of strings, each of which is turned into what it is the text of.</summary>
    /// <param name="columns">The columns.</param>
    /// <param name="values">The value of each, as SQL makes it of a column of its name.</param>
    /// <param name="fill">Appends the rows.</param>
    public async Task MakeAsync(
        IReadOnlyList<Column> columns, IReadOnlyList<string> values, Func<TextAppender, Task> fill)
    {
        tables.Run($"DROP TABLE IF EXISTS {database}.{Text}");
        await FillAsync(Text, columns, fill);
        Make($"SELECT {(values.Count == 0 ? "*" : string.Join(", ", values))} FROM {database}.{Text}");
        tables.Run($"DROP TABLE {database}.{Text}");
    }

    private async Task FillAsync(string table, IReadOnlyList<Column> columns, Func<TextAppender, Task> fill)
    {
        IReadOnlyList<string> names = columns.Count > 0 ? [.. columns.Select(one => one.Name)] : [Nothing];
        tables.Run("BEGIN");
        Declare(table, [.. names.Select(one => (one, "VARCHAR"))]);
        using (var rows = new TextAppender(tables, database, table, names))
        {
            await fill(rows);
            rows.Close();
        }

        tables.Run("COMMIT");
    }

    private void Declare(string table, IReadOnlyList<(string Name, string Type)> columns)
    {
        var declared = string.Join(", ", columns.Select(one => $"{DuckTables.Name(one.Name)} {one.Type}"));
        tables.Run($"CREATE TABLE {database}.{table} ({declared})");
    }

    private static string Names(IReadOnlyList<Column> columns) =>
        string.Join(", ", columns.Select(one => DuckTables.Name(one.Name)));
}
