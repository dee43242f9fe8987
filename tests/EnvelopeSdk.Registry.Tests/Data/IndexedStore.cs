using EnvelopeSdk.Registry.Data;
using EnvelopeSdk.Registry.Data.Databases;
using EnvelopeSdk.Registry.Data.Indexing;
using EnvelopeSdk.Registry.Stores.Folders;
using EnvelopeSdk.Registry.Tests.Support;

namespace EnvelopeSdk.Registry.Tests.Data;

/// <summary>A store, and an index of it that follows when it is told to.</summary>
internal sealed class IndexedStore : IAsyncDisposable
{
    private IndexedStore(CraftedStore crafted, string? connection, TimeProvider? clock)
    {
        Crafted = crafted;
        Database = Database.Open(connection, crafted.At("index.db"));
        Catalog = new IndexedCatalog(Database);
        Index = new(Database);
        Follower = new(
            crafted.Store, Index, new(new ServedFolder(crafted.Store), (one, _) => Damaged.Add(one)),
            clock ?? TimeProvider.System);
    }

    public CraftedStore Crafted { get; }

    public Database Database { get; }

    public ICatalog Catalog { get; }

    public ICatalog Oracle => new StoreCatalog(Crafted.Store);

    public CatalogIndex Index { get; }

    public CatalogFollower Follower { get; }

    /// <summary>Of which it was said that they cannot be read.</summary>
    public List<EnvelopeReference> Damaged { get; } = [];

    /// <param name="crafted">The store.</param>
    /// <param name="connection">An empty database; null: a file.</param>
    /// <param name="clock">What the follower takes for the time.</param>
    public static async Task<IndexedStore> OpenAsync(
        CraftedStore crafted, string? connection = null, TimeProvider? clock = null)
    {
        var indexed = new IndexedStore(crafted, connection, clock);
        await indexed.Database.MendAsync(default);
        await new Migrator(indexed.Database).RunAsync(default);
        return indexed;
    }

    /// <summary>What the index finds after it has followed.</summary>
    public async Task<IReadOnlyList<EnvelopeReference>> FindAsync(Queries.EnvelopeQuery? query = null)
    {
        await Follower.CatchUpAsync(default);
        return [.. (await Catalog.FindAsync(query ?? new(), null, 1000, default)).Select(one => one.Reference)];
    }

    public async ValueTask DisposeAsync()
    {
        Follower.Dispose();
        await Database.DisposeAsync();
        Crafted.Dispose();
    }
}
