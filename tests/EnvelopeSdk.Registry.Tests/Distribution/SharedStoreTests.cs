using EnvelopeSdk.Registry.Tests.Support;

namespace EnvelopeSdk.Registry.Tests.Distribution;

// The same of a store that several registries share.

[Collection(PostgresServer.Collection)]
public sealed class SharedBlobTests(PostgresServer server) : BlobTests
{
    private protected override async Task<ServedStore> StartAsync(params string[] envelopes) =>
        await ServedStore.StartAsync(await SharedPlace.MakeAsync(server), envelopes);
}

[Collection(PostgresServer.Collection)]
public sealed class SharedManifestTests(PostgresServer server) : ManifestTests
{
    private protected override async Task<ServedStore> StartAsync(params string[] envelopes) =>
        await ServedStore.StartAsync(await SharedPlace.MakeAsync(server), envelopes);
}

[Collection(PostgresServer.Collection)]
public sealed class SharedListTests(PostgresServer server) : ListTests
{
    private protected override async Task<ServedStore> StartAsync(params string[] envelopes) =>
        await ServedStore.StartAsync(await SharedPlace.MakeAsync(server), envelopes);
}

[Collection(PostgresServer.Collection)]
public sealed class SharedPushedEnvelopeTests(PostgresServer server) : PushedEnvelopeTests
{
    private protected override async Task<ServedStore> StartAsync(params string[] envelopes) =>
        await ServedStore.StartAsync(await SharedPlace.MakeAsync(server), envelopes);
}

[Collection(PostgresServer.Collection)]
public sealed class SharedServedEnvelopeTests(PostgresServer server) : ServedEnvelopeTests
{
    private protected override async Task<ServedStore> StartAsync(params string[] envelopes) =>
        await ServedStore.StartAsync(await SharedPlace.MakeAsync(server), envelopes);
}

[Collection(PostgresServer.Collection)]
public sealed class SharedUploadTests(PostgresServer server) : UploadTests
{
    private protected override async Task<ServedStore> StartAsync(params string[] envelopes) =>
        await ServedStore.StartAsync(await SharedPlace.MakeAsync(server), envelopes);
}
