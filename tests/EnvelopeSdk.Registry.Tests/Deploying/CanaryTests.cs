using EnvelopeSdk.Deployments;

namespace EnvelopeSdk.Registry.Tests.Deploying;

/// <summary>Envelopes that get a share of the requests before they get all.</summary>
[Collection(ProcessesCollection.Name)]
public sealed class CanaryTests
{
    private static readonly DeploymentSettings Canary = new()
    {
        Strategy = new() { Steps = [new(20, 0), new(50, 0)], MinimumRequests = 20, LatencyMargin = 200 },
    };

    [Fact]
    public async Task A_canary_that_is_as_good_as_what_runs_gets_more_and_more_requests_by_itself_and_then_all()
    {
        await using var store = await StartAsync();
        var canary = await store.DeployAsync(await store.AddAsync(2));
        var answers = await CallWhileAsync(store, canary);

        Assert.Equal(DeploymentState.Live, (await store.ComesToAsync(canary, DeploymentState.Live)).State);
        Assert.Contains("1", answers);
        Assert.Contains("2", answers);
        Assert.DoesNotContain(answers, one => one is not ("1" or "2"));
        var switched = (await store.HistoryAsync(canary)).Steps.Single(one => one.State == DeploymentState.Switched);
        Assert.Contains("0 of", switched.Note, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_canary_that_fails_more_often_than_what_runs_is_withdrawn_by_itself()
    {
        await using var store = await StartAsync();
        var canary = await store.DeployAsync(await store.AddAsync(2, new { Answer = 2, FailsEach = 2 }));
        await CallWhileAsync(store, canary);

        var failed = await store.ComesToAsync(canary, DeploymentState.Failed);
        Assert.Contains("requests failed", failed.Reason, StringComparison.Ordinal);
        await Patiently.HoldsAsync(() => store.Processes().Count == 1);
        Assert.Equal("1", await store.AnswerAsync());
    }

    [Fact]
    public async Task A_canary_that_is_slower_than_what_runs_is_withdrawn_by_itself()
    {
        await using var store = await StartAsync();
        var canary = await store.DeployAsync(await store.AddAsync(2, new { Answer = 2, DelayMilliseconds = 600 }));
        await CallWhileAsync(store, canary);
        Assert.Contains(
            "latency", (await store.ComesToAsync(canary, DeploymentState.Failed)).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_canary_that_answers_nobody_is_withdrawn_though_its_callers_give_up()
    {
        await using var store = await StartAsync();
        var canary = await store.DeployAsync(await store.AddAsync(2, new { Answer = 2, DelayMilliseconds = 600_000 }));
        while (DeploymentState.Active.Contains((await store.HistoryAsync(canary)).Deployment.State))
        {
            await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => CallAsync(store, TimeSpan.FromSeconds(1))));
        }

        Assert.Contains(
            "gave up", (await store.ComesToAsync(canary, DeploymentState.Failed)).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_canary_that_gets_no_requests_waits_until_somebody_promotes_it()
    {
        await using var store = await StartAsync();
        var canary = await store.DeployUntilAsync(await store.AddAsync(2), DeploymentState.Canary);
        await Patiently.HoldsAsync(async () =>
            (await store.HistoryAsync(canary)).Deployment.Reason?.Contains("0 of 20", StringComparison.Ordinal) == true);

        await store.ChangeAsync(canary, "promote");
        await store.ComesToAsync(canary, DeploymentState.Live);
        Assert.Equal("2", await store.AnswerAsync());
    }

    [Fact]
    public async Task A_rollback_while_a_canary_is_under_way_withdraws_it()
    {
        await using var store = await StartAsync();
        var canary = await store.DeployUntilAsync(await store.AddAsync(2), DeploymentState.Canary);

        await store.RollBackAsync();

        Assert.Equal(DeploymentState.Cancelled, (await store.HistoryAsync(canary)).Deployment.State);
        await Patiently.HoldsAsync(() => store.Processes().Count == 1);
        Assert.Equal("1", await store.AnswerAsync());
    }

    [Fact]
    public async Task A_request_that_is_at_a_canary_when_it_is_withdrawn_is_answered_to_its_end()
    {
        await using var store = await StartAsync();
        var canary = await store.DeployUntilAsync(
            await store.AddAsync(2, new { Answer = 2, DelayMilliseconds = 14_000 }), DeploymentState.Canary);
        Task<string> call;
        do
        {
            call = store.AnswerAsync();
        }
        while (await Task.WhenAny(call, Task.Delay(1_000)) == call); // until the canary has one

        await store.ChangeAsync(canary, "cancel");

        Assert.Equal("2", await call);
    }

    [Fact]
    public async Task A_canary_goes_on_where_it_was_when_the_registry_starts_again()
    {
        await using var store = await StartAsync();
        var canary = await store.DeployUntilAsync(await store.AddAsync(2), DeploymentState.Canary);
        await store.Served.RestartAsync();

        await CallWhileAsync(store, canary);
        await store.ComesToAsync(canary, DeploymentState.Live);
    }

    private static async Task<DeployedStore> StartAsync()
    {
        var store = await DeployedStore.StartAsync();
        await store.ConfigureAsync(Canary);
        await store.DeployUntilAsync(await store.AddAsync(1)); // nothing runs beside it: it gets all at once
        return store;
    }

    /// <summary>Calls as somebody who waits so long, and not longer.</summary>
    private static async Task CallAsync(DeployedStore store, TimeSpan patience)
    {
        using var until = new CancellationTokenSource(patience);
        try
        {
            (await store.Callers.PostAsync(new Uri($"{store.GatewayUrl}/prices/predict"), null, until.Token)).Dispose();
        }
        catch (OperationCanceledException)
        {
            // It was not answered in time.
        }
    }

    /// <summary>Calls what is behind the gateway until a deployment has ended.</summary>
    private static async Task<IReadOnlySet<string>> CallWhileAsync(DeployedStore store, Deployment one)
    {
        var answers = new HashSet<string>();
        for (var calls = 0; calls < 5_000; calls++)
        {
            answers.Add(await store.AnswerAsync());
            if (calls % 20 == 0 && !DeploymentState.Active.Contains((await store.HistoryAsync(one)).Deployment.State))
            {
                break;
            }

            await Task.Delay(2);
        }

        return answers;
    }
}
