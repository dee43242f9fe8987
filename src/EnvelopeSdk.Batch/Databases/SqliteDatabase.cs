using System.Globalization;
using EnvelopeSdk.Batch.Columns;
using EnvelopeSdk.Batch.Tables;
using EnvelopeSdk.Batch.Vocabulary;

namespace EnvelopeSdk.Batch.Databases;

/// <summary>A file of SQLite.</summary>
/// <param name="table">The table.</param>
internal sealed class SqliteDatabase(DatabaseTable table) : ProviderDatabase(table)
{
    public override IReadOnlyList<StoredColumn>? ColumnsOf(string table) => table.Split('.') is [var schema, var name]
        ? Columns("SELECT name, type FROM pragma_table_info(@p0, @p1)", name, schema)
        : Columns("SELECT name, type FROM pragma_table_info(@p0)", table);

    /// <summary>
    /// An INTEGER PRIMARY KEY is the number of the row, which it has without a value, where rows have one ("Rowid
    /// Tables").
    /// </summary>
    public override IReadOnlyList<string> NeededOf(string table)
    {
        var (schema, name) = SchemaOf(table);
        return List(
            "SELECT name FROM pragma_table_info(@p0, @p1) WHERE \"notnull\" AND dflt_value IS NULL AND NOT (pk = 1 "
            + "AND upper(type) = 'INTEGER' AND (SELECT count(*) FROM pragma_table_info(@p0, @p1) WHERE pk > 0) = 1 "
            + "AND NOT EXISTS (SELECT 1 FROM pragma_table_list(@p0) WHERE schema = @p1 AND wr))",
            name, schema);
    }

    /// <summary>What a column makes of values hangs on its affinity ("Datatypes In SQLite", 3.1 and 3).</summary>
    public override bool Takes(ColumnType type, StoredColumn column)
    {
        var declared = column.Declared.ToUpperInvariant();
        bool Has(params string[] words) => words.Any(one => declared.Contains(one, StringComparison.Ordinal));
        var isWhole = Has("INT");
        var isText = !isWhole && Has("CHAR", "CLOB", "TEXT");
        var isAny = !isWhole && !isText && (declared.Length == 0 || Has("BLOB"));
        var isReal = !isWhole && !isText && !isAny && Has("REAL", "FLOA", "DOUB");
        return isAny || TypeOf(type) switch
        {
            "BLOB" => true, // is kept as it is
            "TEXT" => isText, // where numbers are expected, 007 becomes 7
            "REAL" => !isText,
            _ => !isText && (!isReal || KeptTypes.IsDouble(type)),
        };
    }

    /// <summary>
    /// SQLite deletes the rows of a table before it drops it, with what foreign keys of others say of that ("SQLite
    /// Foreign Key Support", 5): rows of those would go without a word.
    /// </summary>
    protected override void EnsureDroppable(string name)
    {
        var (schema, table) = SchemaOf(name);
        var others = List(
            $"SELECT m.name FROM {DuckTables.Name(schema)}.sqlite_schema m, pragma_foreign_key_list(m.name, @p1) f "
            + "WHERE m.type = 'table' AND lower(f.\"table\") = lower(@p0) AND lower(m.name) <> lower(@p0)",
            table, schema);
        if (others.Count > 0)
        {
            throw new EnvelopeException(
                EnvelopeError.Mismatch,
                $"The table '{Table}' cannot be replaced: rows of '{others[0]}' refer to its rows, and SQLite would "
                + "change or delete them. Name another table, or append.");
        }
    }

    private static (string Schema, string Table) SchemaOf(string name) =>
        name.Split('.') is [var schema, var table] ? (schema, table) : ("main", name);

    protected override string? TypeOf(ColumnType type) => type.Kind switch
    {
        ColumnKind.Boolean => "BOOLEAN",
        ColumnKind.Int8 or ColumnKind.Int16 or ColumnKind.Int32 or ColumnKind.Int64 or ColumnKind.UInt8
            or ColumnKind.UInt16 or ColumnKind.UInt32 => "INTEGER",
        ColumnKind.Float or ColumnKind.Double => "REAL",
        ColumnKind.Bytes => "BLOB",
        _ => "TEXT", // whole and decimal numbers that it would round, too
    };

    protected override Action<IReadOnlyList<string?[]>> Inserting(string table, IReadOnlyList<Column> columns)
    {
        var command = Command(
            $"INSERT INTO {Quoted(table)} ({string.Join(", ", columns.Select(one => DuckTables.Name(one.Name)))}) "
            + $"VALUES ({string.Join(", ", columns.Select((_, i) => $"@p{i}"))})",
            [.. columns.Select(_ => (object)DBNull.Value)]);
        command.Prepare(); // a view is known to be one before a row is answered
        return rows =>
        {
            for (var row = 0; row < rows[0].Length; row++)
            {
                for (var i = 0; i < columns.Count; i++)
                {
                    command.Parameters[i].Value = rows[i][row] is { } text ? ValueOf(columns[i], text) : DBNull.Value;
                }

                command.ExecuteNonQuery();
            }
        };
    }

    private object ValueOf(Column column, string text) => TypeOf(column.Type) switch
    {
        "BOOLEAN" => text == "true" ? 1L : 0L,
        "INTEGER" => long.Parse(text, CultureInfo.InvariantCulture),
        "REAL" => text != "nan" ? RealOf(text) : throw new EnvelopeException(
            EnvelopeError.Invalid,
            $"SQLite keeps no NaN, which the column '{column.Name}' has: it would become null. Write into a file."),
        "BLOB" => Convert.FromHexString(text),
        _ => !text.Contains('\0', StringComparison.Ordinal) ? text : throw new EnvelopeException(
            EnvelopeError.Invalid,
            $"SQLite would cut a text at the character U+0000, which the column '{column.Name}' has. Write into a "
            + "file, or leave it out in a query."),
    };

    private static double RealOf(string text) => text switch
    {
        "inf" => double.PositiveInfinity,
        "-inf" => double.NegativeInfinity,
        _ => double.Parse(text, CultureInfo.InvariantCulture),
    };
}
