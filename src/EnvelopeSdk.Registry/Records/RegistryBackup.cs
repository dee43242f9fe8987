using EnvelopeSdk.Packing;
using EnvelopeSdk.Registry.Data.Databases;
using EnvelopeSdk.Registry.Hosting;
using Microsoft.Data.Sqlite;

namespace EnvelopeSdk.Registry.Records;

/// <summary>
/// Copies of what a registry knows that no store can tell: keys, audit, webhooks. They have what signs sessions and
/// messages, and so belong where their owner alone can read them.
/// </summary>
public static class RegistryBackup
{
    private const int Corrupt = 11;
    private const int NoDatabase = 26;

    /// <summary>Writes a copy, whether the registry runs or not: it is as at one moment.</summary>
    /// <param name="options">How the registry is run: its store and database count.</param>
    /// <param name="path">The file, which is not there yet.</param>
    /// <param name="cancellationToken">Stops it; then there is no file.</param>
    /// <exception cref="EnvelopeException">
    /// There is nothing to copy, it is damaged or in PostgreSQL, or the file is there or cannot be written.
    /// </exception>
    public static async Task SaveAsync(
        ServerOptions options, string path, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentException.ThrowIfNullOrEmpty(path);
        var file = FileOf(options, "pg_dump");
        if (!File.Exists(file))
        {
            throw new EnvelopeException(
                EnvelopeError.NotFound,
                $"There is no '{file}': no registry has served '{options.Place}' yet, so there is nothing to back up.");
        }

        if (File.Exists(path))
        {
            throw new EnvelopeException(
                EnvelopeError.Invalid, $"'{path}' is there already. Name another file, or remove that one.");
        }

        await UsingAsync(path, () => CopyAsync(file, path, cancellationToken));
    }

