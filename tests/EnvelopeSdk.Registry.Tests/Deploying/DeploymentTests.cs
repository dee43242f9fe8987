using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using EnvelopeSdk.Deployments;

namespace EnvelopeSdk.Registry.Tests.Deploying;

/// <summary>Envelopes that come into production, and leave it.</summary>
[Collection(ProcessesCollection.Name)]
public sealed class DeploymentTests
{
    [Fact]
    public async Task An_envelope_that_is_deployed_answers_behind_the_gateway_below_the_name_of_its_configuration()
    {
        await using var store = await DeployedStore.StartAsync();
        await store.ConfigureAsync();
        var envelope = await store.AddAsync(1);

        var live = await store.DeployUntilAsync(envelope);

        Assert.Equal("1", await store.AnswerAsync());
        Assert.Equal(live.Id, (await store.ShowAsync()).Live!.Id);
        Assert.NotNull(live.LiveFrom);
        string[] states =
        [
            DeploymentState.Requested, DeploymentState.Approved, DeploymentState.Building, DeploymentState.Starting,
            DeploymentState.Validated, DeploymentState.Switched, DeploymentState.Drained, DeploymentState.Live,
        ];
        Assert.Equal(states, (await store.HistoryAsync(live)).Steps.Select(one => one.State));
    }

