using EnvelopeSdk.Deployments;
using k8s.Models;

namespace EnvelopeSdk.Kubernetes.Manifests;

/// <summary>The pods of a service: replaced one by one, each when another is ready in its place.</summary>
internal static class DeploymentManifest
{
    public const string TemporaryVolume = "tmp";

    /// <summary>How many seconds a service that ends has for what it has begun: those that its host gives it.</summary>
    private const int EndSeconds = 30;

    public static V1Deployment Of(ServiceIdentity identity, DeploymentSettings settings, KubernetesOptions options) =>
        new()
        {
            ApiVersion = "apps/v1",
            Kind = V1Deployment.KubeKind,
            Metadata = identity.Metadata(),
            Spec = new()
            {
                Replicas = settings.Replicas,
                ProgressDeadlineSeconds = settings.Limits.StartSeconds + options.PullSeconds,
                RevisionHistoryLimit = 3,
                Selector = identity.Selector,
                Strategy = new()
                {
                    Type = "RollingUpdate",
                    RollingUpdate = new() { MaxSurge = 1, MaxUnavailable = 0 },
                },
                Template = new() { Metadata = identity.PodMetadata(), Spec = Pod(identity, settings, options) },
            },
        };

    /// <summary>
    /// Models run with no account of the cluster, and know no other service's address by their environment.
    /// </summary>
    private static V1PodSpec Pod(ServiceIdentity identity, DeploymentSettings settings, KubernetesOptions options) =>
        new()
        {
            AutomountServiceAccountToken = false,
            EnableServiceLinks = false,
            TerminationGracePeriodSeconds = ServiceContainer.LeaveSeconds + EndSeconds,
            ImagePullSecrets = options.PullSecret is { } secret ? [new() { Name = secret }] : null,
            Containers = [ServiceContainer.Of(identity, settings, options)],
            Volumes = [new() { Name = TemporaryVolume, EmptyDir = new() }],
        };
}
