using k8s;
using k8s.Models;

namespace EnvelopeSdk.Kubernetes.Applying;

/// <summary>Keeps how many pods a service has got from its autoscaler, when it is applied anew.</summary>
internal static class KeptScale
{
    /// <summary>An object as it is to be applied: a Deployment with the pods that it has, within the bounds.</summary>
    /// <param name="one">The object.</param>
    /// <param name="before">What is there in its place.</param>
    /// <param name="all">All that is applied with it.</param>
    public static IKubernetesObject<V1ObjectMeta> Of(
        IKubernetesObject<V1ObjectMeta> one, IKubernetesObject<V1ObjectMeta>? before,
        IEnumerable<IKubernetesObject<V1ObjectMeta>> all)
    {
        if ((one, before) is not (V1Deployment, V1Deployment { Spec.Replicas: { } running })
            || all.OfType<V2HorizontalPodAutoscaler>().FirstOrDefault(scaler => IsOf(scaler, one)) is not { } found)
        {
            return one;
        }

        var kept = KubernetesJson.Deserialize<V1Deployment>(KubernetesJson.Serialize(one));
        kept.Spec.Replicas = Math.Clamp(running, found.Spec.MinReplicas ?? 1, found.Spec.MaxReplicas);
        return kept;
    }

    private static bool IsOf(V2HorizontalPodAutoscaler autoscaler, IKubernetesObject<V1ObjectMeta> one) =>
        autoscaler.Metadata.NamespaceProperty == one.Metadata.NamespaceProperty
        && autoscaler.Spec.ScaleTargetRef.Name == one.Metadata.Name;
}
