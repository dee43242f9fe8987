using System.Diagnostics;
using EnvelopeSdk.Deployments;

namespace EnvelopeSdk.Registry.Tests.Deploying;

/// <summary>What everybody is told of the last hour.</summary>
[Collection(ProcessesCollection.Name)]
public sealed class LastHourTests
{
    [Fact]
    public async Task Requests_are_counted_on_when_the_gateway_is_killed_and_the_registry_starts_again()
    {
        await using var store = await DeployedStore.StartAsync();
        await store.ConfigureAsync();
        await store.DeployUntilAsync(await store.AddAsync(1, new { Answer = 1, FailsEach = 5 }));
        await CallAsync(store, 5);
        await CountsAsync(store, requests: 5, failed: 1);

        Process.GetProcessById(int.Parse(
            await File.ReadAllTextAsync(Path.Combine(store.Services, "gateway-process", "pid")),
            System.Globalization.CultureInfo.InvariantCulture)).Kill();
        await CallAsync(store, 3);
        await CountsAsync(store, requests: 8, failed: 1);

        await store.Served.RestartAsync();
        await CallAsync(store, 2);
        await CountsAsync(store, requests: 10, failed: 2);
        Assert.Contains(
            "10 requests, 2 failed, 95 % within", await store.Client.GetStringAsync("/deployments/prices"),
            StringComparison.Ordinal);
    }

    /// <summary>Calls until so many calls were answered.</summary>
    private static async Task CallAsync(DeployedStore store, int times)
    {
        for (var answered = 0; answered < times; answered++)
        {
            await Patiently.HoldsAsync(async () => await store.AnswerAsync() is "1" or "500");
        }
    }

    private static async Task CountsAsync(DeployedStore store, long requests, long failed)
    {
        DeploymentTraffic? told = null;
        await Patiently.HoldsAsync(async () =>
            (told = (await store.ShowAsync()).Traffic) is { } traffic
            && (traffic.Requests, traffic.Failed) == (requests, failed));
        Assert.True(told!.MedianMilliseconds <= told.P95Milliseconds);
    }
}
