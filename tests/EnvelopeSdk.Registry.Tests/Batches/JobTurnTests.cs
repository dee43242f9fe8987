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
    public async Task Jobs_that_are_more_than_may_run_at_once_wait_for_their_turn_in_the_order_in_which_they_came()
    {
        await using var store = await BatchedStore.StartAsync(mostJobs: 1);
        await store.AddAsync(1);
        var asked = new List<BatchRun>();
        foreach (var name in Names)
        {
            await SaveAsync(store, name, BatchedStore.Does(milliseconds: 8_000));
            asked.Add(await AskAsync(store, name));
            await Patiently.HoldsAsync(async () => await FindAsync(store, asked[^1]) is var one && (asked.Count == 1
                ? one.State == BatchRunState.Running
                : one.Reason?.StartsWith("It waits for its turn: 1 job of a batch runs at once", StringComparison.Ordinal) == true));
        }

        Assert.Equal(BatchRunState.Building, (await FindAsync(store, asked[2])).State);
        await Patiently.HoldsAsync(async () => (await FindAsync(store, asked[2])).State == BatchRunState.Succeeded);

        var ended = new List<BatchRun>();
        foreach (var one in asked)
        {
            ended.Add(await FindAsync(store, one));
        }

        Assert.All(ended, one => Assert.Equal((BatchRunState.Succeeded, null), (one.State, one.Reason)));
        Assert.True(ended[0].Ended < ended[1].Ended && ended[1].Ended < ended[2].Ended);
        Assert.True(ended[2].Ended - ended[0].Ended > TimeSpan.FromSeconds(4), "They ran at once.");
    }

    [Fact]
    public async Task A_run_that_waits_for_its_turn_is_cancelled_at_once_and_holds_up_nobody()
    {
        await using var store = await BatchedStore.StartAsync(mostJobs: 1);
        await store.AddAsync(1);
        var asked = new List<BatchRun>();
        foreach (var (name, time) in Names.Zip([3_000, 60_000, 100]))
        {
            await SaveAsync(store, name, BatchedStore.Does(time));
            asked.Add(await AskAsync(store, name));
        }

        using (await store.Client.PostAsync(new Uri($"/api/batches/two/runs/{asked[1].Id}/cancel", UriKind.Relative), null))
        {
            await Patiently.HoldsAsync(async () => (await FindAsync(store, asked[1])).State == BatchRunState.Cancelled);
        }

        await Patiently.HoldsAsync(async () => (await FindAsync(store, asked[2])).State == BatchRunState.Succeeded);
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
