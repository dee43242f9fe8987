using EnvelopeSdk.Deployments;

namespace EnvelopeSdk.Registry.Tests.Deploying;

/// <summary>What an envelope must pass, and what happens to one that does not.</summary>
[Collection(ProcessesCollection.Name)]
public sealed class GateTests
{
    private static readonly DeploymentGates R2 = new() { Metrics = [new("r2", MetricGate.Higher, 0.01)] };

    [Fact]
    public async Task A_service_that_ends_while_it_starts_fails_with_the_end_of_its_log_and_what_runs_goes_on()
    {
        await using var store = await DeployedStore.StartAsync();
        await store.ConfigureAsync();
        var live = await store.DeployUntilAsync(await store.AddAsync(1));

        var failed = await store.DeployUntilAsync(
            await store.AddAsync(2, new { Ends = "The model file is torn." }), DeploymentState.Failed);

        Assert.Contains("ended while it started", failed.Reason, StringComparison.Ordinal);
        Assert.Contains($"'envelope deployment log prices {failed.Id}'", failed.Reason, StringComparison.Ordinal);
        Assert.DoesNotContain("torn", failed.Reason, StringComparison.Ordinal); // what a service writes may be secret
        Assert.Contains("The model file is torn.", await store.LogAsync(failed), StringComparison.Ordinal);
        Assert.Equal("1", await store.AnswerAsync());
        Assert.Equal(live.Id, (await store.ShowAsync()).Live!.Id);
        await Patiently.HoldsAsync(() => store.Processes().Count == 1);
    }

    [Fact]
    public async Task A_service_that_is_not_ready_in_time_fails()
    {
        await using var store = await DeployedStore.StartAsync();
        await store.ConfigureAsync(new() { Limits = new() { StartSeconds = 1 } });

        var failed = await store.DeployUntilAsync(
            await store.AddAsync(1, new { StartSeconds = 60 }), DeploymentState.Failed);

        Assert.Contains("not ready after 1 seconds", failed.Reason, StringComparison.Ordinal);
        await Patiently.HoldsAsync(() => store.Processes().Count == 0);
    }

    [Fact]
    public async Task A_service_that_needs_some_time_to_be_ready_gets_no_request_before()
    {
        await using var store = await DeployedStore.StartAsync();
        await store.ConfigureAsync();
        await store.DeployUntilAsync(await store.AddAsync(1, new { Answer = 1, StartSeconds = 1 }));
        Assert.Equal("1", await store.AnswerAsync());
    }

