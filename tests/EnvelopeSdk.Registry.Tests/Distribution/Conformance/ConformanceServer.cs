using EnvelopeSdk.Registry.Tests.Support;

namespace EnvelopeSdk.Registry.Tests.Distribution.Conformance;

/// <summary>One registry over a folder for all tests of a class. Each test has repositories of its own.</summary>
public class ConformanceServer : IAsyncLifetime
{
    private ServedStore? _served;
    private int _repositories;

    public async Task InitializeAsync() => _served = await StartAsync();

    public async Task DisposeAsync() => await (_served?.DisposeAsync() ?? ValueTask.CompletedTask);

    /// <summary>A repository to which nobody has pushed.</summary>
    internal TestRepository NewRepository() =>
        new(_served!, $"conformance/repository-{Interlocked.Increment(ref _repositories)}");

    private protected virtual async Task<ServedStore?> StartAsync() => await ServedStore.StartAsync();
}

/// <summary>The same over a store that several registries share.</summary>
public sealed class SharedConformanceServer(PostgresServer server) : ConformanceServer
{
    private protected override async Task<ServedStore?> StartAsync() => PostgresServer.WhySkipped is null
        ? await ServedStore.StartAsync(await SharedPlace.MakeAsync(server))
        : null;
}
