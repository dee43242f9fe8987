using EnvelopeSdk.Batch.Columns;
using EnvelopeSdk.Batch.Tables;

namespace EnvelopeSdk.Batch.Sources;

/// <summary>
/// Takes lines of CSV files of which some have other values than the first says: the engine puts those aside
/// (<c>store_rejects</c>), and they come behind the others.
/// </summary>
/// <param name="tables">The engine.</param>
internal sealed class CsvRejects(DuckTables tables)
{
    private const string Errors = "envelope_csv_errors";
    private const string Scans = "envelope_csv_scans";

    /// <summary>
    /// What is wrong with one line alone. A quote that is not closed may have taken many lines for one value.
    /// </summary>
    private static readonly (string Error, string Why)[] OfOneLine =
    [
        ("MISSING COLUMNS", "has fewer values than the first line"),
        ("TOO MANY COLUMNS", "has more values than the first line"),
        ("INVALID ENCODING", "is no valid UTF-8"),
    ];

    private static readonly string Known = string.Join(", ", OfOneLine.Select(one => $"'{one.Error}'"));

    /// <summary>The lines that are put aside, with what is wrong with them.</summary>
    private static readonly string Rejected =
        $"""
        SELECT coalesce(
          'line ' || line || ' of ''' || file_path || ''' ' || CASE error
            {string.Join(' ', OfOneLine.Select(one => $"WHEN '{one.Error}' THEN '{one.Why}'"))} END,
          'a line cannot be read') AS {Unread}
        FROM (
          SELECT scan_id, file_id, line, arg_min(error_type, column_idx) AS error FROM {Errors}
          GROUP BY scan_id, file_id, line) LEFT JOIN {Scans} USING (scan_id, file_id)
        ORDER BY file_path, line
        """;

    private static string Unread => DuckTables.Name(Column.Unread.Name);

    /// <summary>Takes all lines, or none.</summary>
    /// <param name="table">The table.</param>
    /// <param name="columns">The columns that are taken; one of them says why a row could not be read.</param>
    /// <param name="scan">What is read, with more options.</param>
    /// <exception cref="DuckException">They cannot be read.</exception>
    public void Take(TakenTable table, IReadOnlyList<Column> columns, Func<string, string> scan) =>
        tables.RunAtOnce(() =>
        {
            table.Make(
                columns,
                $"(SELECT *, NULL::VARCHAR AS {Unread} FROM "
                + scan($", store_rejects = true, rejects_table = '{Errors}', rejects_scan = '{Scans}'") + ")");
            if (tables.Numbers($"SELECT count(*) FROM {Errors} WHERE error_type NOT IN ({Known})") is not [0])
            {
                tables.Run($"DROP TABLE {table.Sql}");
                table.Make([.. columns.Where(one => one != Column.Unread)], scan("")); // says what it is
            }

            tables.Run($"INSERT INTO {table.Sql} BY NAME {Rejected}");
            tables.Run($"DROP TABLE {Errors}");
            tables.Run($"DROP TABLE {Scans}");
        });
}
