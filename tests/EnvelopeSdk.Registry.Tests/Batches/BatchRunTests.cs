using System.Net.Http.Json;
using EnvelopeSdk.Batches;
using EnvelopeSdk.Registry.Deploying.Builds;
using EnvelopeSdk.Registry.Tests.Deploying;

namespace EnvelopeSdk.Registry.Tests.Batches;

/// <summary>Runs of batches, as processes of a job that stands in for a built one.</summary>
[Collection(ProcessesCollection.Name)]
public sealed class BatchRunTests
{
    [Fact]
    public async Task A_run_answers_with_the_envelope_that_is_the_newest_and_its_counts_are_known()
    {
        await using var store = await DeployedStore.StartAsync();
        var (envelope, output) = await PrepareAsync(store, []);

        var done = await RunAsync(store);

        Assert.Equal(
            (BatchRunState.Succeeded, envelope.Digest.ToString(), 10, 1), (done.State, done.Digest, done.Rows, done.Bad));
        Assert.Contains("--overwrite", Assert.Single(await File.ReadAllLinesAsync(output)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_run_that_fails_is_tried_again_behind_what_is_finished_and_no_oftener_than_it_may()
    {
        await using var store = await DeployedStore.StartAsync();
        var (_, output) = await PrepareAsync(store, new() { ["STANDIN_JobFailures"] = "3" }, retries: 1);

        var failed = await RunAsync(store);
        Assert.Equal((BatchRunState.Failed, 2, "error: The disk is full."), (failed.State, failed.Attempt, failed.Reason));
        Assert.DoesNotContain("--overwrite", (await File.ReadAllLinesAsync(output))[1], StringComparison.Ordinal);

        Assert.Equal((BatchRunState.Succeeded, 2), await RunAsync(store) is var next ? (next.State, next.Attempt) : default);
    }

    [Fact]
    public async Task A_run_goes_on_while_the_registry_is_away_and_its_end_is_known_afterwards()
    {
        await using var store = await DeployedStore.StartAsync();
        await PrepareAsync(store, new() { ["STANDIN_JobMilliseconds"] = "3000" });
        var run = await AskAsync(store);
        await Patiently.HoldsAsync(async () => (await FindAsync(store, run.Id)).State == BatchRunState.Running);
        await Task.Delay(500);

        await store.Served.StopAsync();
        await Task.Delay(4_000);
        await store.Served.StartAsync();

        Assert.Equal((BatchRunState.Succeeded, 1), await EndAsync(store, run.Id) is var end ? (end.State, end.Attempt) : default);
    }

    [Fact]
    public async Task A_run_that_is_cancelled_ends_and_another_can_begin()
    {
        await using var store = await DeployedStore.StartAsync();
        await PrepareAsync(store, new() { ["STANDIN_JobMilliseconds"] = "60000" });
        var run = await AskAsync(store);
        await Patiently.HoldsAsync(async () => (await FindAsync(store, run.Id)).State == BatchRunState.Running);
        using var answer = await store.Client.PostAsync($"/api/batches/nightly/runs/{run.Id}/cancel", null);
        answer.EnsureSuccessStatusCode();

        Assert.Equal(BatchRunState.Cancelled, (await EndAsync(store, run.Id)).State);
        Assert.NotEqual(run.Id, (await AskAsync(store)).Id);
    }

    private static async Task<(EnvelopeReference Envelope, string Output)> PrepareAsync(
        DeployedStore store, Dictionary<string, string> environment, int retries = 0)
    {
        var envelope = await store.AddAsync(1);
        var folder = Path.Combine(store.Services, "builds", new BuildKey(envelope, "1.0.0", null, IsJob: true).Folder);
        Directory.CreateDirectory(folder);
        foreach (var ending in (string[])["dll", "runtimeconfig.json"])
        {
            File.Copy(
                Path.Combine(AppContext.BaseDirectory, "StandIn", $"Service.{ending}"), Path.Combine(folder, $"Job.{ending}"));
        }

        var output = store.Served.At("out.csv");
        using var answer = await store.Client.PutAsJsonAsync("/api/batches/nightly", new BatchSettings
        {
            Envelope = envelope.Name, Input = "in.csv", Output = output, Environment = environment, Retries = retries,
            RetrySeconds = 1,
        });
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        return (envelope, output);
    }

    private static async Task<BatchRun> AskAsync(DeployedStore store)
    {
        using var answer = await store.Client.PostAsync("/api/batches/nightly/runs", null);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        return (await answer.Content.ReadFromJsonAsync<BatchRun>())!;
    }

    private static async Task<BatchRun> RunAsync(DeployedStore store) => await EndAsync(store, (await AskAsync(store)).Id);

    private static async Task<BatchRun> FindAsync(DeployedStore store, long id) =>
        (await store.Client.GetFromJsonAsync<BatchRun>($"/api/batches/nightly/runs/{id}"))!;

    private static async Task<BatchRun> EndAsync(DeployedStore store, long id)
    {
        await Patiently.HoldsAsync(async () => !BatchRunState.Active.Contains((await FindAsync(store, id)).State));
        return await FindAsync(store, id);
    }
}
