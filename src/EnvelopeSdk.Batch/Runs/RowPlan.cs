using System.Globalization;
using EnvelopeSdk.Batch.Answers;
using EnvelopeSdk.Batch.Columns;
using EnvelopeSdk.Batch.Tables;
using EnvelopeSdk.Schema;

namespace EnvelopeSdk.Batch.Runs;

/// <summary>Which columns are asked with, kept and written.</summary>
internal sealed class RowPlan
{
    /// <summary>The column that says for which column a row cannot be answered.</summary>
    public const string FaultColumn = "fault_column";

    /// <summary>The column that says why.</summary>
    public const string FaultReason = "fault_reason";

    /// <summary>The number of a row: a name that no table has, as those that follow.</summary>
    public const string Number = "\"envelope number\"";

    private const string Result = "\"envelope result\"";
    private const string LoggedRow = "\"envelope row\"";
    private const string LoggedInputs = "\"envelope inputs\"";
    private const string LoggedAnswer = "\"envelope answer\"";

    /// <summary>What DuckDB calls the number of a row.</summary>
    private static readonly string[] Reserved = ["rowid", "file_row_number", Column.Unread.Name];

    private static readonly string[] Logs = ["time", "run", "envelope", "query", "row", "inputs", "answer"];

    private static readonly ColumnType Text = new(ColumnKind.Text, "VARCHAR");
    private static readonly ColumnType Whole = new(ColumnKind.Int64, "BIGINT");
    private static readonly ColumnType Time =
        new(ColumnKind.Timestamp, "TIMESTAMP WITH TIME ZONE") { PerSecond = 1_000_000, IsUtc = true };

    private readonly Func<ColumnMap> _newMap;
    private readonly bool _hasKey;
    private readonly IReadOnlyList<Column> _answers;
    private readonly ValueForm _form;
    private readonly TableFormat? _output;
    private readonly TableFormat? _quarantine;
    private readonly TableFormat? _log;

    private RowPlan(
        QuerySchema query, IReadOnlyList<Column> columns, IReadOnlyList<Column> kept, Func<ColumnMap> newMap,
        IReadOnlyList<Column> answers, ValueForm form, BatchOptions options, bool keepsUnread)
    {
        (Query, Kept, _newMap, _answers, _form) = (query, kept, newMap, answers, form);
        _hasKey = options.Key.Count > 0;
        _output = TableFormat.OfWritten(options.Output);
        _quarantine = TableFormat.OfWritten(options.Quarantine ?? "");
        _log = TableFormat.OfWritten(options.Log ?? "");
        var map = newMap();
        Places = map.Places;
        var used = map.Columns;
        Used = [.. columns.Where(one => used.Contains(one.Name)), .. keepsUnread ? [Column.Unread] : (Column[])[]];
    }

    public QuerySchema Query { get; }

    /// <summary>The columns that are kept beside the answers.</summary>
    public IReadOnlyList<Column> Kept { get; }

    /// <summary>The names of those, where they were named; else none.</summary>
    public IReadOnlyList<string> Key => _hasKey ? [.. Kept.Select(one => one.Name)] : [];

    /// <summary>Columns by the parameter, or the member of one, that they are for.</summary>
    public IReadOnlyDictionary<string, string> Places { get; }

    /// <summary>The columns that are asked with.</summary>
    public IReadOnlyList<Column> Used { get; }

    /// <summary>All columns that are read.</summary>
    public IReadOnlyList<Column> ReadColumns => [.. Kept.Concat(Used).DistinctBy(one => one.Name)];

    /// <summary>The columns of the output.</summary>
    public IReadOnlyList<Column> OutputColumns => [.. Kept, .. _answers];

    /// <summary>The columns of the rows that cannot be answered.</summary>
    public IReadOnlyList<Column> QuarantineColumns => [.. Kept, new(FaultColumn, Text), new(FaultReason, Text)];

    /// <summary>The columns of the log.</summary>
    public IReadOnlyList<Column> LogColumns =>
    [
        new("time", Time), new("run", Text), new("envelope", Text), new("query", Text), new("row", Whole),
        .. _hasKey ? Kept : [], new("inputs", Text), new("answer", Text),
    ];

    /// <summary>The answers of some rows, as a query: the columns that are kept, and the answers.</summary>
    /// <param name="function">The function that answers, or null where a row cannot be.</param>
    /// <param name="rows">The rows.</param>
    public string Answered(string function, RowRange rows) =>
        $"SELECT {Shown(_output)}{Answers} FROM {Called(function, rows)} WHERE {Result} IS NOT NULL";

