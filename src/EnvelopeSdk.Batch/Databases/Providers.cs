using System.Data.Common;
using System.Text.RegularExpressions;
using EnvelopeSdk.Batch.Vocabulary;

namespace EnvelopeSdk.Batch.Databases;

/// <summary>
/// The ADO.NET providers of databases that are not the engine's own. A job has those that its project asks for: one in
/// each job would have to fit the packages of each model.
/// </summary>
internal static partial class Providers
{
    /// <summary>
    /// For how many seconds SQLite waits for others who write. (The command of another database may take as long as it
    /// does: for that, of SQLite, this is no bound.)
    /// </summary>
    private const int Patience = 30;

    /// <summary>How long a command may take, or wait, in seconds; 0: for ever.</summary>
    public static int PatienceOf(DatabaseTable table) => table.Kind == DatabaseKind.Sqlite ? Patience : 0;

    /// <summary>Opens a connection.</summary>
    /// <exception cref="EnvelopeException">The job has no such provider, or the database does not answer.</exception>
    public static DbConnection Open(DatabaseTable table)
    {
        var (name, provider) = table.Kind == DatabaseKind.Sqlite
            ? ("SQLite", "Microsoft.Data.Sqlite") : ("PostgreSQL", "Npgsql");
        if (!DbProviderFactories.TryGetFactory(provider, out var factory))
        {
            throw new EnvelopeException(
                EnvelopeError.Invalid,
                $"'{table.Address}' is a database of {name}, and this job was made without it. Put "
                + $"<EnvelopeDatabases>{name}</EnvelopeDatabases> into a PropertyGroup of its project, and build it "
                + "again.");
        }

        var connection = factory.CreateConnection()!;
        try
        {
            connection.ConnectionString = table.Kind == DatabaseKind.Sqlite
                ? new DbConnectionStringBuilder
                {
                    ["Data Source"] = table.Address,
                    ["Pooling"] = "false",
                    ["Default Timeout"] = $"{Patience}",
                }.ConnectionString
                : PostgresAddress.ConnectionString(table.Address);
            connection.Open();
            return connection;
        }
        catch (Exception failure) when (failure is DbException or ArgumentException)
        {
            connection.Dispose();
            throw Failed(table, failure);
        }
    }

    /// <summary>
    /// What a failure of a database means to who asked for it, without the values that a message about values quotes
    /// ("PostgreSQL Documentation", appendix A: class 22 is of data, 23 of what must hold of them).
    /// </summary>
    public static EnvelopeException Failed(DatabaseTable table, Exception failure)
    {
        var message = failure.Message.Split('\n')[0];
        var isForNow = failure is DbException { IsTransient: true } || Locked().IsMatch(message);
        var isOfValues = failure is DbException { SqlState: ['2', '2' or '3', ..] and not NotNull };
        return new(
            isForNow ? EnvelopeError.Unavailable : EnvelopeError.Invalid,
            $"'{table.Address}' does not do what it is asked: "
            + (isOfValues ? Quoted().Replace(message, "\"...\"") : message)
            + (Code().Match(message) is { Success: true } code ? Cures.GetValueOrDefault(code.Groups[1].Value) : ""),
            failure);
    }

    /// <summary>Of a value that has to be there, whose message has names alone (not_null_violation).</summary>
    private const string NotNull = "23502";

    /// <summary>What SQLite says while others write ("Result and Error Codes": busy and locked).</summary>
    [GeneratedRegex("^SQLite Error [56]:")]
    private static partial Regex Locked();

    /// <summary>What helps, by the code that SQLite gives ("Result and Error Codes").</summary>
    private static readonly Dictionary<string, string> Cures = new(StringComparer.Ordinal)
    {
        ["5"] = " Another program writes it: wait for its end.",
        ["6"] = " Another program writes it: wait for its end.",
        ["8"] = " Let it be a file that this user may write, in a folder that it may write, too.",
        ["14"] = " Let its folder be there, and be one that this user may write.",
        ["26"] = " A file of another kind is not to end with .sqlite, .sqlite3 or .db.",
    };

    [GeneratedRegex("^SQLite Error ([0-9]+):")]
    private static partial Regex Code();

    [GeneratedRegex("\".*\"")]
    private static partial Regex Quoted();
}
