using System.Net.Http.Json;
using EnvelopeSdk.Deployments;
using EnvelopeSdk.Registry.Tests.Support;

namespace EnvelopeSdk.Registry.Tests.Deploying;

/// <summary>The same tables in PostgreSQL.</summary>
[Collection(PostgresServer.Collection)]
public sealed class PostgresDeploymentTests(PostgresServer server)
{
    [DatabaseFact]
    public async Task A_rule_deploys_by_canary_and_what_ran_before_comes_back_and_everything_is_told()
    {
        await using var store = await DeployedStore.StartAsync(await server.CreateDatabaseAsync());
        await store.ConfigureAsync(new() { Strategy = new() { Steps = [new(50, 0)], MinimumRequests = 5, LatencyMargin = 1_000 } });
        var rule = new RuleSettings { Tags = new Dictionary<string, string> { ["stage"] = "ready" } };
        using var made = await store.Client.PutAsJsonAsync("/api/configurations/prices/rules/newest", rule);
        Assert.True(made.IsSuccessStatusCode, await made.Content.ReadAsStringAsync());

        foreach (var number in (int[])[1, 2])
        {
            var envelope = await store.AddAsync(number, null, ("stage", "ready"));
            await Patiently.HoldsAsync(async () =>
                await store.AnswerAsync() is var answer && answer != "503"
                && (await store.ShowAsync()).Live?.Digest == envelope.Digest.ToString());
        }

        await store.ComesToAsync(await store.RollBackAsync(), DeploymentState.Live);
        Assert.Equal("1", await store.AnswerAsync());
        Assert.Equal(
            [DeploymentState.Live, DeploymentState.RolledBack, DeploymentState.Retired],
            (await store.ListAsync()).Select(one => one.State));
    }
}
