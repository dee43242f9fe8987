using System.Data.Common;
using EnvelopeSdk.Registry.Data.Databases;

namespace EnvelopeSdk.Registry.Stores.Shared;

/// <summary>
/// The tables of the shared store. Unlike the catalog it has many writers at once: each locks the rows that it stands on.
/// </summary>
internal sealed class StoreDatabase(Database database)
{
    private const int Attempts = 5;

    public string Name => database.Name;

    public Task<int> PrepareAsync(CancellationToken cancellationToken) =>
        new Migrator(database, Migrator.Store).RunAsync(cancellationToken);

    /// <summary>Reads rows.</summary>
    /// <param name="sql">The query, with parameters <c>@0</c>, <c>@1</c>...</param>
    /// <param name="read">Makes something of a row.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <param name="values">The values of the parameters.</param>
    public Task<List<T>> ReadAsync<T>(
        string sql, Func<DbDataReader, T> read, CancellationToken cancellationToken, params object?[] values) =>
        TryAsync(async () =>
        {
            await using var connection = await database.ConnectAsync(cancellationToken);
            await using var command = connection.CreateCommand();
            command.CommandText = sql;
            command.Add(values);
            await using var rows = await command.ExecuteReaderAsync(cancellationToken);
            return await rows.ToListAsync(read, cancellationToken);
        });

    /// <summary>Whether a query has a row.</summary>
    public async Task<bool> AnyAsync(string sql, CancellationToken cancellationToken, params object?[] values) =>
        (await ReadAsync(sql, _ => true, cancellationToken, values)).Count > 0;

    /// <summary>Runs one statement.</summary>
    /// <returns>How many rows it changed.</returns>
    public Task<int> RunAsync(string sql, CancellationToken cancellationToken, params object?[] values) =>
        TryAsync(async () =>
        {
            await using var connection = await database.ConnectAsync(cancellationToken);
            await using var command = connection.CreateCommand();
            command.CommandText = sql;
            command.Add(values);
            return await command.ExecuteNonQueryAsync(cancellationToken);
        });

    /// <summary>
    /// Does something in one transaction, and does all of it again when the database gave it up for another one's sake.
    /// </summary>
    public async Task<T> WriteAsync<T>(Func<Statements, Task<T>> write, CancellationToken cancellationToken) =>
        await TryAsync(async () =>
        {
            for (var attempt = 1; ; attempt++)
            {
                try
                {
                    await using var connection = await database.ConnectAsync(cancellationToken);
                    await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
                    await using var statements = new Statements(connection, transaction);
                    var result = await write(statements);
                    await transaction.CommitAsync(CancellationToken.None); // who gives up now would not know what holds
                    return result;
                }
                catch (DbException failure) when (failure.IsTransient && failure.SqlState is not null && attempt < Attempts)
                {
                    await Task.Delay(Random.Shared.Next(20 * attempt), cancellationToken);
                }
            }
        });

    private async Task<T> TryAsync<T>(Func<Task<T>> run)
    {
        try
        {
            return await run();
        }
        catch (DbException failure)
        {
            throw new EnvelopeException(
                EnvelopeError.Unavailable,
                $"The database {Name} cannot be used: {failure.Message} Start it, or fix --database.",
                failure);
        }
    }
}

internal static class Rows
{
    public static async Task<List<T>> ToListAsync<T>(
        this DbDataReader rows, Func<DbDataReader, T> read, CancellationToken cancellationToken)
    {
        var found = new List<T>();
        while (await rows.ReadAsync(cancellationToken))
        {
            found.Add(read(rows));
        }

        return found;
    }

    /// <summary>Reads rows within a transaction.</summary>
    public static async Task<List<T>> ListAsync<T>(
        this Statements statements, string sql, Func<DbDataReader, T> read, CancellationToken cancellationToken,
        params object?[] values)
    {
        await using var rows = await statements.ReadAsync(sql, cancellationToken, values);
        return await rows.ToListAsync(read, cancellationToken);
    }

    /// <summary>A digest in a column.</summary>
    public static Envelopes.Digest Digest(this DbDataReader row, int column) =>
        Envelopes.Digest.TryParse("sha256:" + row.GetString(column), out var digest)
            ? digest
            : throw new InvalidDataException($"'{row.GetString(column)}' is no digest.");
}
