using EnvelopeSdk.Batch.Columns;
using EnvelopeSdk.Batch.Tables;
using EnvelopeSdk.Batch.Vocabulary;

namespace EnvelopeSdk.Batch.Databases;

/// <summary>A database of PostgreSQL.</summary>
internal sealed class PostgresDatabase : ProviderDatabase
{
    /// <exception cref="EnvelopeException">Another job writes the table.</exception>
    public PostgresDatabase(DatabaseTable table)
        : base(table)
    {
        // Held until the connection ends, on whichever machine the jobs are.
        using var command = Command("SELECT pg_try_advisory_lock(hashtextextended(@p0, 0))", "envelope " + table.Table);
        if (command.ExecuteScalar() is not true)
        {
            Dispose();
            throw new EnvelopeException(
                EnvelopeError.Unavailable, $"Another run writes '{table}'. Wait for its end.");
        }
    }

    public override IReadOnlyList<string>? ColumnsOf(string table) => List(
        "SELECT attname::text FROM pg_attribute WHERE attrelid = to_regclass(@p0) AND attnum > 0 AND NOT attisdropped "
        + "ORDER BY attnum",
        Quoted(table)) is { Count: > 0 } columns ? columns : null;

    protected override string? TypeOf(ColumnType type) => type.Kind switch
    {
        ColumnKind.Boolean => "boolean",
        ColumnKind.Int8 or ColumnKind.Int16 or ColumnKind.UInt8 => "smallint",
        ColumnKind.Int32 or ColumnKind.UInt16 => "integer",
        ColumnKind.Int64 or ColumnKind.UInt32 => "bigint",
        ColumnKind.UInt64 => "numeric(20, 0)",
        ColumnKind.Float => "real",
        ColumnKind.Double => "double precision",
        ColumnKind.Decimal => $"numeric{type.Name["DECIMAL".Length..]}",
        ColumnKind.Text or ColumnKind.Null => TextType,
        ColumnKind.Bytes => "bytea",
        ColumnKind.Uuid => "uuid",
        ColumnKind.Date => "date",
        ColumnKind.Time => "time",
        ColumnKind.Timestamp when type.PerSecond > 1_000_000 => null, // it has microseconds
        ColumnKind.Timestamp => type.IsUtc ? "timestamptz" : "timestamp",
        ColumnKind.List or ColumnKind.Array or ColumnKind.Struct or ColumnKind.Map => "jsonb",
        _ => null,
    };

    /// <summary>Rows are sent as one array of texts for each column.</summary>
    protected override Action<IReadOnlyList<string?[]>> Inserting(string table, IReadOnlyList<Column> columns)
    {
        var names = string.Join(", ", columns.Select(one => DuckTables.Name(one.Name)));
        var arrays = string.Join(", ", columns.Select((_, i) => $"@p{i}::text[]"));
        var command = Command(
            $"INSERT INTO {Quoted(table)} ({names}) SELECT {string.Join(", ", columns.Select(ValueOf))} "
            + $"FROM unnest({arrays}) AS u({string.Join(", ", columns.Select((_, i) => $"c{i}"))})",
            [.. columns.Select(_ => (object)DBNull.Value)]);
        return rows =>
        {
            for (var i = 0; i < columns.Count; i++)
            {
                command.Parameters[i].Value = rows[i];
            }

            command.ExecuteNonQuery();
        };
    }

    private string ValueOf(Column column, int i) => column.Type.Kind == ColumnKind.Bytes
        ? $"decode(c{i}, 'hex')" : $"c{i}::{TypeOf(column.Type)}";
}
