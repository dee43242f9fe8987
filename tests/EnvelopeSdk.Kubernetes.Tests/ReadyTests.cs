using System.Text.Json.Nodes;
using EnvelopeSdk.Kubernetes.Tests.StandIn;

namespace EnvelopeSdk.Kubernetes.Tests;

/// <summary>When a service is ready, and what is said when it is not.</summary>
public class ReadyTests
{
    private const string PodLabels =
        "app.kubernetes.io/managed-by=envelope-registry,app.kubernetes.io/name=diamond-price";

    private static readonly TimeSpan Long = TimeSpan.FromMinutes(5);

    [Fact]
    public async Task A_service_is_ready_when_all_its_pods_are_of_it_and_are_ready_and_none_is_left_from_before()
    {
        await using var cluster = await StandInCluster.StartAsync();
        using var client = await AppliedAsync(cluster);
        var states = new Queue<string>(
        [
            "{}",
            """{"observedGeneration":1,"replicas":2,"updatedReplicas":2,"availableReplicas":2}""",
            """{"observedGeneration":2,"replicas":3,"updatedReplicas":1,"availableReplicas":3}""",
            """{"observedGeneration":2,"replicas":3,"updatedReplicas":2,"availableReplicas":3}""",
            """{"observedGeneration":2,"replicas":2,"updatedReplicas":2,"availableReplicas":1}""",
            """{"observedGeneration":2,"replicas":2,"updatedReplicas":2,"availableReplicas":2}""",
        ]);
        cluster.Observe = deployment => deployment["status"] = JsonNode.Parse(states.Dequeue());

        await client.ReadyAsync("diamond-price", Long);

        Assert.Empty(states);
    }

