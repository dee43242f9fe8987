using EnvelopeSdk.Envelopes;
using EnvelopeSdk.Registries;
using EnvelopeSdk.Registry.Data.Databases;
using EnvelopeSdk.Registry.Events;
using EnvelopeSdk.Tests.Support;

namespace EnvelopeSdk.Registry.Tests.Events;

/// <summary>What a registry keeps of what happens, with no store behind it.</summary>
internal sealed class KeptEvents : IAsyncDisposable
{
    private static readonly EnvelopeReference House = new("house", Digest.Of("house"u8));

    private readonly TempDirectory _directory = new();
    private readonly Database _database;

    private KeptEvents()
    {
        _database = Database.Open(null, _directory.At("index.db"));
        Log = new(_database);
    }

    public AnnouncementLog Log { get; }

    public static async Task<KeptEvents> OpenAsync()
    {
        var kept = new KeptEvents();
        await kept._database.MendAsync(default);
        await new Migrator(kept._database).RunAsync(default);
        await kept.Log.BeginAsync(default);
        return kept;
    }

    /// <summary>Lets tags be set at a time.</summary>
    public async Task HappenAsync(DateTimeOffset now, params string[] tags)
    {
        await using var connection = await _database.ConnectAsync(default);
        await using var transaction = await _database.BeginWriteAsync(connection, default);
        await using (var statements = new Statements(connection, transaction))
        {
            await AnnouncementLog.AddAsync(
                statements,
                [.. tags.Select(tag => UntoldEvent.Of(House, new(RegistryEventKind.Tagged, tag, null, null, "ada", now)))],
                now, default);
        }

        await transaction.CommitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _database.DisposeAsync();
        _directory.Dispose();
    }
}
