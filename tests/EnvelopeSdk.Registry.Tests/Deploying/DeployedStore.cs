using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using EnvelopeSdk.Deployments;
using EnvelopeSdk.Envelopes;
using EnvelopeSdk.Registry.Deploying;
using EnvelopeSdk.Registry.Deploying.Builds;
using EnvelopeSdk.Registry.Runtimes;
using EnvelopeSdk.Registry.Tests.Stores;
using EnvelopeSdk.Registry.Tests.Support;
using EnvelopeSdk.Tests.Support;

namespace EnvelopeSdk.Registry.Tests.Deploying;

/// <summary>
/// A registry that deploys, with a gateway and services as processes. The services are stand-ins, which lie where built
/// ones would.
/// </summary>
internal sealed class DeployedStore : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private ServedStore _served = null!;
    private readonly Dictionary<string, string> _gateways = [];
    private string _services = "services";

    public ServedStore Served => _served;

    public HttpClient Client => _served.Client;

    public string Services => _served.At(_services);

    public string GatewayUrl => _gateways.TryGetValue(_services, out var url) ? url : _gateways[_services] = FreeUrl();

    /// <summary>The version of the packages that it builds with, from its next start on.</summary>
    public string Platform { get; set; } = "1.0.0";

    /// <summary>How often it removes builds that nobody needs, from its next start on.</summary>
    public TimeSpan BetweenPrunes { get; set; } = TimeSpan.FromDays(1);

    /// <summary>The cluster that the registry knows, from its next start on.</summary>
    public ClusterOptions? Cluster { get; set; }

    /// <summary>Asks what the gateway leads to.</summary>
    public HttpClient Callers { get; } = new(new SocketsHttpHandler { UseProxy = false });

    /// <param name="database">How to connect to PostgreSQL; null: files.</param>
    /// <param name="runAs">As whom services run; null: as who runs the tests.</param>
    /// <param name="cluster">The cluster that runs services; null: none does.</param>
    /// <param name="mostJobs">How many jobs of batches run at once.</param>
    public static async Task<DeployedStore> StartAsync(
        string? database = null, string? runAs = null, ClusterOptions? cluster = null, int mostJobs = 8)
    {
        var store = new DeployedStore { Cluster = cluster };
        store._served = await ServedStore.StartAsync(options => options with
        {
            Database = database,
            Store = runAs is null ? options.Store : Passed(options.Store),
            Deploying = RegistryProgram.DeployingOf(
                Path.Combine(Path.GetDirectoryName(options.Store)!, store._services),
                Path.Combine(Path.GetDirectoryName(options.Store)!, store._services + "-gw"), store.GatewayUrl) with
            {
                RunAs = runAs,
                Cluster = store.Cluster,
                Platform = store.Platform,
                MostJobs = mostJobs,
                BetweenPrunes = store.BetweenPrunes,
            },
        });
        return store;
    }

    /// <summary>Saves an envelope through the registry, as a training program does, with a service that was built.</summary>
    /// <param name="number">Tells it from others.</param>
    /// <param name="standIn">What its service does.</param>
    /// <param name="tags">Its tags.</param>
    public async Task<EnvelopeReference> AddAsync(
        int number, object? standIn = null, params (string Name, string Value)[] tags)
    {
        var envelope = await KeptEnvelopes.AddAsync(_served.Store, number, [CraftedStore.Saved()]);
        await SaveAsync(envelope);
        foreach (var (name, value) in tags)
        {
            await TagAsync(envelope, name, value);
        }

        await BuildAsync(envelope, standIn ?? new { Answer = number });
        return envelope;
    }

    /// <summary>Lays a stand-in where the built service of an envelope would be.</summary>
    public async Task BuildAsync(EnvelopeReference envelope, object standIn)
    {
        var folder = Directory.CreateDirectory(Path.Combine(Services, "builds", new BuildKey(envelope, Platform).Folder));
        foreach (var file in Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "StandIn")))
        {
            File.Copy(file, Path.Combine(folder.FullName, Path.GetFileName(file)), overwrite: true);
        }

        File.WriteAllText(Path.Combine(folder.FullName, "standin.json"), JsonSerializer.Serialize(standIn));
        var content = await _served.Store.OpenAsync(envelope.Name, envelope.Digest);
        await File.WriteAllBytesAsync(
            Path.Combine(folder.FullName, "examples.json"), await content.ReadAsync(EnvelopeContent.ExamplesPath));
    }

    /// <summary>Lays what a build of an image leaves where it would be.</summary>
    public async Task BuildImageAsync(EnvelopeReference envelope)
    {
        var folder = Directory.CreateDirectory(
            Path.Combine(Services, "builds", new BuildKey(envelope, Platform, new()).Folder)).FullName;
        await new ServiceImage($"services/{envelope.Name}", "1", envelope.Digest, envelope.Digest.Hex).WriteAsync(folder, default);
    }

    /// <summary>Saves an envelope once more, in the name of the caller.</summary>
    public async Task SaveAsync(EnvelopeReference envelope)
    {
        var writer = new Journal.JournalWriter(
            envelope.Digest, await _served.Store.ReadJournalAsync(envelope), TimeProvider.System);
        writer.Save(null);
        var made = System.Text.Encoding.UTF8.GetString(Journal.JournalLines.Write(writer.Events));
        using var answer = await Client.PostAsJsonAsync(
            $"/api/envelopes/{envelope.Name}/{envelope.Digest}/journal", new { Made = made, Journal = "", Signatures = "" });
        answer.EnsureSuccessStatusCode();
    }

    public async Task TagAsync(EnvelopeReference envelope, string name, string? value)
    {
        using var answer = await Client.PatchAsJsonAsync(
            $"/api/envelopes/{envelope.Name}/{envelope.Digest}/tags", new Dictionary<string, string?> { [name] = value });
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>Starts the registry again, with another directory of services and the gateway of that.</summary>
    public async Task MoveAsync(string services)
    {
        await _served.StopAsync();
        _services = services;
        await _served.StartAsync();
    }

    public async Task ConfigureAsync(DeploymentSettings? settings = null, string name = "prices")
    {
        using var answer = await Client.PutAsJsonAsync($"/api/configurations/{name}", settings ?? new());
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
    }

    public async Task<DeploymentConfiguration> ShowAsync(string name = "prices") =>
        (await Client.GetFromJsonAsync<DeploymentConfiguration>($"/api/configurations/{name}"))!;

    /// <summary>Asks for a deployment.</summary>
    public async Task<Deployment> DeployAsync(EnvelopeReference envelope, string name = "prices") =>
        await PostAsync($"/api/configurations/{name}/deployments", new NewDeployment(envelope.ToString()));

    /// <summary>Deploys, and waits until it has come to a state.</summary>
    public async Task<Deployment> DeployUntilAsync(
        EnvelopeReference envelope, string state = DeploymentState.Live, string name = "prices") =>
        await ComesToAsync(await DeployAsync(envelope, name), state);

    public Task<Deployment> ChangeAsync(Deployment one, string change) =>
        PostAsync($"/api/configurations/{one.Configuration}/deployments/{one.Id}/{change}", null);

    public Task<Deployment> RollBackAsync(string name = "prices") =>
        PostAsync($"/api/configurations/{name}/rollback", null);

    public async Task<DeploymentHistory> HistoryAsync(Deployment one) =>
        (await Client.GetFromJsonAsync<DeploymentHistory>(
            $"/api/configurations/{one.Configuration}/deployments/{one.Id}"))!;

    public Task<string> LogAsync(Deployment one) =>
        Client.GetStringAsync($"/api/configurations/{one.Configuration}/deployments/{one.Id}/log");

    public async Task<IReadOnlyList<Deployment>> ListAsync(string name = "prices") =>
        (await Client.GetFromJsonAsync<IReadOnlyList<Deployment>>($"/api/configurations/{name}/deployments"))!;

    public async Task<Deployment> ComesToAsync(Deployment one, string state)
    {
        for (var begun = Stopwatch.StartNew(); begun.Elapsed < Patience; await Task.Delay(20))
        {
            one = (await HistoryAsync(one)).Deployment;
            if (one.State == state || !DeploymentState.Active.Contains(one.State))
            {
                break;
            }
        }

        Assert.True(one.State == state, $"It is {one.State}, not {state}: {one.Reason}");
        return one;
    }

    /// <summary>What is answered behind the gateway.</summary>
    public async Task<string> AnswerAsync(string name = "prices")
    {
        try
        {
            using var answer = await Callers.PostAsync(new Uri($"{GatewayUrl}/{name}/predict"), null);
            return answer.IsSuccessStatusCode ? await answer.Content.ReadAsStringAsync() : $"{(int)answer.StatusCode}";
        }
        catch (HttpRequestException failure)
        {
            return failure.Message; // the gateway is not there, or broke off
        }
    }

    /// <summary>The ids of the processes that run as services.</summary>
    public IReadOnlyList<int> Processes() => [.. IdsIn(Path.Combine(Services, "instances"))];

    public async ValueTask DisposeAsync()
    {
        Callers.Dispose();
        await _served.StopAsync();
        foreach (var file in IdFilesIn(Path.GetDirectoryName(Services)!))
        {
            await EndAsync(file);
        }

        _served.DeleteFiles();
    }

    /// <summary>Lets everybody pass to what is beside the store.</summary>
    private static string Passed(string store)
    {
        if (!OperatingSystem.IsWindows())
        {
            var directory = Path.GetDirectoryName(store)!;
            File.SetUnixFileMode(directory, File.GetUnixFileMode(directory) | UnixFileMode.OtherExecute);
            Directory.CreateDirectory(store);
            File.SetUnixFileMode(store, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        return store;
    }

    private static string FreeUrl() => string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{Ports.Free()}");

    private static IEnumerable<int> IdsIn(string directory) => IdFilesIn(directory).Select(IdOf).OfType<int>()
        .Where(id => Directory.Exists($"/proc/{id}"));

    private static List<string> IdFilesIn(string directory) => Directory.Exists(directory)
        ? [.. Directory.EnumerateFiles(directory, "pid", SearchOption.AllDirectories)]
        : [];

    /// <summary>Ends a process with all that it has started, which else may write where files are being removed.</summary>
    private static async Task EndAsync(string idFile)
    {
        if (IdOf(idFile) is not { } id)
        {
            return;
        }

        while (ProcessGroup.Runs(id, $"ENVELOPE_PROCESS={idFile}"))
        {
            using var kill = Process.Start("kill", ["-KILL", "--", $"-{id}"]);
            await kill.WaitForExitAsync();
            await Task.Delay(20);
        }
    }

    /// <returns>Null: the process has ended just now, and its files are gone.</returns>
    private static int? IdOf(string file)
    {
        try
        {
            return int.TryParse(File.ReadAllText(file), out var id) ? id : null;
        }
        catch (IOException)
        {
            return null;
        }
    }

    private async Task<Deployment> PostAsync(string path, object? body)
    {
        using var answer = await Client.PostAsync(path, body is null ? null : JsonContent.Create(body));
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        return (await answer.Content.ReadFromJsonAsync<Deployment>())!;
    }
}
