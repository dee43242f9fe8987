namespace EnvelopeSdk.Batch.Vocabulary;

/// <summary>What kind of database it is.</summary>
internal enum DatabaseKind
{
    DuckDB,
    Sqlite,
    PostgreSql,
}

/// <summary>A table of a database, or a query over it: <c>DATABASE#TABLE</c>.</summary>
/// <param name="Kind">What kind of database it is.</param>
/// <param name="Address">Its file, as a full path, or its address.</param>
/// <param name="Table">The table, or the query.</param>
internal sealed record DatabaseTable(DatabaseKind Kind, string Address, string Table)
{
    private static readonly string[] Schemes = ["postgresql://", "postgres://"];
    private static readonly string[] QueryWords = ["select", "with", "from"];
    private static readonly string[] DuckEndings = [".duckdb", ".ddb"];
    private static readonly string[] SqliteEndings = [".sqlite", ".sqlite3", ".db"];

    /// <summary>
    /// What tells the table from others of its database: two names of one are the same. Names of PostgreSQL are told
    /// apart by their case, as they are written in quotes.
    /// </summary>
    public string Key => Kind == DatabaseKind.PostgreSql
        ? Without("public.", Table) : Without("main.", Table.ToLowerInvariant());

    /// <summary>Whether another name is one of the same table.</summary>
    public bool IsSame(DatabaseTable other) => Key == other.Key && (Address == other.Address
        || (Kind != DatabaseKind.PostgreSql && RealPath.Of(Address) is { } real && real == RealPath.Of(other.Address)));

    /// <summary>Whether a text is a query, and no name.</summary>
    public static bool IsQuery(string text) => QueryWords.Contains(
        new string([.. text.TrimStart().TakeWhile(char.IsAsciiLetter)]), StringComparer.OrdinalIgnoreCase)
        && text.Any(char.IsWhiteSpace);

    /// <summary>Reads one.</summary>
    /// <returns>Null when the text names no database, as a query does not.</returns>
    /// <exception cref="EnvelopeException">
    /// It names a database, and no table of it; or it has a password, which would be seen in lists of processes and in
    /// what is written about runs.
    /// </exception>
    public static DatabaseTable? Parse(string text)
    {
        var at = text.IndexOf('#', StringComparison.Ordinal);
        var address = (at < 0 ? text : text[..at]).Trim();
        if (IsQuery(text) || KindOf(address) is not { } kind)
        {
            return null;
        }

        EnsureNoPassword(address, kind);
        var table = at < 0 ? "" : text[(at + 1)..].Trim().TrimEnd(';');
        return table.Length > 0
            ? new(kind, kind == DatabaseKind.PostgreSql ? address : Path.GetFullPath(address), table)
            : throw new EnvelopeException(
                EnvelopeError.Invalid,
                $"'{address}' is a database. Name the table too, as in '{address}#stones', or a query, as in "
                + $"'{address}#SELECT * FROM stones'.");
    }

    /// <summary>
    /// What a project asks for, in <c>EnvelopeDatabases</c>, so that its job reads and writes some places: the
    /// databases among them that its engine does not have.
    /// </summary>
    /// <exception cref="EnvelopeException">One is a database without a table.</exception>
    public static IReadOnlyList<string> ProvidersOf(IEnumerable<string> places) =>
    [
        .. places.Where(one => !File.Exists(one)).Select(Parse).OfType<DatabaseTable>().Select(one => one.Kind)
            .Where(one => one != DatabaseKind.DuckDB).Distinct().Order()
            .Select(one => one == DatabaseKind.Sqlite ? "SQLite" : "PostgreSQL"),
    ];

    public override string ToString() => $"{Address}#{Table}";

    /// <summary>A name without the schema that is meant where none is named.</summary>
    private static string Without(string schema, string table) =>
        table.StartsWith(schema, StringComparison.Ordinal) ? table[schema.Length..] : table;

    private static void EnsureNoPassword(string address, DatabaseKind kind)
    {
        if (kind == DatabaseKind.PostgreSql && AddressPasswords.Mask(address) is var masked && masked != address)
        {
            throw new EnvelopeException(
                EnvelopeError.Invalid,
                $"'{masked}' has a password in it, which would be seen in lists of "
                + "processes and in what is written about runs. Set PGPASSWORD, or write it into ~/.pgpass.");
        }
    }

    private static DatabaseKind? KindOf(string address) =>
        Schemes.Any(one => address.StartsWith(one, StringComparison.OrdinalIgnoreCase)) ? DatabaseKind.PostgreSql
        : Ends(address, DuckEndings) ? DatabaseKind.DuckDB
        : Ends(address, SqliteEndings) ? DatabaseKind.Sqlite
        : null;

    private static bool Ends(string address, IEnumerable<string> endings) =>
        endings.Any(one => address.EndsWith(one, StringComparison.OrdinalIgnoreCase));
}
