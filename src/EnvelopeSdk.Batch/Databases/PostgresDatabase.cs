using System.Data.Common;
using System.Globalization;
using System.Text.RegularExpressions;
using EnvelopeSdk.Batch.Columns;
using EnvelopeSdk.Batch.Tables;
using EnvelopeSdk.Batch.Vocabulary;

namespace EnvelopeSdk.Batch.Databases;

/// <summary>A database of PostgreSQL.</summary>
internal sealed partial class PostgresDatabase : ProviderDatabase
{
    private const long Micros = 1_000_000;

    /// <summary>How many characters are sent at once, but for a row that has more.</summary>
    private const long MostAtOnce = 16 << 20;

    private static readonly Dictionary<string, ColumnType> Stored = new ColumnType[]
    {
        new(ColumnKind.Boolean, "boolean"),
        new(ColumnKind.Int16, "smallint"),
        new(ColumnKind.Int32, "integer"),
        new(ColumnKind.Int64, "bigint"),
        new(ColumnKind.Float, "real"),
        new(ColumnKind.Double, "double precision"),
        new(ColumnKind.Decimal, "numeric") { Scale = int.MaxValue },
        new(ColumnKind.Text, "text"),
        new(ColumnKind.Bytes, "bytea"),
        new(ColumnKind.Uuid, "uuid"),
        new(ColumnKind.Date, "date"),
        new(ColumnKind.Time, "time without time zone") { PerSecond = Micros },
        new(ColumnKind.Timestamp, "timestamp without time zone") { PerSecond = Micros },
        new(ColumnKind.Timestamp, "timestamp with time zone") { PerSecond = Micros, IsUtc = true },
    }.ToDictionary(one => one.Name);

    /// <exception cref="EnvelopeException">Another job writes the table.</exception>
    public PostgresDatabase(DatabaseTable table)
        : base(table)
    {
        // Held until the connection ends, on whichever machine the jobs are.
        using var command = Command(
            "SELECT pg_try_advisory_lock(hashtextextended(@p0, 0)) FROM set_config('TimeZone', 'UTC', false)",
            "envelope " + table.Key);
        if (!IsTaken(command))
        {
            Dispose();
            throw new EnvelopeException(
                EnvelopeError.Unavailable, $"Another run writes '{table}'. Wait for its end.");
        }
    }

    public override StringComparer Names => StringComparer.Ordinal;

    public override IReadOnlyList<StoredColumn>? ColumnsOf(string table) => Columns(
        "SELECT attname::text, format_type(atttypid, atttypmod) FROM pg_attribute WHERE attrelid = to_regclass(@p0) "
        + "AND attnum > 0 AND NOT attisdropped ORDER BY attnum",
        Quoted(table));

    /// <summary>
    /// Domains may take no null or have a default, too; what a trigger sets before a row comes, nobody knows
    /// ("pg_attribute", "pg_type", "pg_trigger": 7 is one for each row, before, at inserts).
    /// </summary>
    public override IReadOnlyList<string> NeededOf(string table) => List(
        "SELECT attname::text FROM pg_attribute a JOIN pg_type t ON t.oid = a.atttypid WHERE attrelid = to_regclass(@p0) "
        + "AND attnum > 0 AND NOT attisdropped AND (attnotnull OR typnotnull) AND NOT atthasdef AND attidentity = '' "
        + "AND typdefault IS NULL AND NOT EXISTS (SELECT 1 FROM pg_trigger WHERE tgrelid = attrelid AND tgtype & 7 = 7 "
        + "AND tgenabled <> 'D') ORDER BY attnum",
        Quoted(table));

