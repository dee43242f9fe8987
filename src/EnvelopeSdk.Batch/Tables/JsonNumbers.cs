using EnvelopeSdk.Batch.Columns;

namespace EnvelopeSdk.Batch.Tables;

/// <summary>
/// Numbers as JSON has them. Those of 32 bits are in the fewest digits that say which one it is: the engine would write
/// those of the number of 64 bits, 0.1 as 0.10000000149011612. What is not finite JSON does not have: the engine would
/// write NaN, and nobody could read the file.
/// </summary>
internal static class JsonNumbers
{
    /// <summary>A query with such numbers, which fails where there are others.</summary>
    /// <param name="tables">The engine.</param>
    /// <param name="sql">The query.</param>
    public static string Of(DuckTables tables, string sql)
    {
        var columns = tables.Columns($"SELECT * FROM ({sql}) LIMIT 0").Where(one => HasNumber(one.Type))
            .Select(one => $"{new Writing(one).Shown()} AS {DuckTables.Name(one.Name)}").ToList();
        return columns.Count == 0 ? sql : $"SELECT * REPLACE ({string.Join(", ", columns)}) FROM ({sql})";
    }

    private static bool HasNumber(ColumnType type) =>
        type.Kind is ColumnKind.Float or ColumnKind.Double || type.Parts.Any(one => HasNumber(one.Type));

    /// <summary>Writes the values of a column.</summary>
    private sealed class Writing(Column column)
    {
        private readonly string _otherwise = $"error({DuckTables.Quoted(
            $"The column '{column.Name}' has NaN or an infinite number, which JSON does not have. Keep others with "
            + "--key, or write another kind of file.")})";

        public string Shown() => Shown(DuckTables.Name(column.Name), column.Type, 0);

        /// <param name="value">The value, as SQL has it.</param>
        /// <param name="type">Its type.</param>
        /// <param name="depth">How many lists it is in: each has a name for its items.</param>
        private string Shown(string value, ColumnType type, int depth) => type.Kind switch
        {
            _ when !HasNumber(type) => value,
            ColumnKind.Float => Finite(value, $"{value}::VARCHAR::JSON"),
            ColumnKind.Double => Finite(value, value),
            ColumnKind.List or ColumnKind.Array =>
                $"list_transform({value}, lambda x{depth}: {Shown($"x{depth}", type.Parts[0].Type, depth + 1)})",
            ColumnKind.Map =>
                $"map_from_entries(list_transform(map_entries({value}), lambda x{depth}: "
                + $"{Struct($"x{depth}", type, depth + 1)}))",
            _ => Struct(value, type, depth),
        };

        private string Finite(string value, string shown) =>
            $"CASE WHEN {value} IS NULL THEN NULL WHEN isfinite({value}) THEN {shown} ELSE {_otherwise} END";

        private string Struct(string value, ColumnType type, int depth)
        {
            var members = type.Parts.Select(one => (Name: DuckTables.Name(one.Name), one.Type))
                .Select(one => $"{one.Name} := {Shown($"{value}.{one.Name}", one.Type, depth)}");
            return $"CASE WHEN {value} IS NULL THEN NULL ELSE struct_pack({string.Join(", ", members)}) END";
        }
    }
}
