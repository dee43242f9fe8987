using EnvelopeSdk.Layouts;
using EnvelopeSdk.Registry.Data;
using EnvelopeSdk.Registry.Data.Databases;
using EnvelopeSdk.Registry.Data.Indexing;
using EnvelopeSdk.Registry.Stores;
using EnvelopeSdk.Registry.Stores.Blobs;
using EnvelopeSdk.Registry.Stores.Folders;
using EnvelopeSdk.Registry.Stores.Shared;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace EnvelopeSdk.Registry.Hosting;

/// <summary>The store, and the catalog with what keeps it up to date.</summary>
internal static class CatalogServices
{
    /// <exception cref="EnvelopeException">The database or the store is named wrongly.</exception>
    public static void AddCatalog(this IServiceCollection services, ServerOptions options)
    {
        services.TryAddSingleton(TimeProvider.System);
        if (options.Blobs is { } blobs)
        {
            services.AddSharedStore(options.Database, blobs);
        }
        else
        {
            services.AddFolder(options);
        }

        services.AddSingleton<IEnvelopeStore, FollowedStore>();
        services.AddSingleton<ICatalog, IndexedCatalog>();
        services.AddSingleton<CatalogIndex>();
        services.AddHostedService<CatalogService>();
    }

    private static void AddFolder(this IServiceCollection services, ServerOptions options)
    {
        var store = (FolderStore)EnvelopeStore.Open(options.Store);
        var database = Database.Open(options.Database, Path.Combine(store.Address, "registry", "index.db"));
        services.AddSingleton(_ => database); // by a function, so that the end of the server closes it
        services.AddSingleton(store);
        services.AddSingleton<IServedStore, ServedFolder>();
        services.AddSingleton<IUploads, FolderUploads>();
        services.AddSingleton(of => new FactsReader(of.GetRequiredService<IServedStore>(), OnDamage(of)));
        services.AddSingleton<ICatalogFollower, CatalogFollower>();
    }

    private static void AddSharedStore(this IServiceCollection services, string? connection, string blobs)
    {
        if (connection is null || SqliteDatabase.IsNamed(connection))
        {
            throw new EnvelopeException(
                EnvelopeError.Invalid,
                $"Content in '{blobs}' needs a database of PostgreSQL that says what it is. Name one with --database "
                + "'Host=HOST;Database=NAME;Username=USER;Password=PASSWORD', or leave --blobs out.");
        }

        var database = new PostgresDatabase(connection);
        var storage = BlobStorage.Open(blobs);
        services.AddSingleton<Database>(_ => database);
        services.AddSingleton(_ => storage);
        services.AddSingleton<StoreDatabase>();
        services.AddSingleton<DatabaseStore>();
        services.AddSingleton<IServedStore, SharedStore>();
        services.AddSingleton<IUploads, SharedUploads>();
        services.AddSingleton(of => new FactsReader(
            of.GetRequiredService<IServedStore>(), OnDamage(of),
            failure => failure.Error != EnvelopeError.Unavailable)); // nobody compares the whole store later
        services.AddSingleton<ICatalogFollower, SharedFollower>();
        services.AddHostedService<Preparation>(); // before the catalog's, which follows the store
    }

    private static Action<EnvelopeReference, EnvelopeException> OnDamage(IServiceProvider services) =>
        (one, damage) => services.GetRequiredService<ILogger<FactsReader>>().Damaged(one, damage.Message);

    /// <summary>Makes the tables and looks whether content can be written, before anything is served.</summary>
    private sealed class Preparation(StoreDatabase database, IBlobStorage storage) : IHostedService
    {
        public async Task StartAsync(CancellationToken cancellationToken)
        {
            await database.PrepareAsync(cancellationToken);
            await storage.CheckAsync(cancellationToken);
        }

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
