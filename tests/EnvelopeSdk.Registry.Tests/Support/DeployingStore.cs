using System.Net;
using System.Net.Http.Json;
using EnvelopeSdk.Deployments;
using EnvelopeSdk.Gateway.Routing;
using EnvelopeSdk.Registry.Deploying.Records;
using EnvelopeSdk.Registry.Deploying.Traffic;
using EnvelopeSdk.Registry.Hosting;
using EnvelopeSdk.Registry.Records;
using EnvelopeSdk.Registry.Tests.Access;

namespace EnvelopeSdk.Registry.Tests.Support;

/// <summary>
/// A registry that deploys, but whose engine stands still: somebody else has its place. What is under way is where a
/// test has brought it.
/// </summary>
internal sealed class DeployingStore : IAsyncDisposable
{
    private readonly StandInGateway _gateway;
    private readonly FileStream _place;
    private RecordsDatabase? _records;

    private DeployingStore(ServedStore served, StandInGateway gateway, FileStream place) =>
        (Served, _gateway, _place) = (served, gateway, place);

    public ServedStore Served { get; }

    public StandInGateway Gateway => _gateway;

    /// <summary>The directory over whose socket the gateway is told its routes.</summary>
    public string GatewayDirectory => Served.Options.Deploying!.GatewayDirectory;

    public string Address => Served.Address;

    /// <param name="publicUrl">How the gateway is reached; null: where it listens.</param>
    /// <param name="envelopes">The names of kept envelopes that are in the store from the beginning.</param>
    public static async Task<DeployingStore> StartAsync(string? publicUrl, params string[] envelopes)
    {
        var gateway = await StandInGateway.StartAsync();
        FileStream? place = null;
        var served = await ServedStore.StartAsync(
            options =>
            {
                place ??= TakePlace(PlaceOf(options));
                return options with
                {
                    Deploying = new()
                    {
                        Directory = PlaceOf(options),
                        GatewayDirectory = Path.Combine(PlaceOf(options), "gateway"),
                        GatewayUrls = gateway.Address,
                        PublicUrl = publicUrl,
                        Platform = "1.0.0",
                    },
                };
            },
            envelopes);
        return new(served, gateway, place!);
    }

    /// <summary>Makes a configuration, or its next version.</summary>
    public async Task ConfigureAsync(string name, DeploymentSettings settings)
    {
        using var answer = await Served.Client.PutAsJsonAsync($"/api/configurations/{name}", settings);
        answer.EnsureSuccessStatusCode();
    }

    public async Task<DeploymentConfiguration> ConfigurationAsync(string name) =>
        (await Served.Client.GetFromJsonAsync<DeploymentConfiguration>($"/api/configurations/{name}"))!;

    public async Task<Deployment> DeploymentAsync(long id) =>
        (await (await DeploymentsAsync()).FindAsync(id, default))!.Shown;

    /// <summary>Lets an envelope run on a configuration, as the engine would have it in the end.</summary>
    /// <returns>The id of the deployment.</returns>
    public async Task<long> GoLiveAsync(string configuration, string envelope)
    {
        var id = await MoveAsync(configuration, envelope, DeploymentState.Drained);
        var deployments = await DeploymentsAsync();
        Assert.True(await deployments.GoLiveAsync((await deployments.FindAsync(id, default))!, default));
        return id;
    }

    /// <summary>Brings a deployment of an envelope to a state.</summary>
    public async Task<long> MoveAsync(string configuration, string envelope, string state)
    {
        var deployments = await DeploymentsAsync();
        var reference = (await Served.Store.OpenAsync(envelope)).Reference;
        var id = await deployments.AddAsync(
            new(new(configuration, 1, new(), default, "ann"), reference, "1.0.0", "ann"),
            (await deployments.CurrentAsync(configuration, default)).FirstOrDefault(one => one.IsLive), default);
        await MoveAsync(id!.Value, state);
        return id.Value;
    }

    public async Task MoveAsync(long id, string state)
    {
        var deployments = await DeploymentsAsync();
        var one = (await deployments.FindAsync(id, default))!;
        Assert.True(await deployments.MoveAsync(one, state, null, null, default));
    }

    /// <summary>Lets a deployment have ended some days ago.</summary>
    public async Task AgeAsync(long id, int days)
    {
        await DeploymentsAsync();
        await _records!.WriteAsync(
            async statements =>
            {
                await statements.RunAsync(
                    "update deployment set live_until = @1 where id = @0", default, id,
                    DateTimeOffset.UtcNow.AddDays(-days).UtcTicks);
                return true;
            },
            default);
    }

    /// <summary>Lets the engine have said something of a deployment.</summary>
    public async Task ExplainAsync(long id, string reason)
    {
        var deployments = await DeploymentsAsync();
        await deployments.ExplainAsync((await deployments.FindAsync(id, default))!, reason, default);
    }

    /// <summary>Lets the gateway have counted something of a deployment in the last hour, and nothing before.</summary>
    public async Task CountAsync(long id, VersionCounts counts)
    {
        await DeploymentsAsync();
        var (now, before) = (DateTimeOffset.UtcNow, DateTimeOffset.UtcNow.AddDays(-1));
        var nothing = counts with { Requests = 0, Latency = [.. counts.Latency.Select(_ => 0L)] };
        await new TrafficLog(_records!, TimeProvider.System).AddAsync(
            [new(id, now.AddMinutes(-60).AddSeconds(-5), before, nothing), new(id, now, before, counts)], default);
    }

    /// <summary>Signs a browser in with a new key.</summary>
    public async Task<string> SignInAsync(string role, string? pattern, string name = "somebody") =>
        await Session.BeginAsync(Address, await Served.AddKeyAsync(name, role, pattern));

    public async Task<string> PageAsync(string session, string path)
    {
        using var answer = await Session.OpenAsync(Address, session, path);
        return await answer.Content.ReadAsStringAsync();
    }

    public async Task SaysAsync(string session, string path, string text) =>
        Assert.Contains(text, await PageAsync(session, path), StringComparison.Ordinal);

    public async Task SaysNotAsync(string session, string path, string text) =>
        Assert.DoesNotContain(text, await PageAsync(session, path), StringComparison.Ordinal);

    public Task<HttpStatusCode> StatusAsync(string session, string path) => Session.GetAsync(Address, session, path);

    /// <summary>Opens a page and sends its form.</summary>
    public Task<HttpResponseMessage> PostAsync(
        string session, string page, string path, params (string Name, string Value)[] fields) =>
        Session.PostAsync(Address, session, page, path, fields);

    /// <summary>Lets the engine go on by itself.</summary>
    public ValueTask LetGoAsync() => _place.DisposeAsync();

    public async ValueTask DisposeAsync()
    {
        await Served.DisposeAsync();
        await (_records?.DisposeAsync() ?? ValueTask.CompletedTask);
        await _place.DisposeAsync();
        await _gateway.DisposeAsync();
    }

    private async Task<DeploymentStore> DeploymentsAsync() => new(
        _records ??= await RecordsDatabase.OpenPreparedAsync(Served.Options, default), TimeProvider.System);

    private static string PlaceOf(ServerOptions options) => Path.Combine(options.UserDirectory, "services");

    private static FileStream TakePlace(string directory)
    {
        Directory.CreateDirectory(directory);
        return new(Path.Combine(directory, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
    }
}
