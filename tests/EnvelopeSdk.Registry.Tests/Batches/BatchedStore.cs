using System.Net.Http.Json;
using EnvelopeSdk.Batches;
using EnvelopeSdk.Registry.Deploying;
using EnvelopeSdk.Registry.Deploying.Builds;
using EnvelopeSdk.Registry.Records;
using EnvelopeSdk.Registry.Tests.Deploying;

namespace EnvelopeSdk.Registry.Tests.Batches;

/// <summary>A registry with a batch, whose jobs are stand-ins that lie where built ones would.</summary>
internal sealed class BatchedStore : IAsyncDisposable
{
    private const string Batch = "/api/batches/nightly";

    private BatchedStore(DeployedStore deployed) => Deployed = deployed;

    public DeployedStore Deployed { get; }

    public HttpClient Client => Deployed.Client;

    public string Output => Deployed.Served.At("out.csv");

    /// <summary>What the batch says, but for what a test changes.</summary>
    public BatchSettings Settings => new()
    {
        Envelope = "golden-linear",
        Input = "/in.csv",
        Output = Output,
        RetrySeconds = 1,
    };

    public static async Task<BatchedStore> StartAsync(
        string? database = null, string? runAs = null, ClusterOptions? cluster = null, int mostJobs = 8) =>
        new(await DeployedStore.StartAsync(database, runAs, cluster, mostJobs));

    /// <summary>What a job does: it waits, and fails as often as it is to.</summary>
    public static Dictionary<string, string> Does(int milliseconds = 0, int failures = 0) => new()
    {
        ["STANDIN_JobMilliseconds"] = $"{milliseconds}",
        ["STANDIN_JobFailures"] = $"{failures}",
    };

    /// <summary>Saves an envelope, with a job that was built.</summary>
    public async Task<EnvelopeReference> AddAsync(int number, params (string Name, string Value)[] tags)
    {
        var envelope = await Deployed.AddAsync(number, null, tags);
        Build(envelope);
        return envelope;
    }

    /// <summary>Where the built job of an envelope lies.</summary>
    public string BuildOf(EnvelopeReference envelope, string platform = "1.0.0") => Path.Combine(
        Deployed.Services, "builds", new BuildKey(envelope, platform, null, Databases: "").Folder);

    /// <summary>Lays what a build of an image of the job leaves where it would be.</summary>
    public async Task BuildImageAsync(EnvelopeReference envelope)
    {
        var folder = Directory.CreateDirectory(Path.Combine(
            Deployed.Services, "builds", new BuildKey(envelope, "1.0.0", new(), Databases: "").Folder)).FullName;
        await new ServiceImage($"services/{envelope.Name}", "1", envelope.Digest, envelope.Digest.Hex)
            .WriteAsync(folder, default);
    }

    /// <summary>Lays a stand-in where the built job of an envelope would be.</summary>
    public void Build(EnvelopeReference envelope, string platform = "1.0.0")
    {
        Directory.CreateDirectory(BuildOf(envelope, platform));
        foreach (var ending in (string[])["dll", "runtimeconfig.json"])
        {
            File.Copy(
                Path.Combine(AppContext.BaseDirectory, "StandIn", $"Service.{ending}"),
                Path.Combine(BuildOf(envelope, platform), $"Job.{ending}"));
        }
    }

    public async Task SaveAsync(BatchSettings settings)
    {
        using var answer = await Client.PutAsJsonAsync(Batch, settings);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
    }

    public async Task<BatchRun> AskAsync()
    {
        using var answer = await Client.PostAsync($"{Batch}/runs", null);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        return (await answer.Content.ReadFromJsonAsync<BatchRun>())!;
    }

    /// <summary>Asks for a run, and waits for its end.</summary>
    public async Task<BatchRun> RunAsync() => await EndAsync((await AskAsync()).Id);

    public async Task<BatchRun> FindAsync(long id) =>
        (await Client.GetFromJsonAsync<BatchRun>($"{Batch}/runs/{id}"))!;

    public async Task<IReadOnlyList<BatchRun>> ListAsync() =>
        (await Client.GetFromJsonAsync<IReadOnlyList<BatchRun>>($"{Batch}/runs?limit=1000"))!;

    public async Task<BatchRun> EndAsync(long id)
    {
        await Patiently.HoldsAsync(async () => !BatchRunState.Active.Contains((await FindAsync(id)).State));
        return await FindAsync(id);
    }

    /// <summary>Waits until the process of a run is there.</summary>
    public async Task RunsAsync(long id)
    {
        await Patiently.HoldsAsync(async () => (await FindAsync(id)).State != BatchRunState.Waiting
            && File.Exists(Path.Combine(Deployed.Services, "runs", $"{id}-1", "pid")));
        Assert.Equal(BatchRunState.Running, (await FindAsync(id)).State);
    }

    /// <summary>Asks for something of a run.</summary>
    public Task<HttpResponseMessage> GetAsync(long id, string what, HttpClient? client = null) =>
        (client ?? Client).GetAsync(new Uri($"{Batch}/runs/{id}/{what}", UriKind.Relative));

    /// <summary>Asks a run to do something.</summary>
    public Task<HttpResponseMessage> PostAsync(long id, string what) =>
        Client.PostAsync(new Uri($"{Batch}/runs/{id}/{what}", UriKind.Relative), null);

    public async Task<string> LogAsync(long id)
    {
        using var answer = await GetAsync(id, "log");
        return await answer.Content.ReadAsStringAsync();
    }

    /// <summary>Changes the tables beside the registry.</summary>
    public async Task WriteAsync(string sql, params object?[] values)
    {
        await using var records = await RecordsDatabase.OpenPreparedAsync(Deployed.Served.Options, default);
        await records.WriteAsync(
            async statements =>
            {
                await statements.RunAsync(sql, default, values);
                return true;
            },
            default);
    }

    public ValueTask DisposeAsync() => Deployed.DisposeAsync();
}
