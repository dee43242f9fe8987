using System.Diagnostics;
using EnvelopeSdk.Registry.Hosting;
using Npgsql;

namespace EnvelopeSdk.Benchmarks;

/// <summary>The registry of envelopes.</summary>
internal static class OwnRegistry
{
    private const string S3Key = "S3RVER";
    private const string Bucket = "envelopes";

    /// <summary>Over a store in a directory.</summary>
    public static RegistryKind OfDirectory { get; } = new("envelope registry", directory => StartAsync(
        Path.Combine(directory, "store"), Path.Combine(directory, "user")));

    /// <summary>Over the store of a team.</summary>
    /// <param name="connection">A server of PostgreSQL, in which each registry gets a database.</param>
    /// <param name="isS3">Whether its content lies in a bucket of npm's <c>s3rver</c>; else in a directory.</param>
    public static RegistryKind OfTeam(string connection, bool isS3) => new(
        $"envelope registry with PostgreSQL and {(isS3 ? "s3rver" : "a directory")}", async directory =>
        {
            var database = await NewDatabase.MakeAsync(connection);
            var bucket = isS3 ? await StartBucketAsync(Path.Combine(directory, "s3")) : null;
            return await StartAsync(
                Path.Combine(directory, "store"), Path.Combine(directory, "user"), database.Connection,
                isS3 ? $"s3://{Bucket}/all" : Path.Combine(directory, "blobs"), database, bucket);
        });

    /// <summary>Starts one over a store that is there, or is made.</summary>
    public static Task<StartedServer> StartAsync(string store, string user) => StartAsync(store, user, null, null);

    /// <summary>What the started process does.</summary>
    /// <param name="arguments">The store, the user's directory; database and content of a team.</param>
    public static async Task ServeAsync(string[] arguments)
    {
        await using var server = await RegistryServer.StartAsync(new()
        {
            Store = arguments[0],
            UserDirectory = arguments[1],
            Database = arguments.ElementAtOrDefault(2),
            Blobs = arguments.ElementAtOrDefault(3),
            Urls = "http://127.0.0.1:0",
        });
        Console.WriteLine($"{new Uri(server.Address).Authority} {server.Token}");
        await server.WaitForShutdownAsync();
    }

    private static async Task<StartedServer> StartAsync(
        string store, string user, string? database, string? blobs, params IDisposable?[] beside)
    {
        string?[] arguments = ["serve", store, user, database, blobs];
        return await StartedServer.StartSelfAsync(arguments.OfType<string>(), [.. beside.OfType<IDisposable>()]);
    }

    private static async Task<IDisposable> StartBucketAsync(string directory)
    {
        Directory.CreateDirectory(directory);
        var host = StartedServer.FreeHost();
        var start = new ProcessStartInfo(
            "s3rver",
            [
                "-d", directory, "-a", "127.0.0.1", "-p", host.Split(':')[1], "-s", "--no-vhost-buckets",
                "--configure-bucket", Bucket,
            ])
        {
            RedirectStandardOutput = true, // it says where it listens, and no more
        };
        var process = Process.Start(start)!;
        await StartedServer.WaitAsync(host);
        Environment.SetEnvironmentVariable("AWS_ENDPOINT_URL_S3", $"http://{host}");
        Environment.SetEnvironmentVariable("AWS_ACCESS_KEY_ID", S3Key);
        Environment.SetEnvironmentVariable("AWS_SECRET_ACCESS_KEY", S3Key);
        return new StartedServer(process, host);
    }

    /// <summary>An empty database, which is there as long as this.</summary>
    private sealed class NewDatabase(string server, string name) : IDisposable
    {
        public string Connection { get; } =
            new NpgsqlConnectionStringBuilder(server) { Database = name }.ConnectionString;

        public static async Task<NewDatabase> MakeAsync(string server)
        {
            var name = $"benchmark_{Guid.NewGuid():N}";
            await using var connection = new NpgsqlConnection(server);
            await connection.OpenAsync();
            await using var command = new NpgsqlCommand($"create database {name}", connection);
            await command.ExecuteNonQueryAsync();
            return new(server, name);
        }

        public void Dispose()
        {
            using var connection = new NpgsqlConnection(server);
            connection.Open();
            using var command = new NpgsqlCommand($"drop database {name} with (force)", connection);
            command.ExecuteNonQuery();
        }
    }
}
