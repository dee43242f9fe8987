using EnvelopeSdk.Schema;

namespace EnvelopeSdk.Batch.Columns;

/// <summary>What makes of a column what a parameter takes, in the SQL of where it comes from.</summary>
/// <param name="model">The schema.</param>
internal sealed class CastCure(ModelSchema model)
{
    private static readonly Dictionary<TypeKind, string> OfMilliseconds = new()
    {
        [TypeKind.DateTime] = "epoch_ms(...)",
        [TypeKind.DateTimeOffset] = "to_timestamp(... / 1000)",
        [TypeKind.Date] = "CAST(epoch_ms(...) AS DATE)",
        [TypeKind.Time] = "CAST(epoch_ms(...) AS TIME)",
    };

    private static readonly Dictionary<TypeKind, string> OfSecondsInPostgres = new()
    {
        [TypeKind.DateTime] = "to_timestamp(...) AT TIME ZONE 'UTC'",
        [TypeKind.DateTimeOffset] = "to_timestamp(...)",
        [TypeKind.Date] = "CAST(to_timestamp(...) AT TIME ZONE 'UTC' AS date)",
        [TypeKind.Time] = "CAST(to_timestamp(...) AT TIME ZONE 'UTC' AS time)",
    };

    private static readonly Dictionary<TypeKind, string> OfSecondsInSqlite = new()
    {
        [TypeKind.DateTime] = "strftime('%Y-%m-%dT%H:%M:%S', ..., 'unixepoch')",
        [TypeKind.DateTimeOffset] = "strftime('%Y-%m-%dT%H:%M:%SZ', ..., 'unixepoch')",
        [TypeKind.Date] = "date(..., 'unixepoch')",
        [TypeKind.Time] = "time(..., 'unixepoch')",
    };

    /// <summary>The end of a sentence about a column that is not of the type that is taken, and what helps.</summary>
    public string Of(ColumnType type, TypeSchema schema)
    {
        var isRounded = Kinds.IsNumber(schema.Kind)
            && type.Kind is ColumnKind.Float or ColumnKind.Double or ColumnKind.Decimal;
        if (type.Dialect == SqlDialect.None)
        {
            return (isRounded ? ", which would be rounded. If that is meant" : ". If its values are such")
                + ", cast it where that is written, or name another column for it.";
        }

        var time = type.IsWhole ? OfTime(type.Dialect, schema.Kind) : null;
        var sql = (IsWide(type.Kind) ? time?.Replace("...", "CAST(... AS BIGINT)", StringComparison.Ordinal) : time)
            ?? (type.Dialect == SqlDialect.Sqlite ? OfSqlite(type, schema)
                : SqlOf(schema) is not { } target ? null
                : $"CAST(... AS {(type.Dialect == SqlDialect.Postgres ? OfPostgres(target) : target)})");
        return sql is null
            ? ". Name another column for it with --map, or make one of it with a query."
            : isRounded
            ? $", which would be rounded. If that is meant, read it with a query that says {sql}."
            : Kinds.IsNumber(schema.Kind) && type.Kind == ColumnKind.Text
            ? $". Read it with a query that says {sql}; or read the file that it was made of."
            : $". If its values are such, read it with a query that says {sql}.";
    }

    /// <summary>What makes a time of a whole number, which no cast does ("Timestamp Functions" of DuckDB).</summary>
    private static string? OfTime(SqlDialect dialect, TypeKind kind)
    {
        var (all, unit) = dialect switch
        {
            SqlDialect.Sqlite => (OfSecondsInSqlite, "seconds"),
            SqlDialect.Postgres => (OfSecondsInPostgres, "seconds"),
            _ => (OfMilliseconds, "milliseconds"),
        };
        return all.TryGetValue(kind, out var sql) ? $"{sql}, of {unit} since 1970" : null;
    }

    /// <summary>Whether functions of times take it as it is; wider ones are cast before.</summary>
    private static bool IsWide(ColumnKind kind) =>
        kind is ColumnKind.UInt64 or ColumnKind.Int128 or ColumnKind.UInt128;

    /// <summary>What PostgreSQL calls it, where that is another name.</summary>
    private static string OfPostgres(string target) => target switch
    {
        "FLOAT" => "real",
        "DOUBLE" => "double precision",
        "BLOB" => "bytea",
        "UBIGINT" => "numeric(20, 0)",
        "HUGEINT" or "UHUGEINT" => "text",
        _ => target,
    };

    /// <summary>
    /// What makes it in a query of SQLite, which has a few types of its own ("SQL As Understood By SQLite", CAST
    /// expressions; "Date And Time Functions").
    /// </summary>
    private string? OfSqlite(ColumnType type, TypeSchema schema) => SqlOf(schema) switch
    {
        "FLOAT" or "DOUBLE" => "CAST(... AS REAL), which makes 0 of a text that is no number",
        "BIGINT" => "CAST(... AS INTEGER), which makes 0 of a text that is no number",
        "BOOLEAN" when type.Kind == ColumnKind.Text => "CASE lower(...) WHEN 'true' THEN 1 WHEN 'false' THEN 0 END",
        "BOOLEAN" when type.Kind == ColumnKind.Double => "CASE ... WHEN 1 THEN 1 WHEN 0 THEN 0 END",
        "DECIMAL(38, 10)" or "VARCHAR" => "CAST(... AS TEXT)",
        _ => null,
    };

    /// <summary>The type of a column that a query makes for it, if a cast does.</summary>
    private string? SqlOf(TypeSchema schema) => schema.Kind switch
    {
        TypeKind.Boolean => "BOOLEAN",
        TypeKind.Half or TypeKind.Float => "FLOAT",
        TypeKind.Double => "DOUBLE",
        TypeKind.UInt64 => "UBIGINT",
        TypeKind.Int128 => "HUGEINT",
        TypeKind.UInt128 => "UHUGEINT",
        var kind when Kinds.IsInteger(kind) => "BIGINT",
        TypeKind.Decimal => "DECIMAL(38, 10)",
        TypeKind.String or TypeKind.Char or TypeKind.Uri or TypeKind.Version => "VARCHAR",
        TypeKind.Ref when ColumnTypes.IsOfNumbers(model.TypeOf(schema.Ref!)) => "BIGINT",
        TypeKind.Ref when model.TypeOf(schema.Ref!).Values is not null => "VARCHAR",
        TypeKind.Uuid => "UUID",
        TypeKind.Date => "DATE",
        TypeKind.Time => "TIME",
        TypeKind.DateTime => "TIMESTAMP",
        TypeKind.DateTimeOffset => "TIMESTAMPTZ",
        TypeKind.Bytes => "BLOB",
        _ => null,
    };
}
