using System.Text.Json.Nodes;
using EnvelopeSdk.Kubernetes.Tests.StandIn;

namespace EnvelopeSdk.Kubernetes.Tests;

/// <summary>What a cluster is asked about the Job of an attempt, and what is understood of its answers.</summary>
public sealed class JobTests : IAsyncLifetime
{
    private static readonly string Name = JobManifests.NameOf(Some.Job());
    private static readonly string Path = $"/apis/batch/v1/namespaces/models/jobs/{Name}";

    private StandInCluster _cluster = null!;
    private ClusterClient _client = null!;

    public async Task InitializeAsync()
    {
        _cluster = await StandInCluster.StartAsync();
        _client = _cluster.Open();
    }

    public async Task DisposeAsync()
    {
        _client.Dispose();
        await _cluster.DisposeAsync();
    }

    [Fact]
    public async Task A_job_is_made_once_however_often_it_is_asked_for()
    {
        await CreateAsync();
        await CreateAsync();

        Assert.Equal(Path, Assert.Single(_cluster.Objects).Key);
    }

    [Fact]
    public async Task A_job_of_the_name_that_is_of_no_such_run_is_refused()
    {
        await CreateAsync();
        _cluster.Objects[Path]["metadata"]!["annotations"]!["envelopesdk.dev/run"] = "another";

        var refusal = await Assert.ThrowsAsync<EnvelopeException>(CreateAsync);

        Assert.Contains("that is not of the run", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(403, EnvelopeError.Invalid)] // a quota
    [InlineData(422, EnvelopeError.Invalid)]
    [InlineData(500, EnvelopeError.Unavailable)]
    public async Task What_is_refused_for_good_is_told_from_what_is_away(int status, EnvelopeError error)
    {
        _cluster.Refuse = asked => asked.Method == "POST" ? new(status, "that is why") : null;

        var refusal = await Assert.ThrowsAsync<EnvelopeException>(CreateAsync);

        Assert.Equal(error, refusal.Error);
        Assert.Contains("that is why", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task There_is_no_state_of_a_job_that_is_not_there() => Assert.Null(await _client.FindJobAsync(Name));

    [Fact]
    public async Task A_job_whose_container_runs_has_begun_and_not_ended()
    {
        await CreateAsync();
        _cluster.Pods.Add(Pod("""{"running":{}}""", "Running"));

        var state = await _client.FindJobAsync(Name);

        Assert.Equal((true, null, null), (state!.HasBegun, state.Code, state.Reason));
        Assert.InRange(DateTimeOffset.UtcNow - state.Made, TimeSpan.FromSeconds(-5), TimeSpan.FromMinutes(1));
    }

    [Fact]
    public async Task What_others_put_beside_the_container_is_not_taken_for_it()
    {
        await CreateAsync();
        var pod = Pod("""{"waiting":{"reason":"ContainerCreating"}}""", "Pending");
        pod["status"]!["containerStatuses"]!.AsArray().Insert(
            0, JsonNode.Parse("""{"name":"proxy","state":{"terminated":{"exitCode":7}}}"""));
        _cluster.Pods.Add(pod);

        Assert.False((await _client.FindJobAsync(Name))!.HasBegun);
    }

    [Theory]
    [InlineData("Complete", "Succeeded", 0, "Completed", "0", null)]
    [InlineData("Failed", "Failed", 5, "Error", "5", "pod one: Error, it ended with exit code 5 (Error)")]
    [InlineData("Failed", "Failed", 137, "OOMKilled", "137", "pod one: OOMKilled, it ended with exit code 137 (OOMKilled)")]
    public async Task A_job_that_has_ended_says_how(
        string condition, string phase, int code, string reason, string said, string? why)
    {
        await CreateAsync();
        _cluster.Pods.Add(Pod($$"""{"terminated":{"exitCode":{{code}},"reason":"{{reason}}"} }""", phase));
        Condition(condition, "BackoffLimitExceeded");

        var state = await _client.FindJobAsync(Name);

        Assert.Equal((true, said, why), (state!.HasBegun, state.Code, state.Reason));
    }

    [Fact]
    public async Task A_job_whose_pod_is_gone_says_what_the_cluster_says()
    {
        await CreateAsync();
        Condition("Failed", "DeadlineExceeded");

        var state = await _client.FindJobAsync(Name);

        Assert.Equal(("", "DeadlineExceeded, that is why"), (state!.Code, state.Reason));
    }

    [Fact]
    public async Task A_job_that_has_failed_while_its_pod_still_ends_has_not_ended()
    {
        await CreateAsync();
        _cluster.Pods.Add(Pod("""{"running":{}}""", "Running"));
        Condition("Failed", "DeadlineExceeded");

        Assert.Null((await _client.FindJobAsync(Name))!.Code);
    }

    [Fact]
    public async Task Why_a_job_does_not_begin_is_said_by_its_pod_or_its_events()
    {
        await CreateAsync();
        _cluster.Events.Add(JsonNode.Parse(
            """{"reason":"FailedCreate","message":"exceeded quota.","lastTimestamp":"2026-11-28T10:00:00Z"}"""));
        var without = await _client.FindJobAsync(Name);
        _cluster.Pods.Add(Pod("""{"waiting":{"reason":"ImagePullBackOff","message":"not found"}}""", "Pending"));
        var waiting = await _client.FindJobAsync(Name);

        Assert.Equal((false, "FailedCreate, exceeded quota"), (without!.HasBegun, without.Reason));
        Assert.Equal((false, "pod one: ImagePullBackOff, not found"), (waiting!.HasBegun, waiting.Reason));
        var asked = Assert.Single(_cluster.Asked, one => one.Path.EndsWith("/events", StringComparison.Ordinal));
        Assert.Contains($"involvedObject.name={Name}", asked.Query["fieldSelector"].ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_may_not_read_events_is_told_the_rest()
    {
        await CreateAsync();
        _cluster.Refuse = asked => asked.Path.EndsWith("/events", StringComparison.Ordinal) ? new(403, "no") : null;

        Assert.Equal((false, null), await _client.FindJobAsync(Name) is { } state ? (state.HasBegun, state.Reason) : default);
    }

    [Fact]
    public async Task What_its_pod_wrote_is_copied_whole_and_nothing_when_there_is_none()
    {
        _cluster.Log = "one\ntwo\n";
        Assert.Equal("", await LogAsync());
        _cluster.Pods.Add(Pod("""{"running":{}}""", "Running"));
        Assert.Equal("one\ntwo\n", await LogAsync());
        Assert.Equal("job", _cluster.Asked[^1].Query["container"]);

        _cluster.Refuse = asked => asked.Path.EndsWith("/log", StringComparison.Ordinal) ? new(404, "gone") : null;
        Assert.Equal("", await LogAsync());
    }

    [Fact]
    public async Task A_job_is_deleted_after_its_pod_and_that_is_waited_for()
    {
        await CreateAsync();
        var reads = 0;
        _cluster.Refuse = asked => asked.Method == "DELETE" ? new(404, "is being deleted") : null;
        _cluster.Observe = _ => _ = ++reads == 3 && _cluster.Objects.Remove(Path);

        await _client.DeleteJobAsync(Name);

        Assert.Empty(_cluster.Objects);
        var asked = Assert.Single(_cluster.Asked, one => one.Method == "DELETE");
        Assert.Equal("Foreground", asked.Query["propagationPolicy"]);
    }

    [Fact]
    public async Task A_job_of_others_is_not_deleted()
    {
        await CreateAsync();
        _cluster.Objects[Path]["metadata"]!["labels"]!["app.kubernetes.io/managed-by"] = "another";

        await _client.DeleteJobAsync(Name);

        Assert.Single(_cluster.Objects);
    }

    private Task CreateAsync() => _client.CreateJobAsync(
        JobManifests.Of(Some.Job(), new() { Input = "SELECT 1", Output = "postgresql://db/out#t" }, Some.Options));

    private async Task<string> LogAsync()
    {
        using var to = new MemoryStream();
        await _client.CopyJobLogAsync(Name, to);
        return System.Text.Encoding.UTF8.GetString(to.ToArray());
    }

    private void Condition(string type, string reason) => _cluster.Objects[Path]["status"] = JsonNode.Parse(
        $$"""{"conditions":[{"type":"{{type}}","status":"True","reason":"{{reason}}","message":"that is why."}] }""");

    private static JsonNode Pod(string state, string phase) => new JsonObject
    {
        ["metadata"] = new JsonObject { ["name"] = "one" },
        ["status"] = new JsonObject
        {
            ["phase"] = phase,
            ["containerStatuses"] = new JsonArray(
                new JsonObject { ["name"] = "job", ["state"] = JsonNode.Parse(state) }),
        },
    };
}
