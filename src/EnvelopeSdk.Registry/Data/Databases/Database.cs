using System.Data.Common;

namespace EnvelopeSdk.Registry.Data.Databases;

/// <summary>A database that the registry keeps rows in. One text of SQL is for all of them.</summary>
internal abstract class Database : IAsyncDisposable
{
    /// <summary>What the words in braces of the migrations are called here.</summary>
    public abstract IReadOnlyDictionary<string, string> Dialect { get; }

    /// <summary>What to tell a person of it, without passwords.</summary>
    public abstract string Name { get; }

    /// <summary>The database that is named, or a file in the store.</summary>
    /// <param name="connection">A connection string of PostgreSQL, or of SQLite (<c>Data Source=</c>).</param>
    /// <param name="file">The file that is used when none is named.</param>
    /// <exception cref="EnvelopeException">It is no connection string.</exception>
    public static Database Open(string? connection, string file) =>
        connection is null ? SqliteDatabase.OfFile(file)
        : SqliteDatabase.IsNamed(connection) ? new SqliteDatabase(connection)
        : new PostgresDatabase(connection);

    /// <summary>Opens a connection.</summary>
    public abstract Task<DbConnection> ConnectAsync(CancellationToken cancellationToken);

    /// <summary>Begins a transaction that is the only one that writes, among all processes.</summary>
    public abstract Task<DbTransaction> BeginWriteAsync(DbConnection connection, CancellationToken cancellationToken);

    /// <summary>
    /// Makes it new if it is damaged, where it can be made again. What lies elsewhere is its owner's business.
    /// </summary>
    /// <returns>Whether it was damaged.</returns>
    /// <exception cref="EnvelopeException">It is damaged and cannot be made again, or cannot be used.</exception>
    public virtual Task<bool> MendAsync(CancellationToken cancellationToken) => Task.FromResult(false);

    public abstract ValueTask DisposeAsync();
}
