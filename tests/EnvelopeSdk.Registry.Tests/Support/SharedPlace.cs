using EnvelopeSdk.Registry.Data.Databases;
using EnvelopeSdk.Registry.Stores.Blobs;
using EnvelopeSdk.Registry.Stores.Shared;
using EnvelopeSdk.Tests.Support;

namespace EnvelopeSdk.Registry.Tests.Support;

/// <summary>Where the store of a team lies: a database of its own and a folder or bucket.</summary>
internal sealed class SharedPlace : IAsyncDisposable
{
    private readonly TempDirectory _directory = new();
    private readonly PostgresDatabase _postgres;

    private SharedPlace(string connection, string? blobs)
    {
        (Connection, Blobs) = (connection, blobs ?? _directory.At("blobs"));
        _postgres = new(connection);
        Database = new(_postgres);
        Storage = BlobStorage.Open(Blobs);
        Store = new(Database, Storage);
    }

    public string Connection { get; }

    public string Blobs { get; }

    public StoreDatabase Database { get; }

    public IBlobStorage Storage { get; }

    public DatabaseStore Store { get; }

    /// <param name="server">The server, in which the place gets a database.</param>
    /// <param name="blobs">Where content lies; null: in a directory.</param>
    public static async Task<SharedPlace> MakeAsync(PostgresServer server, string? blobs = null)
    {
        var place = new SharedPlace(await server.CreateDatabaseAsync(), blobs);
        await place.Database.PrepareAsync(default);
        await place.Storage.CheckAsync(default);
        return place;
    }

    /// <summary>The digits of the content that lies in the directory.</summary>
    public IReadOnlyList<string> Lying() =>
        [.. Directory.EnumerateFiles(Path.Combine(Blobs, "sha256")).Select(path => Path.GetFileName(path)).Order()];

    /// <summary>As if all had been sent a day ago.</summary>
    public async Task AgeAsync()
    {
        foreach (var column in (string[])["content.touched", "repository_link.linked", "upload.touched"])
        {
            var parts = column.Split('.');
            await Database.RunAsync($"update {parts[0]} set {parts[1]} = {parts[1]} - interval '25 hours'", default);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _postgres.DisposeAsync();
        Storage.Dispose();
        _directory.Dispose();
    }
}
