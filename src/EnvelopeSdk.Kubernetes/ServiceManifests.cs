using EnvelopeSdk.Deployments;
using EnvelopeSdk.Kubernetes.Manifests;
using k8s;
using k8s.Models;

namespace EnvelopeSdk.Kubernetes;

/// <summary>What a service is on a cluster.</summary>
public static class ServiceManifests
{
    /// <summary>
    /// The objects of a service, in the order in which they are applied: what limits its traffic comes before what
    /// runs. All have the name <see cref="NameOf"/>.
    /// </summary>
    /// <param name="image">What runs.</param>
    /// <param name="settings">How.</param>
    /// <param name="options">Where.</param>
    /// <exception cref="EnvelopeException">A cluster cannot run it so.</exception>
    public static IReadOnlyList<IKubernetesObject<V1ObjectMeta>> Of(
        DeployedImage image, DeploymentSettings settings, KubernetesOptions options)
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(options);
        ManifestCheck.Run(image, settings, options);
        var identity = new ServiceIdentity(image, options.Namespace);
        return
        [
            TrafficManifests.Policy(identity),
            TrafficManifests.Service(identity),
            DeploymentManifest.Of(identity, settings, options),
            ScalingManifests.Autoscaler(identity, settings, options),
            .. settings.Replicas > 1 ? [ScalingManifests.Budget(identity)] : (V1PodDisruptionBudget[])[],
        ];
    }

    /// <summary>
    /// The name of the objects of a service: its own where that can be the name of a service on a cluster, else
    /// its letters and digits with a part of its hash.
    /// </summary>
    /// <param name="service">The name of the service.</param>
    /// <exception cref="EnvelopeException">It is no name.</exception>
    public static string NameOf(string service) => ObjectName.Of(EnvelopeName.Check(service));
}
