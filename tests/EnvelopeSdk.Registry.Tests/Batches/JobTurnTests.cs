using System.Net.Http.Json;
using EnvelopeSdk.Batches;
using EnvelopeSdk.Registry.Tests.Deploying;

namespace EnvelopeSdk.Registry.Tests.Batches;

/// <summary>Runs of many batches whose time is the same.</summary>
[Collection(ProcessesCollection.Name)]
public sealed class JobTurnTests
{
    private static readonly string[] Names = ["one", "two", "three"];

    [Fact]
    public async Task Jobs_that_are_more_than_may_run_at_once_wait_for_their_turn_and_the_earlier_run_is_first()
    {
        await using var store = await BatchedStore.StartAsync(mostJobs: 1);
        await store.AddAsync(1);
        var asked = await AskAllAsync(store);
        Assert.Equal(BatchRunState.Building, (await FindAsync(store, asked[2])).State);

        await CancelAsync(store, asked[0]);
        await Patiently.HoldsAsync(async () => (await FindAsync(store, asked[1])).State == BatchRunState.Running);
        Assert.Null((await FindAsync(store, asked[1])).Reason);
        Assert.Equal(BatchRunState.Building, (await FindAsync(store, asked[2])).State);

        await CancelAsync(store, asked[1]);
        await Patiently.HoldsAsync(async () => (await FindAsync(store, asked[2])).State == BatchRunState.Running);
    }

    [Fact]
    public async Task A_run_that_waits_for_its_turn_is_cancelled_at_once_and_holds_up_nobody()
    {
        await using var store = await BatchedStore.StartAsync(mostJobs: 1);
        await store.AddAsync(1);
        var asked = await AskAllAsync(store);

        await CancelAsync(store, asked[1]);
        Assert.Equal(BatchRunState.Running, (await FindAsync(store, asked[0])).State);
        await CancelAsync(store, asked[0]);

        await Patiently.HoldsAsync(async () => (await FindAsync(store, asked[2])).State == BatchRunState.Running);
    }

    /// <summary>Asks for a run of each batch: the job of the first runs for long, and the others wait.</summary>
    private static async Task<List<BatchRun>> AskAllAsync(BatchedStore store)
    {
        var asked = new List<BatchRun>();
        foreach (var name in Names)
        {
            await SaveAsync(store, name, BatchedStore.Does(milliseconds: 600_000));
            asked.Add(await AskAsync(store, name));
            await Patiently.HoldsAsync(async () => await FindAsync(store, asked[^1]) is var one && (asked.Count == 1
                ? one.State == BatchRunState.Running
                : one.Reason?.StartsWith("It waits for its turn: 1 job of a batch runs at once", StringComparison.Ordinal) == true));
        }

        return asked;
    }

    private static async Task CancelAsync(BatchedStore store, BatchRun one)
    {
        using var answer = await store.Client.PostAsync(new Uri($"/api/batches/{one.Batch}/runs/{one.Id}/cancel", UriKind.Relative), null);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        await Patiently.HoldsAsync(async () => (await FindAsync(store, one)).State == BatchRunState.Cancelled);
    }

    private static async Task SaveAsync(BatchedStore store, string name, Dictionary<string, string> does)
    {
        var settings = store.Settings with { Output = store.Deployed.Served.At($"{name}.csv"), Environment = does };
        using var answer = await store.Client.PutAsJsonAsync(new Uri($"/api/batches/{name}", UriKind.Relative), settings);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
    }

    private static async Task<BatchRun> AskAsync(BatchedStore store, string name)
    {
        using var answer = await store.Client.PostAsync(new Uri($"/api/batches/{name}/runs", UriKind.Relative), null);
        return (await answer.Content.ReadFromJsonAsync<BatchRun>())!;
    }

    private static async Task<BatchRun> FindAsync(BatchedStore store, BatchRun one) =>
        (await store.Client.GetFromJsonAsync<BatchRun>(new Uri($"/api/batches/{one.Batch}/runs/{one.Id}", UriKind.Relative)))!;
}