    public override bool Takes(ColumnType type, StoredColumn column) =>
        TypeOf(type)?.Replace(", ", ",", StringComparison.Ordinal) is { } own && (own == column.Declared
            || (StoredTypeOf(column.Declared) is { } into && KeptTypes.Takes(type, into)));

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
        ColumnKind.Time or ColumnKind.Timestamp when type.PerSecond > Micros => null, // which is all that it has
        ColumnKind.Time => "time",
        ColumnKind.Timestamp => type.IsUtc ? "timestamptz" : "timestamp",
        ColumnKind.List or ColumnKind.Array or ColumnKind.Struct or ColumnKind.Map => "jsonb",
        _ => null,
    };

    /// <summary>Rows are sent as one array of texts for each column.</summary>
    protected override Action<IReadOnlyList<string?[]>> Inserting(string table, IReadOnlyList<Column> columns)
    {
        var names = string.Join(", ", columns.Select(one => DuckTables.Name(one.Name)));
        var declared = (ColumnsOf(table) ?? []).ToDictionary(one => one.Name, one => one.Declared);
        int?[] longest = [.. columns.Select(one => LongestOf(declared.GetValueOrDefault(one.Name, "")))];
        var arrays = string.Join(", ", columns.Select((_, i) => $"@p{i}::text[]"));
        var command = Command(
            $"INSERT INTO {Quoted(table)} ({names}) SELECT "
            + $"{string.Join(", ", columns.Select(ValueOf))} "
            + $"FROM unnest({arrays}) AS u({string.Join(", ", columns.Select((_, i) => $"c{i}"))})",
            [.. columns.Select(_ => (object)DBNull.Value)]);
        return rows =>
        {
            EnsureKept(table, columns, longest, rows);
            foreach (var some in Slices(rows))
            {
                for (var i = 0; i < columns.Count; i++)
                {
                    command.Parameters[i].Value = rows[i][some];
                }

                command.ExecuteNonQuery();
            }
        };
    }

    /// <summary>
    /// Looks whether texts are kept as they are. PostgreSQL says of one that is too long neither where nor how long it
    /// is, and cuts spaces that are too many in silence ("Character Types").
    /// </summary>
    /// <exception cref="EnvelopeException">A text is not, for what it has or for its length.</exception>
    private static void EnsureKept(
        string table, IReadOnlyList<Column> columns, int?[] longest, IReadOnlyList<string?[]> rows)
    {
        foreach (var (column, most, texts) in columns.Zip(longest, rows))
        {
            if (most is { } kept && LengthOf(texts) is var length && length > kept)
            {
                throw new EnvelopeException(
                    EnvelopeError.Invalid,
                    $"The column '{column.Name}' of the table '{table}' keeps texts of up to {kept} characters, and one has "
                    + $"{length}. Cut it in a query, or alter the table. Nothing was written.");
            }

            if (Array.Exists(texts, text => text?.Contains('\0', StringComparison.Ordinal) == true))
            {
                throw new EnvelopeException(
                    EnvelopeError.Invalid,
                    $"PostgreSQL keeps no text with the character U+0000, which the column '{column.Name}' has. Write "
                    + "into a file, or leave it out in a query.");
            }
        }
    }

    /// <summary>The most characters that one of the texts has, as PostgreSQL counts them: code points.</summary>
    private static int LengthOf(string?[] texts) =>
        texts.Select(text => text?.EnumerateRunes().Count() ?? 0).DefaultIfEmpty().Max();

    /// <summary>Rows of which not more is sent at once than PostgreSQL takes: a gigabyte, and it needs some itself.</summary>
    private static IEnumerable<Range> Slices(IReadOnlyList<string?[]> rows)
    {
        var (begin, size) = (0, 0L);
        for (var row = 0; row < rows[0].Length; row++)
        {
            var own = rows.Sum(column => (long)(column[row]?.Length ?? 0));
            if (row > begin && size + own > MostAtOnce)
            {
                yield return begin..row;
                (begin, size) = (row, 0);
            }

            size += own;
        }

        yield return begin..rows[0].Length;
    }

    protected override void BeginTrial() => Ask(() =>
    {
        using var command = Command("SET LOCAL lock_timeout = '2s'");
        return command.ExecuteNonQuery();
    });

    protected override bool IsOfWaiting(DbException failure) => failure.SqlState == "55P03"; // lock_not_available

    private bool IsTaken(DbCommand command)
    {
        try
        {
            return Ask(() => command.ExecuteScalar() is true);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>What a type keeps that is there; null: nothing is known of it.</summary>
    private static ColumnType? StoredTypeOf(string declared) =>
        Numeric().Match(declared) is { Success: true } numeric
            ? new(ColumnKind.Decimal, declared)
            {
                Scale = int.Parse(numeric.Groups[1].Value, CultureInfo.InvariantCulture),
            }
            : Stored.GetValueOrDefault(
                declared.StartsWith("character varying", StringComparison.Ordinal) ? "text" : declared);

    [GeneratedRegex(@"^numeric\(\d+,(\d+)\)$")]
    private static partial Regex Numeric();

    /// <summary>A value as a column takes it.</summary>
    private string ValueOf(Column column, int i) =>
        column.Type.Kind == ColumnKind.Bytes ? $"decode(c{i}, 'hex')" : $"c{i}::{TypeOf(column.Type)}";

    /// <summary>How many characters a column keeps; null: any number of them, or nothing is known of it.</summary>
    private static int? LongestOf(string declared) => Varying().Match(declared) is { Success: true } varying
        ? int.Parse(varying.Groups[1].Value, CultureInfo.InvariantCulture) : null;

    [GeneratedRegex(@"^character varying\((\d+)\)$")]
    private static partial Regex Varying();
}