    /// <summary>Takes a copy in place of what is there, of which a copy stays beside it.</summary>
    /// <param name="options">How the registry is run: its store and database count.</param>
    /// <param name="path">The copy.</param>
    /// <param name="cancellationToken">Stops it, before anything is changed.</param>
    /// <returns>Where that lies which was there before; null when there was nothing.</returns>
    /// <exception cref="EnvelopeException">
    /// The file is no copy of this kind, of a newer version, or damaged, or the database cannot be written. All is as
    /// before then.
    /// </exception>
    public static async Task<string?> RestoreAsync(
        ServerOptions options, string path, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentException.ThrowIfNullOrEmpty(path);
        var file = FileOf(options, "pg_restore");
        return await UsingAsync(file, async () =>
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            var copy = $"{file}.{Guid.NewGuid():N}.partial";
            try
            {
                await CheckAsync(path, copy, cancellationToken);
                return Replace(file, copy);
            }
            finally
            {
                SqliteConnection.ClearAllPools();
                Array.ForEach([copy, copy + "-wal", copy + "-shm"], File.Delete);
            }
        });
    }

    private static string FileOf(ServerOptions options, string program) =>
        RecordsDatabase.IsFile(options.Database) ? RecordsDatabase.FileOf(options.Place) : throw new EnvelopeException(
            EnvelopeError.Invalid,
            $"What this registry knows lies in PostgreSQL, whose '{program}' does that: with all that is there, as at "
            + "one moment.");

    /// <summary>Copies a database page by page, as it is at one moment.</summary>
    private static async Task CopyAsync(string from, string to, CancellationToken cancellationToken)
    {
        var partial = $"{to}.{Guid.NewGuid():N}.partial";
        try
        {
            PrivateFile.Create(partial);
            await using (var source = Connect(from, SqliteOpenMode.ReadOnly))
            await using (var target = Connect(partial, SqliteOpenMode.ReadWrite))
            {
                await source.OpenAsync(cancellationToken);
                await target.OpenAsync(cancellationToken);
                source.BackupDatabase(target);
            }

            await EnsureSoundAsync(partial, cancellationToken);
            Flush(partial);
            File.Move(partial, to);
            DurableFile.SyncDirectoryOf(to);
        }
        finally
        {
            File.Delete(partial);
        }
    }

    /// <summary>Copies the copy and brings it to the form of this version, before it takes any place.</summary>
    private static async Task CheckAsync(string path, string copy, CancellationToken cancellationToken)
    {
        if (!File.Exists(path))
        {
            throw new EnvelopeException(EnvelopeError.NotFound, $"There is no file '{path}'.");
        }

        await CopyAsync(path, copy, cancellationToken);
        await using var database = SqliteDatabase.OfFile(copy, isLasting: true);
        await using (var connection = await database.ConnectAsync(cancellationToken))
        {
            await using var command = connection.CreateCommand();
            command.CommandText = $"select count(*) from sqlite_master where name = 'migration_{Migrator.Records}'";
            if (await command.ExecuteScalarAsync(cancellationToken) is 0L)
            {
                throw NoBackup(path);
            }
        }

        await new Migrator(database, Migrator.Records).RunAsync(cancellationToken);
    }

    /// <summary>Puts the copy in the place of what is there, in one step that a running registry sees too.</summary>
    private static string? Replace(string file, string copy)
    {
        var before = File.Exists(file) ? $"{file}.{DateTime.UtcNow:yyyyMMdd'T'HHmmssfff'Z'}" : null;
        if (before is not null)
        {
            Keep(file, before);
        }

        PrivateFile.Ensure(file);
        using var from = Connect(copy, SqliteOpenMode.ReadOnly);
        using var to = Connect(file, SqliteOpenMode.ReadWriteCreate);
        from.Open();
        to.Open();
        from.BackupDatabase(to);
        return before;
    }

    /// <summary>Copies what is there; what is damaged is moved away as it is.</summary>
    private static void Keep(string file, string before)
    {
        try
        {
            PrivateFile.Create(before);
            using var source = Connect(file, SqliteOpenMode.ReadOnly);
            using var target = Connect(before, SqliteOpenMode.ReadWrite);
            source.Open();
            target.Open();
            source.BackupDatabase(target);
        }
        catch (SqliteException damage) when (damage.SqliteErrorCode is Corrupt or NoDatabase)
        {
            File.Move(file, before, overwrite: true);
            foreach (var beside in (string[])["-wal", "-shm"])
            {
                if (File.Exists(file + beside))
                {
                    File.Move(file + beside, before + beside, overwrite: true); // it has what came last
                }
            }
        }

        Flush(before);
    }

    private static void Flush(string path)
    {
        using var file = File.OpenHandle(path, access: FileAccess.ReadWrite);
        RandomAccess.FlushToDisk(file);
    }

    private static async Task EnsureSoundAsync(string path, CancellationToken cancellationToken)
    {
        await using var connection = Connect(path, SqliteOpenMode.ReadWrite);
        await connection.OpenAsync(cancellationToken);
        await using var command = connection.CreateCommand();
        command.CommandText = "pragma integrity_check";
        if (await command.ExecuteScalarAsync(cancellationToken) is not "ok")
        {
            throw NoBackup(path);
        }
    }

    private static SqliteConnection Connect(string path, SqliteOpenMode mode) => new(
        new SqliteConnectionStringBuilder { DataSource = path, Mode = mode, Pooling = false }.ConnectionString);

    private static EnvelopeException NoBackup(string path) => new(
        EnvelopeError.Damaged,
        $"'{path}' is no sound backup of a registry. Take another that 'envelope registry backup' has written.");

    private static Task UsingAsync(string path, Func<Task> action) => UsingAsync(path, async () =>
    {
        await action();
        return true;
    });

    private static async Task<T> UsingAsync<T>(string path, Func<Task<T>> action)
    {
        try
        {
            return await action();
        }
        catch (SqliteException damage) when (damage.SqliteErrorCode is Corrupt or NoDatabase)
        {
            throw new EnvelopeException(
                EnvelopeError.Damaged,
                "It is damaged, or no database: " + damage.Message + " Take another backup.", damage);
        }
        catch (Exception failure) when (failure is SqliteException or IOException or UnauthorizedAccessException)
        {
            throw new EnvelopeException(
                EnvelopeError.Unavailable,
                $"'{path}' cannot be written: {failure.Message} Free space or fix permissions there, and try again.",
                failure);
        }
    }
}
