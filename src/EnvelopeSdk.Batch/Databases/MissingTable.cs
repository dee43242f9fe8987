using System.Data.Common;
using EnvelopeSdk.Batch.Columns;
using EnvelopeSdk.Batch.Tables;
using EnvelopeSdk.Batch.Vocabulary;

namespace EnvelopeSdk.Batch.Databases;

/// <summary>A table that a database does not have.</summary>
internal static class MissingTable
{
    private const int MostNames = 20;

    /// <summary>Without those of the database itself, and the schema that is meant where none is named.</summary>
    private const string OfSqlite =
        "SELECT name FROM sqlite_schema WHERE type IN ('table', 'view') AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'";

    private const string OfPostgres =
        """
        SELECT CASE table_schema WHEN 'public' THEN '' ELSE table_schema || '.' END || table_name
        FROM information_schema.tables WHERE table_schema NOT IN ('pg_catalog', 'information_schema')
        """;

    /// <summary>What is said of one: the tables that there are.</summary>
    /// <returns>Null if the failure is another ("PostgreSQL Documentation", appendix A: 42P01).</returns>
    public static async Task<EnvelopeException?> OfAsync(
        DbConnection connection, DatabaseTable table, DbException failure)
    {
        var isMissing = failure.SqlState == "42P01"
            || failure.Message.StartsWith("SQLite Error 1: 'no such table", StringComparison.Ordinal);
        if (!isMissing)
        {
            return null;
        }

        return Of(
            table, Providers.Failed(table, failure),
            await NamesAsync(connection, table.Kind == DatabaseKind.Sqlite ? OfSqlite : OfPostgres));
    }

    /// <summary>What is said of one: the tables that there are.</summary>
    public static EnvelopeException Of(DatabaseTable table, Exception failure, IReadOnlyList<string> names)
    {
        var more = names.Count > MostNames ? $" and {names.Count - MostNames} more" : "";
        var name = Unquoted(table.Table);
        if (name.Contains('.', StringComparison.Ordinal) && names.Contains(name))
        {
            return new(
                EnvelopeError.Invalid,
                $"'{name}' is a table with a dot in its name, which would be read as that of a schema. Ask for its "
                + $"rows: '{table.Address}#SELECT * FROM {DuckTables.Name(name)}'.",
                failure);
        }

        return new(
            EnvelopeError.Invalid,
            (DatabaseTable.IsQuery(table.Table) || names.Contains(table.Key, StringComparer.OrdinalIgnoreCase) // a view
                ? failure.Message.TrimEnd('.')
                : $"There is no table '{table.Table}' in '{table.Address}'{Nearest.Hint(table.Table, names)}")
            + (names.Count == 0 ? ". It has no tables."
                : $". It has {string.Join(", ", names.Take(MostNames).Select(one => $"'{one}'"))}{more}."),
            failure);
    }

    private static string Unquoted(string name) => name is ['"', .. var inner, '"'] ? inner : name;

    private static async Task<List<string>> NamesAsync(DbConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql + " ORDER BY 1";
        await using var reader = await command.ExecuteReaderAsync();
        var names = new List<string>();
        while (await reader.ReadAsync())
        {
            names.Add(reader.GetString(0));
        }

        return names;
    }
}