    /// <summary>How many numbers take the room of the answer of a row: texts and nested ones have no bound.</summary>
    public long AnswerWidth => _answers.Sum(one =>
        one.Type.Parts.Count > 0 || one.Type.Kind is ColumnKind.Text or ColumnKind.Bytes ? 8 : 1);

    /// <summary>The answers alone.</summary>
    public string AnsweredAlone(string function, RowRange rows) =>
        $"SELECT {Answers} FROM {Called(function, rows, keeps: false)} WHERE {Result} IS NOT NULL";

    /// <summary>The same, with what is logged behind them.</summary>
    public string Logged(string function, RowRange rows) =>
        $"""
        SELECT {KeptNames}{Answers}, {Number} AS {LoggedRow}, {Result}.c{_answers.Count} AS {LoggedInputs},
          {Result}.c{_answers.Count + 1} AS {LoggedAnswer}
        FROM {Called(function, rows)} WHERE {Result} IS NOT NULL
        """;

    /// <summary>The columns of the output, of rows with what is logged.</summary>
    public string OutputOf(string logged) =>
        $"SELECT {Shown(_output)}{string.Join(", ", _answers.Select(one => DuckTables.Name(one.Name)))} FROM {logged}";

    /// <summary>The columns of the log, of rows with what is logged.</summary>
    /// <param name="logged">The rows.</param>
    /// <param name="constants">Columns that are the same in all of them, as SQL writes them.</param>
    /// <param name="first">The number of the first row of the job that is among them, less what it is there.</param>
    public string LogOf(string logged, string constants, long first) => string.Create(
        CultureInfo.InvariantCulture,
        $"""
        SELECT {constants}, {LoggedRow} + {first} AS "row", {(_hasKey ? Shown(_log) : "")}{LoggedInputs} AS inputs,
          {LoggedAnswer} AS answer
        FROM {logged}
        """);

    /// <summary>The rows of them that cannot be answered, as a query: the columns that are kept, and why.</summary>
    /// <param name="faults">The table of their numbers, with columns and reasons.</param>
    /// <param name="rows">The rows.</param>
    public string Unanswered(string faults, RowRange rows) =>
        $"""
        SELECT {Shown(_quarantine)}{faults}.{FaultColumn}, {Reason(faults)}
        FROM (SELECT {rows.Row} AS {Result}, * FROM {rows.Sql} WHERE {rows.Condition}) AS source
        JOIN {faults} ON {faults}.{Number} = {Result}
        ORDER BY {Result}
        """;

    /// <summary>Of a row that could not be read, the source says why.</summary>
    private string Reason(string faults) => Used.Contains(Column.Unread)
        ? $"coalesce({DuckTables.Name(Column.Unread.Name)}, {faults}.{FaultReason}) AS {FaultReason}"
        : $"{faults}.{FaultReason}";

    /// <summary>A map for another thread.</summary>
    public ColumnMap NewMap() => _newMap();

