using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using EnvelopeSdk.Batches;
using EnvelopeSdk.Registry.Tests.Deploying;
using Microsoft.AspNetCore.Mvc;

namespace EnvelopeSdk.Registry.Tests.Batches;

/// <summary>Runs of batches as Jobs on a cluster, of whose API server there is a stand-in.</summary>
[Collection(ProcessesCollection.Name)]
public sealed class ClusterBatchTests : IAsyncLifetime
{
    private const string Manifest = "\n{\n  \"rows\": 10,\n  \"answered\": 9,\n  \"bad\": 1\n}\n";

    private JobCluster _cluster = null!;
    private BatchedStore _store = null!;

    private BatchSettings Settings => _store.Settings with
    {
        Runtime = BatchRuntime.Kubernetes,
        Input = "/data/in.csv",
        Output = "/data/out.csv",
    };

    public async Task InitializeAsync()
    {
        _cluster = await JobCluster.StartAsync();
        _store = await BatchedStore.StartAsync(cluster: _cluster.Options());
    }

    public async Task DisposeAsync()
    {
        await _store.DisposeAsync();
        await _cluster.DisposeAsync();
    }

    [Fact]
    public async Task A_run_is_a_job_of_the_image_that_was_built_and_its_counts_are_those_that_the_pod_says()
    {
        var envelope = await AddAsync();
        await _store.SaveAsync(Settings with
        {
            Secrets = new Dictionary<string, string> { ["PGPASSWORD"] = "db" },
            MemoryMegabytes = 1024,
        });
        var run = await _store.AskAsync();
        var job = await _cluster.JobAsync();
        _cluster.End(0, Manifest);

        var done = await _store.EndAsync(run.Id);

        Assert.Equal((BatchRunState.Succeeded, 10, 1, null), (done.State, done.Rows, done.Bad, done.Reason));
        var container = job["spec"]!["template"]!["spec"]!["containers"]![0]!;
        Assert.Equal(
            $"registry.example:5480/services/golden-linear@{envelope.Digest}", (string)container["image"]!);
        Assert.Equal(
            ["--json", "--overwrite", "--input=/data/in.csv", "--output=/data/out.csv", "--memory=512", "--spill=/tmp"],
            container["args"]!.AsArray().Select(one => (string)one!).SkipLast(1));
        Assert.Equal("db", (string)container["env"]!.AsArray()[^1]!["valueFrom"]!["secretKeyRef"]!["name"]!);
        Assert.Single(_cluster.Jobs); // it stays for who wants to look at it
    }

