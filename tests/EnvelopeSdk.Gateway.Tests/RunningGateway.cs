using EnvelopeSdk.Gateway.Control;
using EnvelopeSdk.Gateway.Routing;
using EnvelopeSdk.Tests.Support;

namespace EnvelopeSdk.Gateway.Tests;

/// <summary>A gateway in a directory of its own, and who tells it its routes.</summary>
internal sealed class RunningGateway : IAsyncDisposable
{
    public const string Name = "diamond-price";

    private readonly TempDirectory _directory = new();
    private GatewayServer _server = null!;
    private long _revision;

    public string Directory => _directory.At("gateway");

    public GatewayClient Control { get; private set; } = null!;

    public HttpClient Client { get; private set; } = null!;

    public string Address => _server.Address;

    public GatewayOptions Options => new()
    {
        Directory = Directory,
        Urls = "http://127.0.0.1:0",
        Patience = TimeSpan.FromSeconds(10),
        Silence = TimeSpan.FromSeconds(2),
    };

    public static async Task<RunningGateway> StartAsync(params RouteVersion[] versions)
    {
        var gateway = new RunningGateway();
        await gateway.StartServerAsync();
        await gateway.RouteAsync(versions);
        return gateway;
    }

    /// <summary>All that a version has of the route.</summary>
    public static RouteVersion All(string id, params string[] replicas) => new(id, 100, replicas);

    /// <summary>Lets other versions share the requests of the one route.</summary>
    public async Task RouteAsync(params RouteVersion[] versions) =>
        Assert.True(await Control.ReplaceAsync(new(++_revision, [new(Name, versions)])));

    public async Task<VersionCounts> CountsAsync(string version)
    {
        var status = await Control.StatusAsync();
        return status.Versions.Concat(status.Leaving).Single(one => one.Version == version).Counts;
    }

    /// <summary>The same when nothing is under way: a caller has its answer, or loses it, before it is counted.</summary>
    public async Task<VersionCounts> EndedCountsAsync(string version)
    {
        for (var i = 0; i < 100 && (await CountsAsync(version)).InFlight > 0; i++)
        {
            await Task.Delay(50);
        }

        return await CountsAsync(version);
    }

    public async Task RestartAsync()
    {
        await StopAsync();
        await StartServerAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _directory.Dispose();
    }

    private async Task StartServerAsync()
    {
        _server = await GatewayServer.StartAsync(Options);
        Control = new(Directory);
        Client = new() { BaseAddress = new($"{_server.Address}/{Name}/") };
    }

    /// <summary>Ends the gateway, and not who calls it.</summary>
    public async Task StopServerAsync() => await _server.DisposeAsync();

    private async Task StopAsync()
    {
        Client.Dispose();
        Control.Dispose();
        await _server.DisposeAsync();
    }
}
