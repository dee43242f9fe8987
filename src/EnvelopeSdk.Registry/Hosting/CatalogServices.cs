using EnvelopeSdk.Layouts;
using EnvelopeSdk.Registry.Data;
using EnvelopeSdk.Registry.Data.Databases;
using EnvelopeSdk.Registry.Data.Indexing;
using EnvelopeSdk.Registry.Stores;
using EnvelopeSdk.Registry.Stores.Folders;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace EnvelopeSdk.Registry.Hosting;

/// <summary>The store, and the catalog with what keeps it up to date.</summary>
internal static class CatalogServices
{
    /// <exception cref="EnvelopeException">The database or the store is named wrongly.</exception>
    public static void AddCatalog(this IServiceCollection services, ServerOptions options)
    {
        var store = (FolderStore)EnvelopeStore.Open(options.Store);
        var database = Database.Open(options.Database, Path.Combine(store.Address, "registry", "index.db"));
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(store);
        services.AddSingleton<IServedStore, ServedFolder>();
        services.AddSingleton<IUploads, FolderUploads>();
        services.AddSingleton<IEnvelopeStore, FollowedStore>();
        services.AddSingleton(_ => database); // by a function, so that the end of the server closes it
        services.AddSingleton<ICatalog, IndexedCatalog>();
        services.AddSingleton<CatalogIndex>();
        services.AddSingleton(of => new FactsReader(
            of.GetRequiredService<IServedStore>(),
            (one, damage) => of.GetRequiredService<ILogger<FactsReader>>().Damaged(one, damage.Message)));
        services.AddSingleton<ICatalogFollower, CatalogFollower>();
        services.AddHostedService<CatalogService>();
    }
}
