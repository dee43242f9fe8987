using EnvelopeSdk.Kubernetes.Manifests;
using k8s;
using k8s.Models;

namespace EnvelopeSdk.Kubernetes.Applying;

/// <summary>A kind of object, and how a cluster is asked for one of a name.</summary>
/// <param name="Kind">Its name.</param>
/// <param name="ReadAsync">Reads one.</param>
/// <param name="ApplyAsync">Makes one, or makes one as it is to be.</param>
/// <param name="DeleteAsync">Removes one, and what it has made.</param>
internal sealed record ClusterKind(
    string Kind,
    Func<IKubernetes, ObjectPlace, CancellationToken, Task<IKubernetesObject<V1ObjectMeta>>> ReadAsync,
    Func<IKubernetes, V1Patch, ObjectPlace, CancellationToken, Task> ApplyAsync,
    Func<IKubernetes, ObjectPlace, CancellationToken, Task> DeleteAsync)
{
    private const string Manager = ServiceIdentity.Manager;
    private const string Background = "Background";

    /// <summary>Those of a service, in the order in which they are applied.</summary>
    public static readonly IReadOnlyList<ClusterKind> All =
    [
        new(
            V1NetworkPolicy.KubeKind,
            async (api, at, stop) => await api.NetworkingV1.ReadNamespacedNetworkPolicyAsync(
                at.Name, at.Namespace, cancellationToken: stop),
            (api, patch, at, stop) => api.NetworkingV1.PatchNamespacedNetworkPolicyAsync(
                patch, at.Name, at.Namespace, fieldManager: Manager, force: true, cancellationToken: stop),
            (api, at, stop) => api.NetworkingV1.DeleteNamespacedNetworkPolicyAsync(
                at.Name, at.Namespace, propagationPolicy: Background, cancellationToken: stop)),
        new(
            V1Service.KubeKind,
            async (api, at, stop) => await api.CoreV1.ReadNamespacedServiceAsync(
                at.Name, at.Namespace, cancellationToken: stop),
            (api, patch, at, stop) => api.CoreV1.PatchNamespacedServiceAsync(
                patch, at.Name, at.Namespace, fieldManager: Manager, force: true, cancellationToken: stop),
            (api, at, stop) => api.CoreV1.DeleteNamespacedServiceAsync(
                at.Name, at.Namespace, propagationPolicy: Background, cancellationToken: stop)),
        new(
            V1Deployment.KubeKind,
            async (api, at, stop) => await api.AppsV1.ReadNamespacedDeploymentAsync(
                at.Name, at.Namespace, cancellationToken: stop),
            (api, patch, at, stop) => api.AppsV1.PatchNamespacedDeploymentAsync(
                patch, at.Name, at.Namespace, fieldManager: Manager, force: true, cancellationToken: stop),
            (api, at, stop) => api.AppsV1.DeleteNamespacedDeploymentAsync(
                at.Name, at.Namespace, propagationPolicy: Background, cancellationToken: stop)),
        new(
            V2HorizontalPodAutoscaler.KubeKind,
            async (api, at, stop) => await api.AutoscalingV2.ReadNamespacedHorizontalPodAutoscalerAsync(
                at.Name, at.Namespace, cancellationToken: stop),
            (api, patch, at, stop) => api.AutoscalingV2.PatchNamespacedHorizontalPodAutoscalerAsync(
                patch, at.Name, at.Namespace, fieldManager: Manager, force: true, cancellationToken: stop),
            (api, at, stop) => api.AutoscalingV2.DeleteNamespacedHorizontalPodAutoscalerAsync(
                at.Name, at.Namespace, propagationPolicy: Background, cancellationToken: stop)),
        new(
            V1PodDisruptionBudget.KubeKind,
            async (api, at, stop) => await api.PolicyV1.ReadNamespacedPodDisruptionBudgetAsync(
                at.Name, at.Namespace, cancellationToken: stop),
            (api, patch, at, stop) => api.PolicyV1.PatchNamespacedPodDisruptionBudgetAsync(
                patch, at.Name, at.Namespace, fieldManager: Manager, force: true, cancellationToken: stop),
            (api, at, stop) => api.PolicyV1.DeleteNamespacedPodDisruptionBudgetAsync(
                at.Name, at.Namespace, propagationPolicy: Background, cancellationToken: stop)),
    ];

    /// <exception cref="EnvelopeException">No service has objects of that kind.</exception>
    public static ClusterKind Of(string kind) => All.FirstOrDefault(one => one.Kind == kind)
        ?? throw new EnvelopeException(
            EnvelopeError.Invalid, $"'{kind}' is no kind of object that a service has on a cluster.");
}

/// <summary>Where an object is on a cluster.</summary>
/// <param name="Namespace">The namespace.</param>
/// <param name="Name">Its name.</param>
internal sealed record ObjectPlace(string Namespace, string Name);
