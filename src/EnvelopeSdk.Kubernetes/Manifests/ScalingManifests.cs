using EnvelopeSdk.Deployments;
using k8s.Models;

namespace EnvelopeSdk.Kubernetes.Manifests;

/// <summary>How many pods a service has.</summary>
internal static class ScalingManifests
{
    /// <summary>How busy the processors that pods are promised may be, in percent, until there are more.</summary>
    private const int BusyPercent = 70;

    public static V2HorizontalPodAutoscaler Autoscaler(
        ServiceIdentity identity, DeploymentSettings settings, KubernetesOptions options) => new()
        {
            ApiVersion = "autoscaling/v2",
            Kind = V2HorizontalPodAutoscaler.KubeKind,
            Metadata = identity.Metadata(),
            Spec = new()
            {
                ScaleTargetRef = new() { ApiVersion = "apps/v1", Kind = V1Deployment.KubeKind, Name = identity.Name },
                MinReplicas = settings.Replicas,
                MaxReplicas = Math.Max(settings.Replicas, options.MaxReplicas),
                Metrics =
            [
                new()
                {
                    Type = "Resource",
                    Resource = new()
                    {
                        Name = "cpu",
                        Target = new() { Type = "Utilization", AverageUtilization = BusyPercent },
                    },
                },
            ],
            },
        };

    /// <summary>Who empties nodes takes one pod at a time.</summary>
    public static V1PodDisruptionBudget Budget(ServiceIdentity identity) => new()
    {
        ApiVersion = "policy/v1",
        Kind = V1PodDisruptionBudget.KubeKind,
        Metadata = identity.Metadata(),
        Spec = new() { MaxUnavailable = 1, Selector = identity.Selector },
    };
}
