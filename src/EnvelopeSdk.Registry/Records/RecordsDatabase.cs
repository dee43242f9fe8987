using System.Data.Common;
using EnvelopeSdk.Registry.Data.Databases;
using EnvelopeSdk.Registry.Hosting;

namespace EnvelopeSdk.Registry.Records;

/// <summary>
/// Where lies what cannot be made again from the store, such as the audit and keys: beside the catalog in PostgreSQL,
/// or in a file of its own.
/// </summary>
internal sealed class RecordsDatabase(Database database) : IAsyncDisposable
{
    private const string FileName = "registry.db";

    /// <summary>Who is let in does not wait for the catalog.</summary>
    private const int Part = 1;

    public Database Database => database;

    /// <summary>The file of a store.</summary>
    public static string FileOf(string store) => Path.Combine(store, "registry", FileName);

    /// <summary>Whether it is a file of the store.</summary>
    /// <param name="connection">The database of the catalog, as the registry is told it.</param>
    public static bool IsFile(string? connection) => connection is null || SqliteDatabase.IsNamed(connection);

    /// <param name="connection">The database of the catalog, as the registry is told it.</param>
    /// <param name="store">The directory of the store.</param>
    /// <exception cref="EnvelopeException">It is no connection string.</exception>
    public static RecordsDatabase Open(string? connection, string store) => new(
        IsFile(connection)
            ? SqliteDatabase.OfFile(FileOf(store), isLasting: true)
            : new PostgresDatabase(connection!, Part));

    /// <summary>Makes the tables that are not there yet.</summary>
    /// <exception cref="EnvelopeException">
    /// It cannot be used, is damaged, or a newer version has used it.
    /// </exception>
    public async Task PrepareAsync(CancellationToken cancellationToken)
    {
        await database.MendAsync(cancellationToken);
        await new Migrator(database, Migrator.Records).RunAsync(cancellationToken);
    }

    /// <summary>Opens the database of a registry, for who uses it beside the registry.</summary>
    /// <exception cref="EnvelopeException">It cannot be used.</exception>
    public static async Task<RecordsDatabase> OpenPreparedAsync(
        ServerOptions options, CancellationToken cancellationToken)
    {
        if (options.Blobs is not null && IsFile(options.Database))
        {
            throw new EnvelopeException(
                EnvelopeError.Invalid,
                "The registry of a team has its keys in its database. Name it with --database 'Host=...', as for the "
                + "registry itself.");
        }

        var database = Open(options.Database, options.Place);
        try
        {
            await database.PrepareAsync(cancellationToken);
            return database;
        }
        catch
        {
            await database.DisposeAsync();
            throw;
        }
    }

    /// <summary>Reads rows.</summary>
    /// <param name="sql">The query, with parameters <c>@0</c>, <c>@1</c>...</param>
    /// <param name="read">Makes something of a row.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <param name="values">The values of the parameters.</param>
    /// <exception cref="EnvelopeException">The database cannot be used.</exception>
    public Task<IReadOnlyList<T>> ReadAsync<T>(
        string sql, Func<DbDataReader, T> read, CancellationToken cancellationToken, params object?[] values) =>
        UsingAsync<IReadOnlyList<T>>(async () =>
        {
            await using var connection = await database.ConnectAsync(cancellationToken);
            await using var command = connection.CreateCommand();
            command.CommandText = sql;
            command.Add(values);
            await using var rows = await command.ExecuteReaderAsync(cancellationToken);
            var found = new List<T>();
            while (await rows.ReadAsync(cancellationToken))
            {
                found.Add(read(rows));
            }

            return found;
        });

    /// <summary>Does something in one transaction, which is the only one that writes.</summary>
    /// <exception cref="EnvelopeException">The database cannot be used; then nothing was written.</exception>
    public Task<T> WriteAsync<T>(Func<Statements, Task<T>> write, CancellationToken cancellationToken) =>
        UsingAsync(async () =>
        {
            await using var connection = await database.ConnectAsync(cancellationToken);
            await using var transaction = await database.BeginWriteAsync(connection, cancellationToken);
            await using var statements = new Statements(connection, transaction);
            var result = await write(statements);
            await transaction.CommitAsync(cancellationToken);
            return result;
        });

    private async Task<T> UsingAsync<T>(Func<Task<T>> use)
    {
        try
        {
            return await use();
        }
        catch (DbException failure)
        {
            throw new EnvelopeException(
                EnvelopeError.Unavailable,
                $"The database {database.Name} cannot be used: {failure.Message} Free space or fix permissions there, and "
                + "try again.",
                failure);
        }
    }

    public ValueTask DisposeAsync() => database.DisposeAsync();
}