    /// <summary>Looks at all columns before a row is read.</summary>
    /// <exception cref="EnvelopeException">Not all of them can be so; it says all that is wrong.</exception>
    public static RowPlan Of(
        QuerySchema query, ModelSchema model, IReadOnlyList<Column> columns, ValueForm form, BatchOptions options,
        bool keepsUnread = false, IReadOnlyDictionary<string, string>? folders = null)
    {
        ColumnMap? Find(out IReadOnlyList<ColumnFault> found) =>
            ColumnMap.Find(query, model, columns, form, options.Map, out found, folders);

        var map = Find(out var faults);
        var answered = new AnswerTypes(model).Of(query, options.Answer, out var isObject)
            .Select(one => new Column(one.Name, one.Values.Type)).ToList();
        var answers = answered.ConvertAll(one => one.Name);
        var keys = options.Key.Select(name => (Name: name, Columns: Column.Called(name, columns))).ToList();
        var kept = options.Key.Count == 0
            ? columns
            : [.. keys.Where(one => one.Columns.Count == 1).Select(one => one.Columns[0]).Distinct()];
        List<string> all =
        [
            .. faults.Select(one => $"{one.Parameter}: {one.Problem}"),
            .. map is { Columns.Count: 0 } && query.Parameters.Count > 0 && columns.Count > 0 // else rows are such as {}
                ? [$"{query.Parameters[0].Name}: No parameter has a column, and all rows would have one answer, of "
                    + "defaults. Say with --map PARAMETER=COLUMN which is meant."]
                : (string[])[],
            .. isObject && options.Answer != BatchOptions.DefaultAnswer
                ? [$"--answer {options.Answer}: The answer has members, whose names are its columns: "
                    + $"{string.Join(", ", answers)}."]
                : (string[])[],
            .. keys.Where(one => one.Columns.Count == 0).Select(one =>
                $"--key {one.Name}: There is no column '{one.Name}'{Nearest.Hint(one.Name, columns)}."),
            .. keys.Where(one => one.Columns.Count > 1).Select(one =>
                $"--key {one.Name}: Several columns are called so but for their case: "
                + $"{string.Join(", ", one.Columns.Select(column => $"'{column.Name}'"))}."),
            .. kept.Where(one => !IsKeepable(one.Type)).Select(one =>
                $"{one.Name}: No file can keep {one.Type.Name} as it is. Keep others with --key, or CAST it in a "
                + "query."),
            .. columns.Where(one => Reserved.Any(name => IsAlike(one.Name, name))).Select(one =>
                $"{one.Name}: A column of this name cannot be told from the number of a row. Give it another in a "
                + "query."),
            .. answers.Where((name, i) => answers.Take(i).Any(one => IsAlike(one, name))).Select(name =>
                $"{name}: Several members of the answer are called so but for their case, which no table can have."),
            .. kept.Where(one => options.Quarantine is not null && IsFault(one.Name)).Select(
                one => $"{one.Name}: Rows that cannot be answered have a column of this name. Keep others with --key."),
            .. kept.Where(one => options is { Log: not null, Key.Count: > 0 } && IsLogged(one.Name)).Select(
                one => $"{one.Name}: --log has a column of this name. Give it another in a query."),
            .. answers.Where(name => kept.Any(one => IsAlike(one.Name, name))).Select(name =>
                $"{name}: The table has a column of the name of the answer's. Keep others with --key"
                + (isObject ? "." : ", or name the answer with --answer.")),
        ];
        return all.Count == 0
            ? new(query, columns, kept, () => Find(out _)!, answered, form, options, keepsUnread)
            : throw new EnvelopeException(
                EnvelopeError.Invalid,
                $"The table does not fit the query '{query.Name}':\n"
                + string.Join('\n', all.Select(one => $"  {one}")) + Shown(columns));
    }

    /// <summary>The columns that there are: who misses one sees what was taken for their names.</summary>
    private static string Shown(IReadOnlyList<Column> columns)
    {
        const int Most = 20;
        var more = columns.Count > Most ? $" and {columns.Count - Most} more" : "";
        return columns.Count == 0 ? "\nThe table has no columns."
            : $"\nThe table has {string.Join(", ", columns.Take(Most).Select(one => $"'{one.Name}'"))}{more}.";
    }

    /// <summary>Whether Parquet has values as they are: whole numbers of 128 bits would be rounded, for one.</summary>
    private static bool IsKeepable(ColumnType type) =>
        type.Kind is not (ColumnKind.Int128 or ColumnKind.UInt128 or ColumnKind.Interval or ColumnKind.Other)
        && type.Parts.All(part => IsKeepable(part.Type));

    private static bool IsLogged(string name) => Logs.Any(one => IsAlike(name, one));

    private static bool IsFault(string name) => IsAlike(name, FaultColumn) || IsAlike(name, FaultReason);

    private static bool IsAlike(string one, string other) =>
        string.Equals(one, other, StringComparison.OrdinalIgnoreCase);

    /// <summary>The columns that are kept as a file shows them: of the text of a JSON value, the value.</summary>
    private string Shown(TableFormat? format) =>
        string.Concat(Kept.Select(one => $"{Shown(DuckTables.Name(one.Name), format)}, "));

    private string Shown(string name, TableFormat? format) => _form != ValueForm.Json ? name
        : format == TableFormat.JsonLines ? $"{name}::JSON AS {name}"
        : $"CASE WHEN starts_with({name}, '\"') THEN json_extract_string({name}, '$') "
            + $"ELSE nullif({name}, 'null') END AS {name}";

    private string Answers =>
        string.Join(", ", _answers.Select((one, i) => $"{Result}.c{i} AS {DuckTables.Name(one.Name)}"));

    private string Called(string function, RowRange rows, bool keeps = true) =>
        $"""
        (
          SELECT {(keeps ? KeptNames : "")}{rows.Row} AS {Number},
            {function}({rows.Row}{string.Concat(Used.Select(one => $", {DuckTables.Name(one.Name)}"))}) AS {Result}
          FROM {rows.Sql} WHERE {rows.Condition})
        """;

    private string KeptNames => string.Concat(Kept.Select(one => DuckTables.Name(one.Name) + ", "));
}
