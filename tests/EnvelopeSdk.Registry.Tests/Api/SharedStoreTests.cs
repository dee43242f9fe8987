using EnvelopeSdk.Registry.Tests.Support;

namespace EnvelopeSdk.Registry.Tests.Api;

// The same of a store that several registries share.

[Collection(PostgresServer.Collection)]
public sealed class SharedCatalogTests(PostgresServer server) : CatalogTests
{
    private protected override async Task<ServedStore> StartAsync(params string[] envelopes) =>
        await ServedStore.StartAsync(await SharedPlace.MakeAsync(server), envelopes);
}