    [Fact]
    public async Task A_job_that_ended_well_has_succeeded_although_its_pod_is_gone_and_its_counts_are_not_known()
    {
        await AddAsync();
        await _store.SaveAsync(Settings with { Retries = 1 });
        var run = await _store.AskAsync();
        await _cluster.JobAsync();
        _cluster.EndGone();

        var done = await _store.EndAsync(run.Id);

        Assert.Equal((BatchRunState.Succeeded, 1, null), (done.State, done.Attempt, done.Rows));
        Assert.Contains("is not known", done.Reason, StringComparison.Ordinal);
        Assert.Equal(1, _cluster.Creations);
        Assert.Contains("is not known", await _store.Client.GetStringAsync(new Uri("/batches/nightly", UriKind.Relative)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_job_that_ended_well_has_succeeded_although_its_log_is_gone_with_its_pod()
    {
        await AddAsync();
        await _store.SaveAsync(Settings);
        var run = await _store.AskAsync();
        await _cluster.JobAsync();
        _cluster.End(0, "");

        var done = await _store.EndAsync(run.Id);

        Assert.Equal((BatchRunState.Succeeded, null), (done.State, done.Rows));
        Assert.Contains("is not known", done.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_run_that_fails_is_tried_again_as_another_job_of_the_same_run()
    {
        await AddAsync();
        await _store.SaveAsync(Settings with { Retries = 1 });
        var run = await _store.AskAsync();
        var first = await _cluster.JobAsync();
        _cluster.End(5, "\n{\"error\":{\"code\":\"unavailable\",\"message\":\"The disk is full.\\nFree space.\"}}\n");
        await Patiently.HoldsAsync(async () => await _store.FindAsync(run.Id)
            is { State: BatchRunState.Waiting, Reason: "The disk is full.\nFree space." });
        var second = await _cluster.JobAsync(2);
        _cluster.End(137, "loaded", "OOMKilled");

        var failed = await _store.EndAsync(run.Id);

        Assert.Equal((BatchRunState.Failed, 2), (failed.State, failed.Attempt));
        Assert.Equal("pod one: OOMKilled, it ended with exit code 137 (OOMKilled)", failed.Reason);
        Assert.NotEqual(NameOf(first), NameOf(second));
        Assert.Equal(RunOf(first), RunOf(second));
    }

    [Fact]
    public async Task What_a_pod_writes_is_shown_while_it_is_there_and_kept_when_it_is_gone()
    {
        await AddAsync();
        await _store.SaveAsync(Settings);
        var run = await _store.AskAsync();
        await _cluster.JobAsync();
        _cluster.Begin("begins\n");
        await Patiently.HoldsAsync(async () => await _store.LogAsync(run.Id) == "begins\n");

        _cluster.End(0, "begins\nends\n" + Manifest);
        await _store.EndAsync(run.Id);
        await _cluster.StopAsync();

        Assert.StartsWith("begins\nends\n", await _store.LogAsync(run.Id), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_registry_that_starts_again_finds_its_job_and_takes_its_end()
    {
        await AddAsync();
        await _store.SaveAsync(Settings);
        var run = await _store.AskAsync();
        await _cluster.JobAsync();
        _cluster.Begin("begins\n");
        await _store.Deployed.Served.StopAsync();
        _cluster.End(0, Manifest);
        await _store.Deployed.Served.StartAsync();

        var done = await _store.EndAsync(run.Id);

        Assert.Equal((BatchRunState.Succeeded, 1, 10), (done.State, done.Attempt, done.Rows));
        Assert.Single(_cluster.Jobs);
    }

    [Fact]
    public async Task A_job_that_was_made_when_the_registry_ended_is_taken_for_its_own()
    {
        await AddAsync();
        await _store.SaveAsync(Settings);
        _cluster.LosesAnswers = true; // the Job is there, and the registry never hears of it
        var run = await _store.AskAsync();
        await _cluster.JobAsync();
        await _store.Deployed.Served.StopAsync();
        Directory.Delete(Path.Combine(_store.Deployed.Services, "runs", $"{run.Id}-1"), recursive: true);
        _cluster.LosesAnswers = false;
        await _store.Deployed.Served.StartAsync();
        await Patiently.HoldsAsync(() => _cluster.Creations > 1);
        _cluster.End(0, Manifest);

        Assert.Equal((BatchRunState.Succeeded, 1), await _store.EndAsync(run.Id) is var done ? (done.State, done.Attempt) : default);
        Assert.Single(_cluster.Jobs);
    }

    [Fact]
    public async Task A_run_that_is_cancelled_is_removed_from_the_cluster_with_what_it_wrote_kept()
    {
        await AddAsync();
        await _store.SaveAsync(Settings);
        var run = await _store.AskAsync();
        await _cluster.JobAsync();
        _cluster.Begin("begins\n");
        await Patiently.HoldsAsync(async () => await _store.LogAsync(run.Id) == "begins\n");

        using var answer = await _store.Client.PostAsync($"/api/batches/nightly/runs/{run.Id}/cancel", null);
        answer.EnsureSuccessStatusCode();

        Assert.Equal(BatchRunState.Cancelled, (await _store.EndAsync(run.Id)).State);
        Assert.Empty(_cluster.Jobs);
        Assert.Equal("begins", (await _store.LogAsync(run.Id)).Trim());
    }

    [Fact]
    public async Task An_image_that_cannot_be_pulled_is_said_while_it_is_waited_for_and_fails_the_run()
    {
        await AddAsync();
        await _store.SaveAsync(Settings);
        var run = await _store.AskAsync();
        await _cluster.JobAsync();
        _cluster.Wait("ImagePullBackOff", "not found");
        await Patiently.HoldsAsync(
            async () => (await _store.FindAsync(run.Id)).Reason == "pod one: ImagePullBackOff, not found");

        var failed = await _store.EndAsync(run.Id);

        Assert.Equal(
            (BatchRunState.Failed, "It did not begin in 5 seconds: pod one: ImagePullBackOff, not found."),
            (failed.State, failed.Reason));
        Assert.Empty(_cluster.Jobs);
    }

    [Fact]
    public async Task What_the_cluster_admits_not_is_an_end_of_the_attempt_and_what_is_away_is_waited_for()
    {
        await AddAsync();
        await _store.SaveAsync(Settings);
        _cluster.Refuse = asked => asked.Method == "POST" ? new(403, "exceeded quota") : null;
        var failed = await _store.RunAsync();
        Assert.Equal(BatchRunState.Failed, failed.State);
        Assert.Contains("exceeded quota (403)", failed.Reason, StringComparison.Ordinal);
        Assert.Contains("exceeded quota (403)", await _store.LogAsync(failed.Id), StringComparison.Ordinal);

        _cluster.Refuse = _ => new(503, "starting");
        var run = await _store.AskAsync();
        await Patiently.HoldsAsync(async () => (await _store.FindAsync(run.Id)).Reason?.Contains("starting (503)") == true);
        _cluster.Refuse = _ => null;
        await _cluster.JobAsync(1);
        _cluster.End(0, Manifest);
        Assert.Equal((BatchRunState.Succeeded, 1, null), await _store.EndAsync(run.Id) is var done ? (done.State, done.Attempt, done.Reason) : default);
    }

    [Fact]
    public async Task A_run_that_takes_too_long_is_ended_on_the_cluster()
    {
        await AddAsync();
        await _store.SaveAsync(Settings with { TimeoutMinutes = 5 });
        var run = await _store.AskAsync();
        var job = await _cluster.JobAsync();
        _cluster.Begin("begins\n");
        Assert.Equal(300, (int)job["spec"]!["activeDeadlineSeconds"]!);

        await _store.WriteAsync("update batch_run set since = since - @1 where id = @0", run.Id, TimeSpan.FromMinutes(6).Ticks);

        var end = await _store.EndAsync(run.Id);
        Assert.Equal(BatchRunState.Failed, end.State);
        Assert.StartsWith("It took longer than 'timeoutMinutes' allows, which is 5, and was stopped.", end.Reason, StringComparison.Ordinal);
        Assert.Empty(_cluster.Jobs);
    }

    [Fact]
    public async Task A_job_that_somebody_removed_is_not_made_again_by_the_same_attempt()
    {
        await AddAsync();
        await _store.SaveAsync(Settings);
        var run = await _store.AskAsync();
        await _cluster.JobAsync();
        _cluster.Begin("begins\n");
        await Patiently.HoldsAsync(() => File.Exists(
            Path.Combine(_store.Deployed.Services, "runs", $"{run.Id}-1", "made")));
        _cluster.Clear();

        var failed = await _store.EndAsync(run.Id);

        Assert.Equal(BatchRunState.Failed, failed.State);
        Assert.Contains("was removed from the cluster", failed.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rows_that_were_put_aside_are_said_to_be_in_the_claim()
    {
        await AddAsync();
        await _store.SaveAsync(Settings with { Quarantine = "/data/bad.csv" });
        var run = await _store.AskAsync();
        await _cluster.JobAsync();
        _cluster.End(0, Manifest);
        await _store.EndAsync(run.Id);

        using var answer = await _store.GetAsync(run.Id, "quarantine");
        var page = await _store.Client.GetStringAsync(new Uri($"/batches/nightly?run={run.Id}", UriKind.Relative));

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Contains(
            "are in '/data/bad.csv', in the claim 'tables' of the cluster",
            (await answer.Content.ReadFromJsonAsync<ProblemDetails>())!.Detail, StringComparison.Ordinal);
        Assert.Contains("as a Job of the cluster", page, StringComparison.Ordinal);
        Assert.DoesNotContain("/quarantine", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_registry_that_knows_no_cluster_any_more_says_so_of_what_runs_there_and_goes_on_when_it_does()
    {
        await AddAsync();
        await _store.SaveAsync(Settings);
        var run = await _store.AskAsync();
        await _cluster.JobAsync();
        _cluster.Begin("begins\n");
        _store.Deployed.Cluster = null;
        await _store.Deployed.Served.RestartAsync();
        await Patiently.HoldsAsync(async () => (await _store.FindAsync(run.Id)).Reason?.Contains("knows no cluster") == true);

        _store.Deployed.Cluster = _cluster.Options();
        await _store.Deployed.Served.RestartAsync();
        _cluster.End(0, Manifest);

        Assert.Equal(BatchRunState.Succeeded, (await _store.EndAsync(run.Id)).State);
    }

    [Theory]
    [InlineData("/out.csv", "Write a path below '/data'")]
    [InlineData("/data/../etc/out.csv", "Write a path below '/data'")]
    public async Task A_file_outside_of_the_claim_is_refused(string output, string cure)
    {
        using var refused = await SendAsync(Settings with { Output = output });

        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Contains(cure, await TextAsync(refused), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_claim_there_are_no_files_and_without_a_cluster_no_jobs_on_it()
    {
        _store.Deployed.Cluster = _cluster.Options(claim: false);
        await _store.Deployed.Served.RestartAsync();
        var tables = Settings with { Input = "postgresql://db/in#orders", Output = "postgresql://db/out#prices" };
        using (var refused = await SendAsync(Settings with { Input = "SELECT 1 AS x", Quarantine = "/data/work.duckdb#bad" }))
        {
            var text = await TextAsync(refused);
            Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
            Assert.Contains("'/output'. '/data/out.csv' would be a file of the container", text, StringComparison.Ordinal);
            Assert.Contains("'/quarantine'", text, StringComparison.Ordinal);
            Assert.DoesNotContain("'/input'", text, StringComparison.Ordinal);
            Assert.Contains("envelope registry --batch-claim NAME:/data", text, StringComparison.Ordinal);
        }

        using var saved = await SendAsync(tables);
        Assert.Equal(HttpStatusCode.OK, saved.StatusCode);

        _store.Deployed.Cluster = null;
        await _store.Deployed.Served.RestartAsync();
        using var none = await SendAsync(tables with { Retries = 1 });
        Assert.Equal(HttpStatusCode.BadRequest, none.StatusCode);
        Assert.Contains("knows no cluster", await TextAsync(none), StringComparison.Ordinal);
    }

    private async Task<EnvelopeReference> AddAsync()
    {
        var envelope = await _store.Deployed.AddAsync(1);
        await _store.BuildImageAsync(envelope);
        return envelope;
    }

    private Task<HttpResponseMessage> SendAsync(BatchSettings settings) =>
        _store.Client.PutAsJsonAsync("/api/batches/nightly", settings);

    private static async Task<string> TextAsync(HttpResponseMessage answer) =>
        (await answer.Content.ReadFromJsonAsync<ProblemDetails>())!.Detail!;

    private static string NameOf(JsonNode job) => (string)job["metadata"]!["name"]!;

    private static string RunOf(JsonNode job) =>
        (string)job["spec"]!["template"]!["spec"]!["containers"]![0]!["args"]!.AsArray()[^1]!;
}
