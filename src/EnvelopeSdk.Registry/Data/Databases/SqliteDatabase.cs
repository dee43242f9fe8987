using System.Data.Common;
using EnvelopeSdk.Packing;
using Microsoft.Data.Sqlite;

namespace EnvelopeSdk.Registry.Data.Databases;

/// <summary>A file of SQLite. Its log is written ahead, so that nobody who reads waits for one who writes.</summary>
internal sealed class SqliteDatabase : Database
{
    private const int Corrupt = 11;
    private const int NoDatabase = 26;
    private const int CannotOpen = 14;

    private const string Settings =
        """
        pragma journal_mode = wal;
        pragma synchronous = normal;
        pragma cache_size = -32768;
        pragma mmap_size = 2147418112;
        """;

    private const string OnDisk = "pragma synchronous = full;";

    private readonly SqliteConnectionStringBuilder _connection;
    private readonly bool _isLasting;

    /// <param name="connection">Names the file.</param>
    /// <param name="isLasting">
    /// Whether it cannot be made again: then what was written is on the disk, and a damaged file stays.
    /// </param>
    /// <exception cref="EnvelopeException">It is no connection string.</exception>
    public SqliteDatabase(string connection, bool isLasting = false)
    {
        _isLasting = isLasting;
        try
        {
            _connection = new(connection);
        }
        catch (ArgumentException wrong)
        {
            throw new EnvelopeException(
                EnvelopeError.Invalid,
                $"The database is no connection of SQLite: {wrong.Message} Write 'Data Source=FILE'.",
                wrong);
        }
    }

    public override IReadOnlyDictionary<string, string> Dialect { get; } = new Dictionary<string, string>
    {
        ["{id}"] = "integer primary key",
        ["{text}"] = "text",
        ["{real}"] = "real",
        ["{rowless}"] = "without rowid",
    };

    public override string Name => $"'{_connection.DataSource}'";

    public static SqliteDatabase OfFile(string path, bool isLasting = false) =>
        new(new SqliteConnectionStringBuilder { DataSource = path }.ConnectionString, isLasting);

    public static bool IsNamed(string connection) =>
        connection.StartsWith("Data Source=", StringComparison.OrdinalIgnoreCase);

    public override async Task<DbConnection> ConnectAsync(CancellationToken cancellationToken)
    {
        var connection = new SqliteConnection(_connection.ConnectionString);
        try
        {
            await connection.OpenAsync(cancellationToken);
            await using var command = connection.CreateCommand();
            command.CommandText = _isLasting ? Settings + OnDisk : Settings;
            await command.ExecuteNonQueryAsync(cancellationToken);
            return connection;
        }
        catch (SqliteException failure) when (failure.SqliteErrorCode == CannotOpen)
        {
            await connection.DisposeAsync();
            throw new EnvelopeException(
                EnvelopeError.Unavailable,
                $"The database {Name} cannot be opened: {failure.Message} Fix the permissions there, or name another "
                + "place with --database 'Data Source=FILE'.",
                failure);
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    public override Task<DbTransaction> BeginWriteAsync(
        DbConnection connection, CancellationToken cancellationToken) =>
        Task.FromResult<DbTransaction>(((SqliteConnection)connection).BeginTransaction(deferred: false));

    public override async Task<bool> MendAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (Path.GetDirectoryName(Path.GetFullPath(_connection.DataSource)) is { } directory)
            {
                Directory.CreateDirectory(directory);
            }

            if (_isLasting)
            {
                PrivateFile.Ensure(_connection.DataSource); // it has what signs sessions, tokens and messages
            }

            await using var connection = await ConnectAsync(cancellationToken);
            await using var command = connection.CreateCommand();
            command.CommandText = "select count(*) from sqlite_master";
            await command.ExecuteScalarAsync(cancellationToken);
            return false;
        }
        catch (SqliteException damage) when (damage.SqliteErrorCode is Corrupt or NoDatabase && _isLasting)
        {
            throw new EnvelopeException(
                EnvelopeError.Damaged,
                $"The database {Name} is damaged, and what it has is nowhere else: {damage.Message} Bring a backup back "
                + "with 'envelope registry restore FILE'.",
                damage);
        }
        catch (SqliteException damage) when (damage.SqliteErrorCode is Corrupt or NoDatabase)
        {
            SqliteConnection.ClearPool(new(_connection.ConnectionString));
            foreach (var suffix in (string[])["", "-wal", "-shm"])
            {
                File.Delete(_connection.DataSource + suffix);
            }

            return true;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new EnvelopeException(
                EnvelopeError.Unavailable,
                $"The database {Name} cannot be made: {failure.Message} Fix the permissions there, or name another "
                + "place with --database 'Data Source=FILE'.",
                failure);
        }
    }

    public override ValueTask DisposeAsync()
    {
        SqliteConnection.ClearPool(new(_connection.ConnectionString));
        return default;
    }
}