    [Theory]
    [InlineData("{}", "the cluster has not begun with it")]
    [InlineData("""{"observedGeneration":2,"replicas":2,"updatedReplicas":1}""", "1 of 2 pods are of this deployment")]
    [InlineData(
        """
        {"observedGeneration":2,"conditions":[{"type":"ReplicaFailure","reason":"FailedCreate","status":"True",
        "message":"exceeded quota: all."}]}
        """,
        "0 of 2 pods are of this deployment, exceeded quota: all")]
    [InlineData(
        """{"observedGeneration":2,"replicas":4,"updatedReplicas":2}""",
        "2 pods of the deployment before it are to end")]
    [InlineData(
        """{"observedGeneration":2,"replicas":2,"updatedReplicas":2,"availableReplicas":1}""",
        "1 of 2 pods are ready")]
    public async Task One_that_is_not_ready_in_time_says_what_it_waits_for(string status, string reason)
    {
        await using var cluster = await StandInCluster.StartAsync();
        using var client = await AppliedAsync(cluster);
        cluster.Observe = deployment => deployment["status"] = JsonNode.Parse(status);

        var failure = await Assert.ThrowsAsync<EnvelopeException>(
            () => client.ReadyAsync("diamond-price", TimeSpan.Zero));

        Assert.Equal(EnvelopeError.Unavailable, failure.Error);
        Assert.Contains(
            $"'diamond-price' is not ready on the cluster after 0 s: {reason}. ", failure.Message,
            StringComparison.Ordinal);
        Assert.Contains($"-n models describe pods -l {PodLabels}'", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_that_never_will_be_is_not_waited_for()
    {
        await using var cluster = await StandInCluster.StartAsync();
        using var client = await AppliedAsync(cluster);
        Exceed(cluster);

        var failure = await Assert.ThrowsAsync<EnvelopeException>(() => client.ReadyAsync("diamond-price", Long));

        Assert.Contains("is not ready on the cluster: no more pods. ", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(
        """{"waiting":{"reason":"ImagePullBackOff","message":"no such image"}}""", "{}",
        "ImagePullBackOff, no such image")]
    [InlineData(
        """{"waiting":{"reason":"CrashLoopBackOff"}}""", """{"terminated":{"exitCode":137,"reason":"OOMKilled"}}""",
        "CrashLoopBackOff, it ended with exit code 137 (OOMKilled)")]
    [InlineData(
        """{"terminated":{"exitCode":3,"reason":"Error"}}""", "{}", "Error, it ended with exit code 3 (Error)")]
    public async Task The_trouble_of_its_pods_is_said(string state, string last, string trouble)
    {
        await using var cluster = await StandInCluster.StartAsync();
        using var client = await AppliedAsync(cluster);
        Exceed(cluster);
        cluster.Pods.Add(Pod("fine", """{"running":{}}""", "{}"));
        cluster.Pods.Add(Pod("new", """{"waiting":{"reason":"ContainerCreating"}}""", "{}"));
        cluster.Pods.Add(Pod("bad", state, last));

        var failure = await Assert.ThrowsAsync<EnvelopeException>(() => client.ReadyAsync("diamond-price", Long));

        Assert.Contains($"; pod bad: {trouble}. ", failure.Message, StringComparison.Ordinal);
        Assert.Equal(PodLabels, Assert.Single(cluster.Asked[^1].Query["labelSelector"]));
    }

    [Fact]
    public async Task A_pod_for_which_no_node_has_room_is_said()
    {
        await using var cluster = await StandInCluster.StartAsync();
        using var client = await AppliedAsync(cluster);
        Exceed(cluster);
        cluster.Pods.Add(JsonNode.Parse(
            """
            {"metadata":{"name":"big"},"status":{"conditions":[{"type":"PodScheduled","status":"False",
            "reason":"Unschedulable","message":"0/3 nodes are available"}]}}
            """));

        var failure = await Assert.ThrowsAsync<EnvelopeException>(() => client.ReadyAsync("diamond-price", Long));

        Assert.Contains(
            "; pod big: Unschedulable, 0/3 nodes are available. ", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_may_not_see_pods_is_told_the_rest()
    {
        await using var cluster = await StandInCluster.StartAsync();
        using var client = await AppliedAsync(cluster);
        Exceed(cluster);
        cluster.Refuse = asked => asked.Path.EndsWith("/pods", StringComparison.Ordinal) ? new(403, "no") : null;

        var failure = await Assert.ThrowsAsync<EnvelopeException>(() => client.ReadyAsync("diamond-price", Long));

        Assert.Contains(": no more pods. ", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_not_applied_is_not_waited_for()
    {
        await using var cluster = await StandInCluster.StartAsync();
        using var client = cluster.Open();

        var failure = await Assert.ThrowsAsync<EnvelopeException>(() => client.ReadyAsync("diamond-price", Long));

        Assert.Equal(EnvelopeError.NotFound, failure.Error);
        Assert.Contains(
            "no Deployment 'diamond-price' in the namespace 'models'", failure.Message, StringComparison.Ordinal);
    }

    /// <summary>Lets the cluster say that it has waited too long for a pod.</summary>
    private static void Exceed(StandInCluster cluster) =>
        cluster.Observe = deployment => deployment["status"] = JsonNode.Parse(
            """
            {"observedGeneration":2,"conditions":[{"type":"Available","reason":"MinimumReplicasUnavailable",
            "status":"False","message":"few pods."},{"type":"Progressing","reason":"ProgressDeadlineExceeded",
            "status":"False","message":"no more pods."}]}
            """);

    private static JsonObject Pod(string name, string state, string last) => new()
    {
        ["metadata"] = new JsonObject { ["name"] = name },
        ["status"] = new JsonObject
        {
            ["containerStatuses"] = new JsonArray(new JsonObject
            {
                ["name"] = "service",
                ["state"] = JsonNode.Parse(state),
                ["lastState"] = JsonNode.Parse(last),
            }),
        },
    };

    /// <summary>A client of a cluster on which the second generation of a service with two replicas is.</summary>
    private static async Task<ClusterClient> AppliedAsync(StandInCluster cluster)
    {
        var client = cluster.Open();
        await client.ApplyAsync(Some.Manifests(new() { Replicas = 2 }));
        cluster.Objects.Single(one => one.Key.Contains("/deployments/", StringComparison.Ordinal))
            .Value["metadata"]!["generation"] = 2;
        return client;
    }
}
