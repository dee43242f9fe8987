using System.Net.Http.Json;
using EnvelopeSdk.Deployments;
using EnvelopeSdk.Registry.Records;
using EnvelopeSdk.Registry.Tests.Stores;
using EnvelopeSdk.Registry.Tests.Support;

namespace EnvelopeSdk.Registry.Tests.Deploying;

/// <summary>Envelopes that are deployed by themselves.</summary>
[Collection(ProcessesCollection.Name)]
public sealed class RuleTests
{
    private static readonly RuleSettings Ready = new() { Tags = new Dictionary<string, string> { ["stage"] = "ready" } };

    [Fact]
    public async Task The_newest_envelope_that_has_the_tags_is_deployed_when_it_is_saved_and_when_it_is_tagged()
    {
        await using var store = await StartAsync(Ready);
        var first = await store.AddAsync(1, null, ("stage", "ready"));
        await RunsAsync(store, first);

        var second = await store.AddAsync(2);
        await store.TagAsync(second, "stage", "ready");
        await RunsAsync(store, second);

        Assert.Equal("2", await store.AnswerAsync());
        Assert.All(await store.ListAsync(), one => Assert.Equal("newest", one.Rule));
    }

    [Fact]
    public async Task A_claim_deploys_nothing()
    {
        await using var store = await StartAsync(Ready);
        var claimed = await KeptEnvelopes.AddAsync(
            store.Served.Store, 1, [CraftedStore.Saved(), CraftedStore.Tag("stage", "ready")]);
        await store.BuildAsync(claimed, new { Answer = 1 });

        await Patiently.HoldsAsync(async () =>
            (await TryAsync(store, Ready)).Now is { Envelope: null, Action: "none" } now
            && now.Reason.Contains("claim", StringComparison.Ordinal));
        await Task.Delay(1_000);
        Assert.Empty(await store.ListAsync());
    }

    [Fact]
    public async Task Only_those_whom_the_rule_names_deploy()
    {
        await using var store = await StartAsync(Ready with { By = ["ci"] });
        await store.AddAsync(1, null, ("stage", "ready"));
        Assert.Equal("none", (await TryAsync(store, Ready with { By = ["ci"] })).Now.Action);
        Assert.Equal("deploy", (await TryAsync(store, Ready)).Now.Action);
        await Task.Delay(1_000);
        Assert.Empty(await store.ListAsync());
    }

    [Fact]
    public async Task An_envelope_that_has_failed_is_not_tried_again_and_the_next_one_is()
    {
        await using var store = await StartAsync(Ready);
        await store.AddAsync(1, new { Ends = "Torn." }, ("stage", "ready"));
        await Patiently.HoldsAsync(async () => (await store.ListAsync()) is [{ State: DeploymentState.Failed }]);
        Assert.Equal("none", (await TryAsync(store, Ready)).Now.Action);

        await RunsAsync(store, await store.AddAsync(2, null, ("stage", "ready")));
        Assert.Equal(2, (await store.ListAsync()).Count);
    }

    [Fact]
    public async Task What_was_rolled_back_is_not_deployed_by_the_rule_again()
    {
        await using var store = await StartAsync(Ready);
        var first = await store.AddAsync(1, null, ("stage", "ready"));
        await RunsAsync(store, first);
        var second = await store.AddAsync(2, null, ("stage", "ready"));
        await RunsAsync(store, second);

        await store.ComesToAsync(await store.RollBackAsync(), DeploymentState.Live);
        Assert.Equal("none", (await TryAsync(store, Ready)).Now.Action);
        await Task.Delay(1_000);
        Assert.Equal("1", await store.AnswerAsync());
        Assert.Equal(3, (await store.ListAsync()).Count);
    }

    [Fact]
    public async Task Going_back_to_an_older_envelope_asks_for_approval_and_a_newer_one_takes_the_place_of_what_waits()
    {
        await using var store = await StartAsync(Ready);
        var older = await store.AddAsync(1);
        var newer = await store.AddAsync(2, null, ("stage", "ready"));
        await RunsAsync(store, newer);

        await store.TagAsync(newer, "stage", null);
        await store.TagAsync(older, "stage", "ready");
        await Patiently.HoldsAsync(async () =>
            (await store.ListAsync())[0] is { State: DeploymentState.Requested } one && one.Digest == older.Digest.ToString());

        var newest = await store.AddAsync(3, null, ("stage", "ready"));
        await RunsAsync(store, newest);
        Assert.Equal(DeploymentState.Cancelled, (await store.ListAsync())[1].State);
    }

