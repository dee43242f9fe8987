using System.Data.Common;
using System.Globalization;
using EnvelopeSdk.Batch.Sources;
using EnvelopeSdk.Batch.Tables;
using EnvelopeSdk.Batch.Vocabulary;

namespace EnvelopeSdk.Batch.Databases;

/// <summary>
/// The rows of SQLite. Its columns may have values of any type in each row ("Datatypes In SQLite", 2): a column is what
/// all of its values are, which one pass over them says, in the same transaction in which they are read.
/// </summary>
internal static class SqliteRows
{
    private const long ExactInDouble = 1L << 53;

    /// <summary>How many columns of counts there are of each.</summary>
    private const int Counts = 6;

    /// <summary>SQLite answers 2000 columns ("Limits In SQLite", SQLITE_MAX_COLUMN).</summary>
    private const int ColumnsAtOnce = 2000 / Counts;

    /// <exception cref="EnvelopeException">It cannot be read.</exception>
    public static async Task<ProviderRows> OpenAsync(DatabaseTable table, CancellationToken cancellationToken)
    {
        var connection = Providers.Open(table);
        try
        {
            await RunAsync(connection, "BEGIN", cancellationToken);
            var query = DatabaseTable.IsQuery(table.Table) ? table.Table
                : $"SELECT * FROM {string.Join('.', table.Table.Split('.').Select(DuckTables.Name))}";
            var columns = await ColumnsAsync(connection, query, cancellationToken);
            OriginalNames.EnsureDistinct(Given(columns), table.ToString());
            return new(connection, query, await SinglesAsync(connection, query, columns, cancellationToken));
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

    private static async Task<IReadOnlyList<ReadColumn>> ColumnsAsync(
        DbConnection connection, string query, CancellationToken cancellationToken)
    {
        var columns = new List<ReadColumn>();
        foreach (var some in (await DeclaredAsync(connection, query, cancellationToken)).Chunk(ColumnsAtOnce))
        {
            await using var command = connection.CreateCommand();
            var counts = string.Join(", ", some.Select(one => Counted(DuckTables.Name(one.Name))));
            command.CommandText = $"SELECT {counts} FROM ({query}\n) AS q";
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            await reader.ReadAsync(cancellationToken);
            columns.AddRange(some.Select((one, i) => Of(one.Name, one.Type, reader, i * Counts)));
        }

        return columns;
    }

    /// <summary>
    /// SQLite has numbers of 64 bits alone: which columns are such that those of 32 bits say the same.
    /// </summary>
    private static async Task<IReadOnlyList<ReadColumn>> SinglesAsync(
        DbConnection connection, string query, IReadOnlyList<ReadColumn> columns, CancellationToken cancellationToken)
    {
        var left = columns.Where(one => one.Type == "DOUBLE").ToList();
        if (left.Count == 0)
        {
            return columns;
        }

        await using var command = connection.CreateCommand();
        command.CommandText =
            $"SELECT {string.Join(", ", left.Select(one => DuckTables.Name(one.Name)))} FROM ({query}\n) AS q";
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var isSingle = left.ConvertAll(_ => true);
        while (isSingle.Contains(true) && await reader.ReadAsync(cancellationToken))
        {
            for (var i = 0; i < left.Count; i++)
            {
                isSingle[i] = isSingle[i] && (reader.IsDBNull(i) || IsSingle(reader.GetDouble(i)));
            }
        }

        return
        [
            .. columns.Select(one => left.IndexOf(one) is >= 0 and var i && isSingle[i]
                ? one with { IsSingle = true } : one),
        ];
    }

    private static bool IsSingle(double value)
    {
        Span<char> whole = stackalloc char[32];
        Span<char> half = stackalloc char[32];
        value.TryFormat(whole, out var wholeLength, "R", CultureInfo.InvariantCulture);
        ((float)value).TryFormat(half, out var halfLength, "R", CultureInfo.InvariantCulture);
        return whole[..wholeLength].SequenceEqual(half[..halfLength]);
    }

    /// <summary>
    /// The names as a query gave them: of those within another SQLite calls the second <c>v:1</c> ("select.c",
    /// sqlite3ColumnsFromExprList).
    /// </summary>
    private static IEnumerable<string> Given(IReadOnlyList<ReadColumn> columns)
    {
        var names = columns.Select(one => one.Name).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return columns.Select(one => one.Name.LastIndexOf(':') is var colon and > 0 && names.Contains(one.Name[..colon])
            && one.Name.AsSpan(colon + 1) is { Length: > 0 } number && !number.ContainsAnyExceptInRange('0', '9')
                ? one.Name[..colon] : one.Name);
    }

    private static async Task<IReadOnlyList<(string Name, string Type)>> DeclaredAsync(
        DbConnection connection, string query, CancellationToken cancellationToken)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = $"SELECT * FROM ({query}\n) AS q LIMIT 0";
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return
        [
            .. Enumerable.Range(0, reader.FieldCount)
                .Select(i => (reader.GetName(i), reader.GetDataTypeName(i).ToUpperInvariant())),
        ];
    }

    /// <summary>How many values of each type there are, and between which bounds whole numbers are.</summary>
    private static string Counted(string name) =>
        $"""
        total(typeof({name}) = 'integer'), total(typeof({name}) = 'real'), total(typeof({name}) = 'text'),
        total(typeof({name}) = 'blob'),
        min(CASE WHEN typeof({name}) = 'integer' THEN {name} END),
        max(CASE WHEN typeof({name}) = 'integer' THEN {name} END)
        """;

    private static ReadColumn Of(string name, string declared, DbDataReader counts, int at)
    {
        bool Has(int type) => counts.GetDouble(at + type) > 0;

        var (least, most) = Has(0) ? (counts.GetInt64(at + 4), counts.GetInt64(at + 5)) : (0, 0);
        var type = (Has(0), Has(1), Has(2), Has(3)) switch
        {
            (true, false, false, false) =>
                declared.StartsWith("BOOL", StringComparison.Ordinal) && least >= 0 && most <= 1 ? "BOOLEAN" : "BIGINT",
            (_, true, false, false) when least >= -ExactInDouble && most <= ExactInDouble => "DOUBLE",
            (false, false, true, false) => "VARCHAR",
            (false, false, false, true) => "BLOB",
            (false, false, false, false) => OfNothing(declared),
            _ => null,
        };
        return new(name, type, column => column, "values of several types")
        {
            Source = text => type == "BLOB" ? $"unhex({text})" : text,
        };
    }

    /// <summary>What a column is of that has no value ("Datatypes In SQLite", 3.1).</summary>
    private static string OfNothing(string declared) =>
        declared.Contains("INT", StringComparison.Ordinal) ? "BIGINT"
        : declared.Contains("CHAR", StringComparison.Ordinal) || declared.Contains("TEXT", StringComparison.Ordinal)
        ? "VARCHAR"
        : declared.Contains("REAL", StringComparison.Ordinal) || declared.Contains("FLOA", StringComparison.Ordinal)
            || declared.Contains("DOUB", StringComparison.Ordinal) ? "DOUBLE"
        : declared.StartsWith("BOOL", StringComparison.Ordinal) ? "BOOLEAN"
        : "\"NULL\"";

    private static async Task RunAsync(DbConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
