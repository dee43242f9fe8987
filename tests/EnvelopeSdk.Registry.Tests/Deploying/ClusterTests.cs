using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using EnvelopeSdk.Deployments;
using EnvelopeSdk.Kubernetes.Tests.StandIn;
using EnvelopeSdk.Registry.Deploying;
using EnvelopeSdk.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace EnvelopeSdk.Registry.Tests.Deploying;

/// <summary>Services on a cluster: a stand-in of its API server, and services at an address of each deployment.</summary>
[Collection(ProcessesCollection.Name)]
public sealed class ClusterTests : IAsyncLifetime
{
    private static readonly DeploymentSettings Settings = new()
    {
        Runtime = ServiceRuntime.Kubernetes,
        Replicas = 2,
        Limits = new() { StartSeconds = 10 },
        Strategy = new() { Steps = [new(50, 0)], MinimumRequests = 10, LatencyMargin = 500 },
    };

    private readonly int _port = Ports.Free();
    private readonly List<PredictionExample> _examples = [];
    private StandInCluster _cluster = null!;
    private DeployedStore _store = null!;
    private WebApplication _services = null!;

    public async Task InitializeAsync()
    {
        _cluster = await StandInCluster.StartAsync();
        _cluster.Observe = deployment => deployment["status"] = Status(deployment);
        _services = Services();
        await _services.StartAsync();
        _store = await DeployedStore.StartAsync(cluster: new()
        {
            Kubernetes = _cluster.Options() with { PullSeconds = 5 },
            ImageRegistry = "registry.example:5480",
            ServiceUrl = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.{{deployment}}:{_port}"),
        });
        await _store.ConfigureAsync(Settings);
    }

    public async Task DisposeAsync()
    {
        await _store.DisposeAsync();
        await _services.DisposeAsync();
        await _cluster.DisposeAsync();
    }

    [Fact]
    public async Task A_deployment_is_objects_of_its_own_on_the_cluster_and_what_it_took_the_place_of_is_removed()
    {
        var first = await _store.DeployUntilAsync(await AddAsync(1));
        Assert.Equal("1", await _store.AnswerAsync());
        var applied = _cluster.Objects[$"/apis/apps/v1/namespaces/models/deployments/prices-{first.Id}"];
        Assert.StartsWith(
            "registry.example:5480/services/golden-linear@sha256:",
            (string)applied["spec"]!["template"]!["spec"]!["containers"]![0]!["image"]!, StringComparison.Ordinal);
        Assert.Equal(2, (int)applied["spec"]!["replicas"]!);

        var second = await _store.DeployAsync(await AddAsync(2));
        var answers = await CallUntilAsync(second, DeploymentState.Live);

        Assert.Equal(["1", "2"], answers.Order());
        await Patiently.HoldsAsync(() => Names() is [var only] && only == $"prices-{second.Id}");
        await _store.RollBackAsync();
        await Patiently.HoldsAsync(async () => await _store.AnswerAsync() == "3"); // the third deployment, of the first envelope
    }

    [Fact]
    public async Task What_the_cluster_refuses_fails_with_its_words_and_what_runs_runs_on()
    {
        await _store.DeployUntilAsync(await AddAsync(1));
        _cluster.Refuse = asked => asked.Method == "PATCH" ? new(403, "quota of pods exceeded") : null;

        var failed = await _store.DeployUntilAsync(await AddAsync(2), DeploymentState.Failed);

        Assert.Contains("quota of pods exceeded", await _store.LogAsync(failed), StringComparison.Ordinal);
        Assert.Equal("1", await _store.AnswerAsync());
    }

    [Fact]
    public async Task An_api_server_that_is_away_for_a_moment_while_something_starts_is_asked_again()
    {
        var refused = 0;
        _cluster.Refuse = asked => asked.Method == "PATCH" && ++refused <= 3 ? new(503, "starting") : null;

        var live = await _store.DeployUntilAsync(await AddAsync(1));

        Assert.True(refused > 3);
        Assert.Equal("1", await _store.AnswerAsync());
        Assert.Equal(DeploymentState.Live, (await _store.HistoryAsync(live)).Deployment.State);
    }

    [Fact]
    public async Task While_replicas_are_missing_it_is_not_ready_and_it_fails_in_the_end_with_what_the_cluster_says()
    {
        _cluster.Observe = deployment => deployment["status"] = new JsonObject { ["observedGeneration"] = 1, ["replicas"] = 1 };

        var failed = await _store.DeployUntilAsync(await AddAsync(1), DeploymentState.Failed);

        Assert.Contains("not ready after 15 seconds", failed.Reason, StringComparison.Ordinal);
        Assert.Contains("0 of 2 pods are of this deployment", await _store.LogAsync(failed), StringComparison.Ordinal);
        await Patiently.HoldsAsync(() => Names().Count == 0);
    }