    [Fact]
    public async Task A_rule_that_cannot_be_looked_at_holds_up_no_other()
    {
        await using var store = await StartAsync(Ready);
        await store.ConfigureAsync(name: "a-first");
        using var made = await store.Client.PutAsJsonAsync("/api/configurations/a-first/rules/newest", Ready);
        await using (var database = RecordsDatabase.Open(null, store.Served.Directory))
        {
            await database.WriteAsync(
                async statements =>
                {
                    await statements.RunAsync(
                        "update rule set settings = @0 where configuration = 'a-first'", default,
                        """{"tags":{"stage":"ready"},"metrics":["of a version that writes them otherwise"]}""");
                    return true;
                },
                default);
        }

        await RunsAsync(store, await store.AddAsync(1, null, ("stage", "ready")));
        Assert.Null((await store.ShowAsync("a-first")).Live);
    }

    [Fact]
    public async Task What_takes_the_place_of_an_envelope_that_was_deleted_while_it_runs_has_to_be_approved()
    {
        await using var store = await StartAsync(Ready);
        await store.ConfigureAsync(name: "a-first");
        using var made = await store.Client.PutAsJsonAsync("/api/configurations/a-first/rules/newest", Ready);
        var lost = await store.AddAsync(1, null, ("stage", "ready"));
        await RunsAsync(store, lost);
        await Patiently.HoldsAsync(async () => (await store.ShowAsync("a-first")).Live is not null);
        await store.Served.Store.DeleteAsync(lost.Name, new Dictionary<Envelopes.Digest, Guid?> { [lost.Digest] = null });

        var next = await store.AddAsync(2, null, ("stage", "ready"));
        await Patiently.HoldsAsync(async () =>
            (await store.ShowAsync("a-first")).Active?.Digest == next.Digest.ToString()
            && (await store.ShowAsync()).Active?.Digest == next.Digest.ToString());
        await Patiently.HoldsAsync(async () =>
            (await store.ShowAsync()).Active!.Reason?.Contains("was deleted", StringComparison.Ordinal) == true);
    }

    [Fact]
    public async Task An_envelope_that_is_deployed_is_not_deleted()
    {
        await using var store = await DeployedStore.StartAsync();
        await store.ConfigureAsync(new() { NeedsApproval = true });
        var envelope = await store.AddAsync(1);
        await store.DeployAsync(envelope);
        using var answer = await store.Client.DeleteAsync($"/api/envelopes/{envelope.Name}/{envelope.Digest}");
        Assert.Equal(409, (int)answer.StatusCode);
        Assert.Contains("prices", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_dry_run_tells_what_would_have_been_taken_since_the_beginning_and_does_nothing()
    {
        await using var store = await DeployedStore.StartAsync();
        await store.ConfigureAsync();
        var first = await store.AddAsync(1, null, ("stage", "ready"));
        var second = await store.AddAsync(2, null, ("stage", "ready"));
        await store.TagAsync(second, "stage", null);

        var run = await TryAsync(store, Ready);

        Assert.Equal((first.ToString(), "deploy"), (run.Now.Envelope, run.Now.Action));
        Assert.Equal(
            [first.ToString(), second.ToString(), first.ToString()], run.History.Select(one => one.Envelope));
        Assert.Empty(await store.ListAsync());
    }

    private static async Task<DeployedStore> StartAsync(RuleSettings rule)
    {
        var store = await DeployedStore.StartAsync();
        await store.ConfigureAsync();
        using var made = await store.Client.PutAsJsonAsync("/api/configurations/prices/rules/newest", rule);
        Assert.True(made.IsSuccessStatusCode, await made.Content.ReadAsStringAsync());
        return store;
    }

    private static async Task<RuleRun> TryAsync(DeployedStore store, RuleSettings rule)
    {
        using var answer = await store.Client.PostAsJsonAsync("/api/configurations/prices/dry-run", rule);
        return (await answer.Content.ReadFromJsonAsync<RuleRun>())!;
    }

    private static async Task RunsAsync(DeployedStore store, EnvelopeReference envelope)
    {
        await Patiently.HoldsAsync(async () =>
            (await store.ListAsync()).Any(one => one.Digest == envelope.Digest.ToString()));
        await store.ComesToAsync(
            (await store.ListAsync()).First(one => one.Digest == envelope.Digest.ToString()), DeploymentState.Live);
    }
}
