using System.Data;
using System.Data.Common;
using EnvelopeSdk.Batch.Tables;
using EnvelopeSdk.Batch.Vocabulary;

namespace EnvelopeSdk.Batch.Databases;

/// <summary>The rows of PostgreSQL: one query, which sees one state of the database.</summary>
internal static class PostgresRows
{
    private const int MostDigits = 38;

    /// <summary>Types whose text the engine reads, by the name that the provider has for them.</summary>
    private static readonly Dictionary<string, string> Same = new(StringComparer.Ordinal)
    {
        ["boolean"] = "BOOLEAN",
        ["smallint"] = "SMALLINT",
        ["integer"] = "INTEGER",
        ["bigint"] = "BIGINT",
        ["real"] = "FLOAT",
        ["double precision"] = "DOUBLE",
        ["uuid"] = "UUID",
        ["date"] = "DATE",
        ["time without time zone"] = "TIME",
        ["timestamp without time zone"] = "TIMESTAMP",
        ["timestamp with time zone"] = "TIMESTAMPTZ",
    };

    /// <exception cref="EnvelopeException">It cannot be read.</exception>
    public static async Task<ProviderRows> OpenAsync(DatabaseTable table, CancellationToken cancellationToken)
    {
        var connection = Providers.Open(table);
        try
        {
            var query = DatabaseTable.IsQuery(table.Table) ? table.Table
                : $"SELECT * FROM {string.Join('.', table.Table.Split('.').Select(DuckTables.Name))}";
            await using var command = connection.CreateCommand();
            command.CommandText = "SET TIME ZONE 'UTC'; SET datestyle = 'ISO'; SET extra_float_digits = 1";
            await command.ExecuteNonQueryAsync(cancellationToken);
            command.CommandText = $"SELECT * FROM ({query}\n) AS q LIMIT 0";
            await using var reader = await command.ExecuteReaderAsync(CommandBehavior.SchemaOnly, cancellationToken);
            var columns = await reader.GetColumnSchemaAsync(cancellationToken);
            return new(connection, query, [.. columns.Select(Of)]);
        }
        catch (DbException failure)
        {
            await using (connection)
            {
                throw await MissingTable.OfAsync(connection, table, failure) ?? Providers.Failed(table, failure);
            }
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    private static ReadColumn Of(DbColumn column)
    {
        var (name, shown) = (column.ColumnName, column.DataTypeName ?? "unknown");
        var type = shown.Split('(')[0] + (shown.Contains(')', StringComparison.Ordinal) ? shown.Split(')')[^1] : "");
        if (type == "bytea")
        {
            return new(name, "BLOB", quoted => $"encode({quoted}, 'hex')", shown) { Source = text => $"unhex({text})" };
        }

        var isList = type.EndsWith("[]", StringComparison.Ordinal);
        var item = isList ? type[..^2] : type;
        Func<string, string> source = item.StartsWith("timestamp", StringComparison.Ordinal) || item == "date" ? DayOf
            : text => text;
        if (isList && ItemOf(item) is { } itemType)
        {
            return new(name, $"{itemType}[]", quoted => $"to_json({quoted}::text[])::text", shown) { Source = source };
        }

        return new(
            name, Same.GetValueOrDefault(type) ?? OfNumber(type, column) ?? OfText(column), quoted => quoted + "::text",
            shown)
        {
            Source = source,
        };
    }

    /// <summary>Of years before 1 the engine has the era behind the date, and PostgreSQL at the end.</summary>
    private static string DayOf(string text) =>
        $"CASE WHEN {text} LIKE '% BC' THEN regexp_replace({text}, '^([0-9-]+)(.*) BC$', '\\1 (BC)\\2') "
        + $"ELSE {text} END";

    private static string? ItemOf(string type) =>
        type is "text" or "character varying" ? "VARCHAR" : Same.GetValueOrDefault(type);

    private static string? OfNumber(string type, DbColumn column) =>
        type == "numeric" && column is { NumericPrecision: > 0 and <= MostDigits and var digits }
            && (column.NumericScale ?? 0) is >= 0 and var scale && scale <= digits // the provider has null for 0
            ? $"DECIMAL({digits}, {scale})" : null;

    private static string? OfText(DbColumn column) => column.DataType == typeof(string) ? "VARCHAR" : null;
}