    [Fact]
    public async Task A_service_that_answers_a_recorded_example_otherwise_fails()
    {
        await using var store = await DeployedStore.StartAsync();
        await store.ConfigureAsync();

        var failed = await store.DeployUntilAsync(
            await store.AddAsync(1, new { Recorded = "-1" }), DeploymentState.Failed);

        Assert.Contains("example 1", failed.Reason, StringComparison.Ordinal);
        Assert.Contains("another value", failed.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_service_that_has_more_memory_than_its_limit_after_the_examples_fails()
    {
        await using var store = await DeployedStore.StartAsync();
        await store.ConfigureAsync(new() { Limits = new() { MemoryMegabytes = 32 } });
        var failed = await store.DeployUntilAsync(await store.AddAsync(1), DeploymentState.Failed);
        Assert.Contains("32", failed.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, "not recorded")]
    [InlineData("\"NaN\"", "NaN")]
    [InlineData("0.88", "0.9")]
    public async Task An_envelope_whose_metric_is_worse_than_that_of_what_runs_fails_before_it_is_built(
        string? metric, string said)
    {
        await using var store = await DeployedStore.StartAsync();
        await store.ConfigureAsync(new() { Gates = R2 });
        var first = await store.AddAsync(1);
        await RecordAsync(store, first, "0.9");
        await store.DeployUntilAsync(first);

        var second = await store.AddAsync(2);
        if (metric is not null)
        {
            await RecordAsync(store, second, metric);
        }

        var failed = await store.DeployUntilAsync(second, DeploymentState.Failed);
        Assert.Contains("'r2'", failed.Reason, StringComparison.Ordinal);
        Assert.Contains(said, failed.Reason, StringComparison.Ordinal);
        Assert.DoesNotContain(
            DeploymentState.Building, (await store.HistoryAsync(failed)).Steps.Select(one => one.State));
    }

    [Fact]
    public async Task An_envelope_whose_metric_is_worse_by_no_more_than_the_margin_passes()
    {
        await using var store = await DeployedStore.StartAsync();
        await store.ConfigureAsync(new() { Gates = R2 });
        foreach (var (number, metric, compared) in new[]
        {
            (1, "0.9", "'r2' is 0.9, with nothing to compare it with."),
            (2, "0.895", "'r2' is 0.895, and that of what runs 0.9."),
        })
        {
            var envelope = await store.AddAsync(number);
            await RecordAsync(store, envelope, metric);
            var live = await store.DeployUntilAsync(envelope);
            Assert.Contains(compared, (await store.HistoryAsync(live)).Steps.Select(one => one.Note));
        }

        Assert.Equal("2", await store.AnswerAsync());
    }

    [Fact]
    public async Task An_envelope_without_a_signature_of_the_key_that_is_asked_for_fails()
    {
        using var key = System.Security.Cryptography.ECDsa.Create(
            System.Security.Cryptography.ECCurve.NamedCurves.nistP256);
        await using var store = await DeployedStore.StartAsync();
        await store.ConfigureAsync(
            new() { Gates = new() { SignedBy = [key.ExportSubjectPublicKeyInfoPem()] } });

        var failed = await store.DeployUntilAsync(await store.AddAsync(1), DeploymentState.Failed);
        Assert.Contains("is not signed", failed.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_deployment_that_needs_approval_waits_for_another_person_than_who_asked_for_it()
    {
        await using var store = await DeployedStore.StartAsync();
        await store.ConfigureAsync(new() { NeedsApproval = true });
        var asked = await store.DeployAsync(await store.AddAsync(1));
        await Patiently.HoldsAsync(async () => (await store.HistoryAsync(asked)).Deployment.Reason is not null);

        using var own = await store.Client.PostAsync(
            $"/api/configurations/prices/deployments/{asked.Id}/approve", null);
        Assert.Equal(409, (int)own.StatusCode);

        using var other = store.Served.NewClient(await store.Served.AddKeyAsync("anna", "deploy"));
        using var approved = await other.PostAsync(
            $"/api/configurations/prices/deployments/{asked.Id}/approve", null);
        Assert.Equal(200, (int)approved.StatusCode);
        Assert.Equal("anna", (await store.ComesToAsync(asked, DeploymentState.Live)).ApprovedBy);
    }

    [Fact]
    public async Task A_deployment_that_is_rejected_or_cancelled_leaves_what_runs()
    {
        await using var store = await DeployedStore.StartAsync();
        await store.ConfigureAsync();
        await store.DeployUntilAsync(await store.AddAsync(1));
        await store.ConfigureAsync(new() { NeedsApproval = true });
        var second = await store.AddAsync(2);

        Assert.Equal(
            DeploymentState.Rejected, (await store.ChangeAsync(await store.DeployAsync(second), "reject")).State);
        Assert.Equal(
            DeploymentState.Cancelled, (await store.ChangeAsync(await store.DeployAsync(second), "cancel")).State);
        Assert.Equal("1", await store.AnswerAsync());
    }

    [Fact]
    public async Task A_deployment_that_is_cancelled_while_it_starts_leaves_no_process()
    {
        await using var store = await DeployedStore.StartAsync();
        await store.ConfigureAsync();
        var starting = await store.DeployAsync(await store.AddAsync(1, new { StartSeconds = 60 }));
        await Patiently.HoldsAsync(() => store.Processes().Count == 1);

        Assert.Equal(DeploymentState.Cancelled, (await store.ChangeAsync(starting, "cancel")).State);
        await Patiently.HoldsAsync(() => store.Processes().Count == 0);
    }

    private static async Task RecordAsync(DeployedStore store, EnvelopeReference envelope, string value)
    {
        using var answer = await store.Client.PutAsync(
            $"/api/envelopes/{envelope.Name}/{envelope.Digest}/metrics/r2",
            new StringContent($"{{\"value\":{value}}}", System.Text.Encoding.UTF8, "application/json"));
        answer.EnsureSuccessStatusCode();
    }
}
