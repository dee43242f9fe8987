using EnvelopeSdk.Batch.Columns;

namespace EnvelopeSdk.Batch.Tables;

/// <summary>
/// Values as a CSV file has them that can be read again: what has parts is JSON, bytes are base64, and points in time
/// are those of ISO 8601.
/// </summary>
internal static class SqlCsv
{
    /// <summary>A query with such values.</summary>
    /// <param name="tables">The engine.</param>
    /// <param name="sql">The rows, as a query.</param>
    /// <param name="asText">Whether what JSON does not have becomes a string; else that is an error.</param>
    public static string Of(DuckTables tables, string sql, bool asText)
    {
        var columns = tables.Columns($"SELECT * FROM ({sql}) LIMIT 0")
            .Select(one => (one.Name, Text: Of(DuckTables.Name(one.Name), one, asText)))
            .Where(one => one.Text is not null)
            .Select(one => $"{one.Text} AS {DuckTables.Name(one.Name)}").ToList();
        return columns.Count == 0 ? sql : $"SELECT * REPLACE ({string.Join(", ", columns)}) FROM ({sql})";
    }

    /// <returns>Null where the engine writes it so.</returns>
    private static string? Of(string name, Column column, bool asText) => column.Type.Kind switch
    {
        ColumnKind.Bytes => $"to_base64({name})",
        ColumnKind.Timestamp or ColumnKind.Date => SqlJson.Time(name, column.Type),
        _ when column.Type.Parts.Count > 0 => new SqlJson(column.Name, asText).Of(name, column.Type),
        _ => null,
    };
}