    [Fact]
    public async Task A_configuration_on_which_nothing_runs_is_unavailable_and_says_when_to_try_again()
    {
        await using var store = await DeployedStore.StartAsync();
        await store.ConfigureAsync();
        await Patiently.HoldsAsync(async () => await store.AnswerAsync() == "503");

        using var answer = await store.Callers.PostAsync(new Uri(store.GatewayUrl + "/prices/predict"), null);
        Assert.Equal(503, (int)answer.StatusCode);
        Assert.NotNull(answer.Headers.RetryAfter);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType!.MediaType);
    }

    [Fact]
    public async Task What_takes_the_place_of_another_is_all_that_runs_then()
    {
        await using var store = await DeployedStore.StartAsync();
        await store.ConfigureAsync();
        var first = await store.DeployUntilAsync(await store.AddAsync(1));
        var before = Assert.Single(store.Processes());

        var second = await store.DeployUntilAsync(await store.AddAsync(2));

        Assert.Equal("2", await store.AnswerAsync());
        Assert.Equal(first.Id, second.Previous);
        var retired = (await store.HistoryAsync(first)).Deployment;
        Assert.Equal((DeploymentState.Retired, second.LiveFrom), (retired.State, retired.LiveUntil));
        await Patiently.HoldsAsync(() => store.Processes() is [var only] && only != before);
    }

    [Fact]
    public async Task Each_replica_is_a_process_and_all_of_them_answer()
    {
        await using var store = await DeployedStore.StartAsync();
        await store.ConfigureAsync(new() { Replicas = 3 });
        await store.DeployUntilAsync(await store.AddAsync(1));

        Assert.Equal(3, store.Processes().Count);
        Assert.Equal("1", await store.AnswerAsync());
    }

    [Fact]
    public async Task One_deployment_of_a_configuration_is_under_way_at_a_time()
    {
        await using var store = await DeployedStore.StartAsync();
        await store.ConfigureAsync(new() { NeedsApproval = true });
        var envelope = await store.AddAsync(1);
        var first = await store.DeployAsync(envelope);

        using var second = await store.Client.PostAsJsonAsync(
            "/api/configurations/prices/deployments", new NewDeployment(envelope.ToString()));

        Assert.Equal(409, (int)second.StatusCode);
        Assert.Contains($"{first.Id}", await second.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_rollback_brings_back_what_ran_before_with_its_settings_and_takes_back_further_the_next_time()
    {
        await using var store = await DeployedStore.StartAsync();
        var envelopes = new[] { await store.AddAsync(1), await store.AddAsync(2), await store.AddAsync(3) };
        foreach (var (envelope, replicas) in envelopes.Zip([2, 1, 1]))
        {
            await store.ConfigureAsync(new() { Replicas = replicas });
            await store.DeployUntilAsync(envelope);
        }

        var back = await store.ComesToAsync(await store.RollBackAsync(), DeploymentState.Live);
        Assert.Equal(("2", envelopes[1].Digest.ToString()), (await store.AnswerAsync(), back.Digest));
        Assert.Equal([DeploymentState.Live, DeploymentState.RolledBack], (await store.ListAsync()).Take(2).Select(one => one.State));

        var further = await store.ComesToAsync(await store.RollBackAsync(), DeploymentState.Live);
        Assert.Equal(("1", 1L), (await store.AnswerAsync(), further.Version));
        await Patiently.HoldsAsync(() => store.Processes().Count == 2);
        using var none = await store.Client.PostAsync("/api/configurations/prices/rollback", null);
        Assert.Equal(409, (int)none.StatusCode);
    }

    [Fact]
    public async Task A_rollback_of_what_was_deployed_twice_leads_to_what_ran_before_both()
    {
        await using var store = await DeployedStore.StartAsync();
        await store.ConfigureAsync();
        var (good, bad) = (await store.AddAsync(1), await store.AddAsync(2));
        await store.DeployUntilAsync(good);
        await store.DeployUntilAsync(bad);
        var again = await store.DeployUntilAsync(bad);

        var back = await store.ComesToAsync(await store.RollBackAsync(), DeploymentState.Live);

        Assert.Equal((good.Digest.ToString(), again.Id), (back.Digest, back.TakesBack));
        Assert.Equal("1", await store.AnswerAsync());
    }

    [Fact]
    public async Task Where_something_else_listens_in_place_of_the_gateway_a_deployment_says_so_and_waits()
    {
        await using var store = await DeployedStore.StartAsync();
        using var other = new TcpListener(IPAddress.Loopback, new Uri(store.GatewayUrl).Port);
        other.Start();
        await store.ConfigureAsync();
        var waiting = await store.DeployAsync(await store.AddAsync(1));
        await Patiently.HoldsAsync(async () => (await store.HistoryAsync(waiting)).Deployment.Reason?.Contains(
            "--gateway-urls", StringComparison.Ordinal) == true);

        other.Stop();
        await store.ComesToAsync(waiting, DeploymentState.Live);
        Assert.Equal("1", await store.AnswerAsync());
    }

    [Fact]
    public async Task Deployments_of_what_nobody_knows_are_no_empty_list()
    {
        await using var store = await DeployedStore.StartAsync();
        await store.ConfigureAsync();

        Assert.Empty(await store.ListAsync());
        using var unknown = await store.Client.GetAsync("/api/configurations/pricse/deployments");
        Assert.Equal(404, (int)unknown.StatusCode);
    }

    [Fact]
    public async Task What_runs_goes_on_without_the_registry_and_is_known_to_the_next_one()
    {
        await using var store = await DeployedStore.StartAsync();
        await store.ConfigureAsync();
        var live = await store.DeployUntilAsync(await store.AddAsync(1));
        var process = Assert.Single(store.Processes());

        await store.Served.StopAsync();
        Assert.Equal("1", await store.AnswerAsync());
        await store.Served.StartAsync();

        Assert.Equal(live.Id, (await store.ShowAsync()).Live!.Id);
        await store.DeployUntilAsync(await store.AddAsync(2));
        await Patiently.HoldsAsync(() => store.Processes() is [var only] && only != process);
    }

    [Fact]
    public async Task A_configuration_that_is_taken_away_leaves_its_history_and_no_process()
    {
        await using var store = await DeployedStore.StartAsync();
        await store.ConfigureAsync();
        var live = await store.DeployUntilAsync(await store.AddAsync(1));

        using var removed = await store.Client.DeleteAsync("/api/configurations/prices");
        Assert.Equal(204, (int)removed.StatusCode);

        await Patiently.HoldsAsync(() => store.Processes().Count == 0);
        Assert.Equal("404", await store.AnswerAsync());
        Assert.Equal(DeploymentState.Retired, (await store.HistoryAsync(live)).Deployment.State);
    }

    [Fact]
    public async Task What_ran_at_a_time_is_answered()
    {
        await using var store = await DeployedStore.StartAsync();
        await store.ConfigureAsync();
        var first = await store.DeployUntilAsync(await store.AddAsync(1));
        var second = await store.DeployUntilAsync(await store.AddAsync(2));

        Assert.Equal(first.Id, await ServedAsync(store, second.LiveFrom!.Value.AddTicks(-1)));
        Assert.Equal(second.Id, await ServedAsync(store, second.LiveFrom!.Value));
        Assert.Null(await ServedAsync(store, first.LiveFrom!.Value.AddTicks(-1)));
    }

    [Fact]
    public async Task What_runs_in_another_directory_of_services_is_left_alone_and_said_of_what_waits_for_it()
    {
        await using var store = await DeployedStore.StartAsync();
        await store.ConfigureAsync();
        await store.DeployUntilAsync(await store.AddAsync(1));
        var running = Assert.Single(store.Processes());

        await store.MoveAsync("others");
        var second = await store.AddAsync(2);
        var waiting = await store.DeployAsync(second);
        await Patiently.HoldsAsync(async () =>
            (await store.HistoryAsync(waiting)).Deployment.Reason?.Contains("--deploy-in", StringComparison.Ordinal) == true);
        await store.ConfigureAsync(name: "elsewhere"); // so that this place has a gateway, which knows nothing of the other
        await store.DeployUntilAsync(second, name: "elsewhere");
        Assert.True(Directory.Exists($"/proc/{running}"));

        await store.ChangeAsync(waiting, "cancel");
        await store.MoveAsync("services");
        Assert.Equal("1", await store.AnswerAsync());
        await store.BuildAsync(second, new { Answer = 2 });
        await store.DeployUntilAsync(second);
        Assert.Equal("2", await store.AnswerAsync());
        await Patiently.HoldsAsync(() => store.Processes() is [var only] && only != running);
    }

    [Fact]
    public async Task A_configuration_that_is_removed_and_made_again_runs_where_it_was_made()
    {
        await using var store = await DeployedStore.StartAsync();
        await store.ConfigureAsync();
        await store.DeployUntilAsync(await store.AddAsync(1));
        var running = Assert.Single(store.Processes());

        await store.MoveAsync("others");
        var second = await store.AddAsync(2);
        using var removed = await store.Client.DeleteAsync("/api/configurations/prices");
        await store.ConfigureAsync();
        await store.DeployUntilAsync(second);
        Assert.Equal("2", await store.AnswerAsync());
        Assert.True(Directory.Exists($"/proc/{running}"));
    }

    private static async Task<long?> ServedAsync(DeployedStore store, DateTimeOffset time)
    {
        using var answer = await store.Client.GetAsync(
            $"/api/configurations/prices/served?at={Uri.EscapeDataString(time.ToString("O"))}");
        return answer.IsSuccessStatusCode ? (await answer.Content.ReadFromJsonAsync<Deployment>())!.Id : null;
    }
}

/// <summary>Tests that start services as processes, one test after the other.</summary>
[CollectionDefinition(Name)]
public sealed class ProcessesCollection
{
    public const string Name = "processes";
}
