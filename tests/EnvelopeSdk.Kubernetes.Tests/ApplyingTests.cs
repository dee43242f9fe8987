using System.Text.Json.Nodes;
using EnvelopeSdk.Deployments;
using EnvelopeSdk.Kubernetes.Tests.StandIn;
using k8s;

namespace EnvelopeSdk.Kubernetes.Tests;

/// <summary>What a cluster is asked for when a service comes, changes and goes.</summary>
public class ApplyingTests
{
    private const string Deployments = "/apis/apps/v1/namespaces/models/deployments/";
    private const string Deployment = Deployments + "diamond-price";
    private const string Service = "/api/v1/namespaces/models/services/diamond-price";
    private const string Policy = "/apis/networking.k8s.io/v1/namespaces/models/networkpolicies/diamond-price";
    private const string Autoscaler =
        "/apis/autoscaling/v2/namespaces/models/horizontalpodautoscalers/diamond-price";
    private const string Budget = "/apis/policy/v1/namespaces/models/poddisruptionbudgets/diamond-price";

    private static readonly DeploymentSettings Two = new() { Replicas = 2 };

    [Fact]
    public async Task Each_object_is_applied_on_the_server_what_limits_it_first()
    {
        await using var cluster = await StandInCluster.StartAsync();
        using var client = cluster.Open();
        var objects = Some.Manifests(Two);

        await client.ApplyAsync(objects);

        var applied = cluster.Changes.ToList();
        Assert.Equal([Policy, Service, Deployment, Autoscaler, Budget], applied.Select(one => one.Path));
        Assert.All(applied, one =>
        {
            Assert.Equal("PATCH", one.Method);
            Assert.StartsWith("application/apply-patch+yaml", one.ContentType, StringComparison.Ordinal);
            Assert.Equal("envelope-registry", Assert.Single(one.Query["fieldManager"]));
            Assert.Equal("true", Assert.Single(one.Query["force"]));
        });
        Assert.All(objects.Zip(applied), pair => Assert.True(JsonNode.DeepEquals(
            JsonNode.Parse(KubernetesJson.Serialize(pair.First)), JsonNode.Parse(pair.Second.Body))));
    }

    [Theory]
    [InlineData(4, 4)]
    [InlineData(9, 6)]
    [InlineData(1, 2)]
    [InlineData(0, 2)]
    public async Task What_the_autoscaler_has_decided_holds_within_its_bounds(int running, int kept)
    {
        await using var cluster = await StandInCluster.StartAsync();
        using var client = cluster.Open();
        var objects = Some.Manifests(Two, Some.Options with { MaxReplicas = 6 });
        await client.ApplyAsync(objects);
        cluster.Objects[Deployment]["spec"]!["replicas"] = running;

        await client.ApplyAsync(objects);

        Assert.Equal(kept, (int)cluster.Objects[Deployment]["spec"]!["replicas"]!);
        Assert.Equal("diamond-price", (string?)cluster.Objects[Deployment]["metadata"]!["name"]);
    }

    [Fact]
    public async Task What_a_service_has_no_more_is_removed()
    {
        await using var cluster = await StandInCluster.StartAsync();
        using var client = cluster.Open();
        await client.ApplyAsync(Some.Manifests(Two));

        await client.ApplyAsync(Some.Manifests());

        Assert.Equal("DELETE " + Budget, cluster.Changes.Last().ToString());
        Assert.Equal(4, cluster.Objects.Count);
    }

    [Fact]
    public async Task A_service_that_goes_leaves_nothing_and_is_limited_to_its_end()
    {
        await using var cluster = await StandInCluster.StartAsync();
        using var client = cluster.Open();
        await client.ApplyAsync(Some.Manifests(Two));
        await client.ApplyAsync(Some.Manifests(configuration: "other"));
        cluster.Asked.Clear();

        await client.DeleteAsync("diamond-price");

        Assert.Equal([Budget, Autoscaler, Deployment, Service, Policy], cluster.Changes.Select(one => one.Path));
        Assert.All(cluster.Changes, one => Assert.Equal("Background", Assert.Single(one.Query["propagationPolicy"])));
        Assert.Equal(4, cluster.Objects.Count);
        Assert.All(cluster.Objects.Keys, path => Assert.EndsWith("/other", path, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Services_that_are_applied_together_keep_and_lose_each_its_own()
    {
        await using var cluster = await StandInCluster.StartAsync();
        using var client = cluster.Open();
        await client.ApplyAsync([.. Some.Manifests(Two), .. Some.Manifests(Two, configuration: "other")]);
        cluster.Objects[Deployment]["spec"]!["replicas"] = 5;

        await client.ApplyAsync([
            .. Some.Manifests(new() { Replicas = 1 }, Some.Options with { MaxReplicas = 1 }, "other"),
            .. Some.Manifests(Two)]);

        Assert.Equal(5, (int)cluster.Objects[Deployment]["spec"]!["replicas"]!);
        Assert.Equal(1, (int)cluster.Objects[Deployments + "other"]["spec"]!["replicas"]!);
        Assert.Contains(Budget, cluster.Objects.Keys);
        Assert.Equal(9, cluster.Objects.Count);
    }

    [Fact]
    public async Task What_is_not_there_can_be_removed()
    {
        await using var cluster = await StandInCluster.StartAsync();
        using var client = cluster.Open();

        await client.DeleteAsync("diamond-price");

        Assert.Empty(cluster.Changes);
    }

    [Theory]
    [InlineData("helm", "diamond-price")]
    [InlineData("envelope-registry", "diamond.price")]
    [InlineData(null, null)]
    public async Task Objects_of_others_are_neither_changed_nor_removed(string? manager, string? configuration)
    {
        await using var cluster = await StandInCluster.StartAsync();
        using var client = cluster.Open();
        cluster.Objects[Service] = OfAnother(manager, configuration);

        var refusal = await Assert.ThrowsAsync<EnvelopeException>(() => client.ApplyAsync(Some.Manifests()));
        await client.DeleteAsync("diamond-price");

        Assert.Equal(EnvelopeError.Invalid, refusal.Error);
        Assert.Contains("Service 'diamond-price'", refusal.Message, StringComparison.Ordinal);
        Assert.Empty(cluster.Changes);
    }

    [Fact]
    public async Task Other_kinds_of_objects_are_not_applied()
    {
        await using var cluster = await StandInCluster.StartAsync();
        using var client = cluster.Open();

        var refusal = await Assert.ThrowsAsync<EnvelopeException>(() => client.ApplyAsync(
            [new k8s.Models.V1Pod { Kind = "Pod", Metadata = Some.Manifests()[0].Metadata }]));

        Assert.Contains("'Pod'", refusal.Message, StringComparison.Ordinal);
        Assert.Empty(cluster.Asked);
    }

    private static JsonObject OfAnother(string? manager, string? configuration) => new()
    {
        ["apiVersion"] = "v1",
        ["kind"] = "Service",
        ["metadata"] = manager is null ? new JsonObject { ["name"] = "diamond-price" } : new JsonObject
        {
            ["name"] = "diamond-price",
            ["labels"] = new JsonObject { ["app.kubernetes.io/managed-by"] = manager },
            ["annotations"] = new JsonObject { ["envelopesdk.dev/service"] = configuration },
        },
    };
}
