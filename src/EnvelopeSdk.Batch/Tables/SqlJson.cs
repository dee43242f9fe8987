using System.Text.Encodings.Web;
using System.Text.Json;
using EnvelopeSdk.Batch.Columns;

namespace EnvelopeSdk.Batch.Tables;

/// <summary>
/// Values as texts of JSON, made by SQL, with the digits that they have: the engine's own writer of JSON takes decimal
/// numbers for those of 64 bits, writes those of 32 bits with the digits of 64, bytes as escapes, and NaN, which nobody
/// could read.
/// </summary>
/// <param name="column">The name of the column, which messages say.</param>
/// <param name="asText">Whether what JSON does not have becomes a string; else that is an error.</param>
internal sealed class SqlJson(string column, bool asText = false)
{
    private readonly string _otherwise = $"error({DuckTables.Quoted(
        $"The column '{column}' has NaN or an infinite number, which JSON does not have. Keep others with --key, or "
        + "write another kind of file.")})";

    private readonly string _isNone = $"error({DuckTables.Quoted(
        $"The column '{column}' has a value that is said to be JSON and is none. Keep others with --key, or make "
        + "strings of them in a query.")})";

    /// <summary>The text of a value, as SQL writes it; NULL where it has none.</summary>
    /// <param name="value">The value, as SQL has it.</param>
    /// <param name="type">Its type.</param>
    public string Of(string value, ColumnType type) => Of(value, type, 0);

    /// <summary>
    /// Rows as lines of JSON: a query of one column. What is JSON has its own null, and is left out where it is not
    /// there, as it was in the line that it comes from.
    /// </summary>
    /// <param name="tables">The engine.</param>
    /// <param name="sql">The rows, as a query.</param>
    /// <param name="asText">Whether what JSON does not have becomes a string.</param>
    public static string Lines(DuckTables tables, string sql, bool asText)
    {
        var members = tables.Columns($"SELECT * FROM ({sql}) LIMIT 0").Select(one =>
        {
            var text = new SqlJson(one.Name, asText).Of(DuckTables.Name(one.Name), one.Type);
            return one.Type.IsJson ? $"{Key(one.Name)} || {text}" : $"{Key(one.Name)} || coalesce({text}, 'null')";
        });
        return $"SELECT concat('{{', concat_ws(',', {string.Join(", ", members)}), '}}') FROM ({sql})";
    }

    /// <summary>
    /// A date or a point in time as ISO 8601 has it, with its offset where it has one. Years outside of 1 to 9999 are
    /// expanded ones with a sign, of which the year before 1 is 0; the engine has that one with the era behind the day.
    /// </summary>
    public static string Time(string value, ColumnType type)
    {
        var text = $"{value}::VARCHAR";
        var year = $"CAST(split_part({text}, '-', 1) AS INTEGER)";
        var rest = $"substr({text}, strpos({text}, '-'))";
        var iso =
            $"CASE WHEN contains({text}, ' (BC)') THEN CASE WHEN {year} = 1 THEN '0000' "
            + $"ELSE printf('-%04d', {year} - 1) END || replace(replace({rest}, ' (BC)', ''), ' ', 'T') "
            + $"WHEN regexp_matches({text}, '^[0-9]{{5}}') THEN '+' || replace({text}, ' ', 'T') "
            + $"ELSE replace({text}, ' ', 'T') END";
        return type.IsUtc ? $"regexp_replace({iso}, '\\+00$', '+00:00')" : iso; // the engine's zone is UTC
    }

    /// <param name="value">The value, as SQL has it.</param>
    /// <param name="type">Its type.</param>
    /// <param name="depth">How many lists it is in: each has a name for its items.</param>
    private string Of(string value, ColumnType type, int depth) => type.Kind switch
    {
        ColumnKind.Null => "NULL",
        ColumnKind.Float or ColumnKind.Double =>
            $"CASE WHEN {value} IS NULL THEN NULL WHEN isfinite({value}) THEN {value}::VARCHAR "
            + $"ELSE {(asText ? Quoted($"{value}::VARCHAR") : _otherwise)} END",
        ColumnKind.Text when type.IsJson =>
            $"CASE WHEN {value} IS NULL THEN NULL WHEN {IsJson($"{value}::VARCHAR")} THEN {OnOneLine(value)} "
            + $"ELSE {(asText ? $"to_json({value}::VARCHAR)::VARCHAR" : _isNone)} END",
        ColumnKind.Text or ColumnKind.Other => $"to_json({value})::VARCHAR",
        ColumnKind.Decimal when type.Scale == type.Width => // whose text is .05
            $"regexp_replace({value}::VARCHAR, '^(-?)\\.', '\\10.')",
        ColumnKind.Bytes => Quoted($"to_base64({value})"),
        ColumnKind.Timestamp or ColumnKind.Date => Quoted(Time(value, type)),
        ColumnKind.Uuid or ColumnKind.Time or ColumnKind.Interval => Quoted($"{value}::VARCHAR"),
        ColumnKind.List or ColumnKind.Array =>
            Items(value, $"x{depth}", Of($"x{depth}", type.Parts[0].Type, depth + 1)),
        ColumnKind.Map => Map(value, type, $"x{depth}", depth),
        ColumnKind.Struct => $"CASE WHEN {value} IS NULL THEN NULL ELSE {Object(type.Parts.Select(
            one => Member(one.Name, Of(Field(value, one.Name), one.Type, depth))))} END",
        _ => $"{value}::VARCHAR", // true, false, and numbers, whose texts are those of JSON
    };

    private string Map(string value, ColumnType type, string entry, int depth)
    {
        var item = Of(Field(entry, "value"), type.Parts[1].Type, depth + 1);
        var member = $"to_json({Field(entry, "key")}::VARCHAR)::VARCHAR || ':' || coalesce({item}, 'null')";
        return Items($"map_entries({value})", entry, member, "{", "}");
    }

    private static string Items(string list, string name, string item, string open = "[", string close = "]") =>
        $"'{open}' || array_to_string(list_transform({list}, lambda {name}: coalesce({item}, 'null')), ',') "
        + $"|| '{close}'";

    private static string Object(IEnumerable<string> members) =>
        $"concat('{{', {string.Join(", ',', ", members)}, '}}')";

    private static string Member(string name, string text) => $"{Key(name)}, coalesce({text}, 'null')";

    private static string Key(string name) => DuckTables.Quoted(
        $"\"{JsonEncodedText.Encode(name, JavaScriptEncoder.UnsafeRelaxedJsonEscaping)}\":");

    /// <summary>Not with a point: in front of it a column of the table is meant, if one is called so.</summary>
    private static string Field(string value, string name) => $"struct_extract({value}, {DuckTables.Quoted(name)})";

    private static string Quoted(string text) => $"'\"' || {text} || '\"'";

    /// <summary>
    /// Of what the engine takes for JSON, NaN, infinite numbers and commas behind the last are none (RFC 8259): they
    /// are looked for where there are no strings.
    /// </summary>
    private static string IsJson(string text) =>
        $"json_valid({text}) AND NOT regexp_matches(regexp_replace({text}, "
        + """'"(\\.|[^"\\])*"', '""', 'g'), '(?i)nan|inf|,\s*[\]}]')""";

    /// <summary>Ends of lines in JSON are white space, and would end a line here.</summary>
    private static string OnOneLine(string value) => $"translate({value}::VARCHAR, chr(10) || chr(13), '  ')";
}
