using EnvelopeSdk.Kubernetes.Tests.StandIn;
using k8s.Models;

namespace EnvelopeSdk.Kubernetes.Tests;

/// <summary>How many pods a service has.</summary>
public class ScalingTests
{
    [Fact]
    public void One_replica_has_no_budget_of_disruptions()
    {
        var manifests = Some.Read();

        Assert.Equal(1, manifests.Deployment.Spec.Replicas);
        Assert.Empty(manifests.All.OfType<V1PodDisruptionBudget>());
    }

    [Fact]
    public void Several_replicas_are_taken_away_one_at_a_time()
    {
        var manifests = Some.Read(new() { Replicas = 2 });

        Assert.Equal(2, manifests.Deployment.Spec.Replicas);
        Assert.Equal("1", manifests.One<V1PodDisruptionBudget>().Spec.MaxUnavailable.Value);
    }

    [Fact]
    public void A_new_pod_is_ready_before_an_old_one_ends()
    {
        var strategy = Some.Read().Deployment.Spec.Strategy;

        Assert.Equal("RollingUpdate", strategy.Type);
        Assert.Equal(("1", "0"), (strategy.RollingUpdate.MaxSurge.Value, strategy.RollingUpdate.MaxUnavailable.Value));
    }

    [Theory]
    [InlineData(1, 10, 10)]
    [InlineData(3, 4, 4)]
    [InlineData(8, 4, 8)]
    public void Pods_are_added_when_processors_are_busy(int replicas, int max, int most)
    {
        var manifests = Some.Read(new() { Replicas = replicas }, Some.Options with { MaxReplicas = max });
        var autoscaler = manifests.One<V2HorizontalPodAutoscaler>();

        Assert.Equal("autoscaling/v2", autoscaler.ApiVersion);
        var spec = autoscaler.Spec;
        Assert.Equal((replicas, most), (spec.MinReplicas, spec.MaxReplicas));
        Assert.Equal(
            ("apps/v1", "Deployment", manifests.Deployment.Metadata.Name),
            (spec.ScaleTargetRef.ApiVersion, spec.ScaleTargetRef.Kind, spec.ScaleTargetRef.Name));
        var metric = Assert.Single(spec.Metrics);
        Assert.Equal(("Resource", "cpu"), (metric.Type, metric.Resource.Name));
        Assert.Equal(("Utilization", 70), (metric.Resource.Target.Type, metric.Resource.Target.AverageUtilization));
    }
}
