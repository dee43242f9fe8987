using System.Diagnostics;
using System.Globalization;
using EnvelopeSdk.Tests.Support;
using Npgsql;

namespace EnvelopeSdk.Registry.Tests.Support;

/// <summary>A real PostgreSQL on a port of its own, for the tests of a collection.</summary>
public sealed class PostgresServer : IAsyncLifetime
{
    public const string Collection = "PostgreSQL";

    private readonly string _directory = Path.Combine(Path.GetTempPath(), $"envelope-postgres-{Guid.NewGuid():N}");
    private readonly int _port = Ports.Free();
    private Process? _process;

    /// <summary>Why its tests are skipped; null when it is installed.</summary>
    public static string? WhySkipped => Programs is null
        ? "Not installed: PostgreSQL. On Debian: apt-get install postgresql"
        : null;

    /// <summary>Where its programs are, which Debian does not put on the path.</summary>
    private static string? Programs { get; } =
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .Concat(Directory.Exists("/usr/lib/postgresql")
                ? Directory.EnumerateDirectories("/usr/lib/postgresql").Order().Reverse().Select(one => one + "/bin")
                : [])
            .FirstOrDefault(one => File.Exists(Path.Combine(one, "postgres")));

    public async Task InitializeAsync()
    {
        if (Programs is null)
        {
            return;
        }

        Directory.CreateDirectory(_directory);
        if (Environment.UserName == "root")
        {
            await EnvelopeSdk.Tests.Support.Programs.RunAsync("chown", "postgres:postgres", _directory);
        }

        using (var initdb = Start("initdb", "-D", Data, "-U", "postgres", "-A", "trust", "--no-sync", "-E", "UTF8"))
        {
            await initdb.WaitForExitAsync();
            Assert.Equal(0, initdb.ExitCode);
        }

        _process = Start(
            "postgres", "-D", Data, "-p", _port.ToString(CultureInfo.InvariantCulture), "-k", _directory, "-c",
            "listen_addresses=127.0.0.1", "-c", "fsync=off");
        await WaitAsync();
    }

    /// <returns>How to connect to a new, empty database.</returns>
    public async Task<string> CreateDatabaseAsync()
    {
        var name = $"catalog_{Guid.NewGuid():N}";
        await RunAsync($"create database {name}");
        return Connection(name);
    }

    /// <summary>Takes a database away from those who use it.</summary>
    /// <param name="connection">How they connect to it.</param>
    public Task DropDatabaseAsync(string connection) =>
        RunAsync($"drop database {new NpgsqlConnectionStringBuilder(connection).Database} with (force)");

    public async Task DisposeAsync()
    {
        if (_process is null)
        {
            return;
        }

        NpgsqlConnection.ClearAllPools();
        using (var stop = Start("pg_ctl", "stop", "-D", Data, "-m", "immediate"))
        {
            await stop.WaitForExitAsync();
        }

        await _process.WaitForExitAsync();
        _process.Dispose();
        Directory.Delete(_directory, recursive: true);
        File.Delete($"{_directory}.log");
    }

    private string Data => Path.Combine(_directory, "data");

    private string Connection(string database) => string.Create(
        CultureInfo.InvariantCulture, $"Host=127.0.0.1;Port={_port};Username=postgres;Database={database}");

    private async Task RunAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(Connection("postgres"));
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    private async Task WaitAsync()
    {
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                await RunAsync("select 1");
                return;
            }
            catch (NpgsqlException) when (attempt < 300)
            {
                await Task.Delay(50);
            }
        }
    }

    /// <summary>It refuses to run as root.</summary>
    private Process Start(string program, params string[] arguments)
    {
        string[] run = [Path.Combine(Programs!, program), .. arguments];
        string[] whole = Environment.UserName != "root"
            ? run
            : ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups", .. run];
        var start = new ProcessStartInfo("sh", ["-c", "exec \"$@\" >> \"$0\" 2>&1", $"{_directory}.log", .. whole])
        {
            WorkingDirectory = "/",
        };
        return Process.Start(start)!;
    }
}

[CollectionDefinition(PostgresServer.Collection)]
public sealed class PostgresCollection : ICollectionFixture<PostgresServer>;
