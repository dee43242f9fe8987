using System.Globalization;
using EnvelopeSdk.Batches;
using EnvelopeSdk.Registry.Tests.Deploying;
using EnvelopeSdk.Registry.Tests.Support;

namespace EnvelopeSdk.Registry.Tests.Batches;

/// <summary>
/// A registry that is killed (kill -9) wherever it is, while runs begin and end. How often, the environment variable
/// says.
/// </summary>
[Collection(ProcessesCollection.Name)]
public sealed class KilledBatchTests
{
    private static readonly int Kills = int.Parse(
        Environment.GetEnvironmentVariable("ENVELOPE_TEST_KILLS") ?? "8", CultureInfo.InvariantCulture);

    [Fact]
    public async Task No_run_is_lost_or_done_twice_and_no_process_stays_behind()
    {
        await using var store = await BatchedStore.StartAsync();
        await store.AddAsync(1);
        await store.SaveAsync(store.Settings with { Environment = BatchedStore.Does(milliseconds: 700) });
        await store.Deployed.Served.StopAsync();

        var (random, asked) = (new Random(), 0);
        for (var kill = 0; kill < Kills; kill++)
        {
            using var registry = await StartAsync(store.Deployed);
            asked += await TryAskAsync(registry) ? 1 : 0;
            await Task.Delay(random.Next(1_200));
            await registry.KillAsync();
        }

        await store.Deployed.Served.StartAsync();
        await Patiently.HoldsAsync(async () =>
            (await store.ListAsync()).All(one => !BatchRunState.Active.Contains(one.State)));
        var all = await store.ListAsync();
        Console.WriteLine($"{Kills} registries killed: {all.Count} runs.");

        Assert.Equal(asked, all.Count);
        Assert.All(all, one => Assert.True(
            one is { State: BatchRunState.Succeeded, Attempt: 1, Rows: 10 }, $"{one.Id} is {one.State}: {one.Reason}"));
        Assert.Equal(asked, (await File.ReadAllLinesAsync(store.Output)).Length);
        Assert.Equal(0, CommandLines.Count(store.Deployed.Services, "Job.dll"));
    }

    private static Task<RegistryProcess> StartAsync(DeployedStore store)
    {
        var options = store.Served.Options;
        return RegistryProcess.StartAsync(
        [
            "deploying", options.Store, options.Deploying!.Directory, options.Deploying.GatewayDirectory,
            store.GatewayUrl, options.UserDirectory,
        ]);
    }

    private static async Task<bool> TryAskAsync(RegistryProcess registry)
    {
        using var client = new HttpClient { BaseAddress = new(registry.Address) };
        client.DefaultRequestHeaders.Authorization = new("Bearer", ServedStore.KnownToken);
        using var answer = await client.PostAsync("/api/batches/nightly/runs", null);
        Assert.True((int)answer.StatusCode is 201 or 409, await answer.Content.ReadAsStringAsync());
        return (int)answer.StatusCode == 201;
    }
}