    [Fact]
    public async Task An_api_server_that_is_away_stops_nothing_that_runs_and_what_was_removed_there_is_made_again()
    {
        var live = await _store.DeployUntilAsync(await AddAsync(1));
        _cluster.Refuse = _ => new(503, "starting");
        await Task.Delay(TimeSpan.FromSeconds(5)); // it is asked each two seconds
        Assert.Equal("1", await _store.AnswerAsync());
        Assert.Equal(DeploymentState.Live, (await _store.HistoryAsync(live)).Deployment.State);

        _cluster.Refuse = _ => null;
        lock (_cluster.Objects)
        {
            _cluster.Objects.Clear();
        }

        await Patiently.HoldsAsync(() => Names().Count == 1);
    }

    [Fact]
    public async Task A_registry_that_starts_again_finds_what_it_has_on_the_cluster_and_removes_what_is_to_end()
    {
        await _store.DeployUntilAsync(await AddAsync(1));
        await _store.Served.RestartAsync();
        Assert.Equal("1", await _store.AnswerAsync());

        using var removed = await _store.Client.DeleteAsync("/api/configurations/prices");
        Assert.True(removed.IsSuccessStatusCode);
        await Patiently.HoldsAsync(() => Names().Count == 0);
    }

    [Fact]
    public async Task What_was_applied_in_part_when_the_registry_ended_is_applied_whole()
    {
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var release = new ManualResetEventSlim();
        _cluster.Refuse = asked =>
        {
            if (asked.Method != "PATCH" || !asked.Path.Contains("autoscalers", StringComparison.Ordinal))
            {
                return null;
            }

            reached.TrySetResult();
            release.Wait();
            return new(503, "too late");
        };
        var asked = await _store.DeployAsync(await AddAsync(1));
        await reached.Task;
        await _store.Served.StopAsync();
        _cluster.Refuse = _ => null;
        release.Set();

        await _store.Served.StartAsync();
        await _store.ComesToAsync(asked, DeploymentState.Live);

        lock (_cluster.Objects)
        {
            Assert.Contains(_cluster.Objects.Keys, path => path.Contains("autoscalers", StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task A_registry_that_knows_the_cluster_no_more_leaves_what_runs_there_and_goes_on_with_all_else()
    {
        await _store.DeployUntilAsync(await AddAsync(1));
        _store.Cluster = null;
        await _store.Served.RestartAsync();

        await _store.ConfigureAsync(new(), "others");
        await _store.DeployUntilAsync(await _store.AddAsync(2), name: "others");

        Assert.Equal("1", await _store.AnswerAsync());
        Assert.Equal("2", await _store.AnswerAsync("others"));
        Assert.Single(Names());
    }

    [Theory]
    [InlineData("http://services")]
    [InlineData("http://{name}/path")]
    [InlineData("ftp://{name}")]
    public void An_address_of_services_that_cannot_be_one_is_refused(string url) => Assert.Contains(
        ClusterOptions.UsualServiceUrl,
        Assert.Throws<EnvelopeException>(
            new ClusterOptions { Kubernetes = new(), ImageRegistry = "a:1", ServiceUrl = url }.Check).Message,
        StringComparison.Ordinal);

    private async Task<EnvelopeReference> AddAsync(int number)
    {
        var envelope = await _store.AddAsync(number);
        await _store.BuildImageAsync(envelope);
        _examples.AddRange(await (await _store.Served.Store.OpenAsync(envelope.Name, envelope.Digest)).ReadExamplesAsync());
        return envelope;
    }

    /// <summary>The names of the Deployments on the cluster.</summary>
    private List<string> Names()
    {
        lock (_cluster.Objects)
        {
            return [.. _cluster.Objects.Keys.Where(path => path.Contains("/deployments/", StringComparison.Ordinal))
                .Select(path => path.Split('/')[^1])];
        }
    }

    private async Task<HashSet<string>> CallUntilAsync(Deployment one, string state)
    {
        var answers = new HashSet<string>();
        await Patiently.HoldsAsync(async () =>
        {
            answers.Add(await _store.AnswerAsync());
            return (await _store.HistoryAsync(one)).Deployment.State == state;
        });
        return answers;
    }

    /// <summary>What the controllers of a cluster say when all pods are there.</summary>
    private static JsonObject Status(JsonNode deployment)
    {
        var replicas = (int)deployment["spec"]!["replicas"]!;
        return new()
        {
            ["observedGeneration"] = 1,
            ["replicas"] = replicas,
            ["updatedReplicas"] = replicas,
            ["availableReplicas"] = replicas,
        };
    }

    /// <summary>Services at 127.0.0.1, 127.0.0.2 and so on, each of which answers with the number of its deployment.</summary>
    private WebApplication Services()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls([.. Enumerable.Range(1, 4).Select(
            number => string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.{number}:{_port}"))]);
        var app = builder.Build();
        app.Run(async context =>
        {
            using var body = new StreamReader(context.Request.Body);
            var input = await body.ReadToEndAsync();
            var recorded = input.Length == 0 ? null : _examples.FirstOrDefault(
                one => JsonElement.DeepEquals(one.Input, JsonElement.Parse(input)));
            await context.Response.WriteAsync(
                recorded?.Output.GetRawText()
                ?? context.Connection.LocalIpAddress!.GetAddressBytes()[3].ToString(CultureInfo.InvariantCulture));
        });
        return app;
    }
}
