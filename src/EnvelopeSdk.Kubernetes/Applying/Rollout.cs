using k8s.Models;

namespace EnvelopeSdk.Kubernetes.Applying;

/// <summary>How far a cluster has come with a deployment.</summary>
/// <param name="IsReady">Whether all its pods are of it and are ready, and none of another is left.</param>
/// <param name="Failure">Why it never will be; null: it may still be.</param>
/// <param name="Progress">What it waits for.</param>
internal sealed record Rollout(bool IsReady, string? Failure, string Progress)
{
    public static Rollout Of(V1Deployment deployment)
    {
        var (status, wanted) = (deployment.Status, deployment.Spec.Replicas ?? 1);
        if (status?.ObservedGeneration is not { } seen || seen < deployment.Metadata.Generation)
        {
            return new(false, null, "the cluster has not begun with it");
        }

        var progress = Progressed(status, wanted);
        return new(progress is null, Failed(status), progress ?? "nothing");
    }

    private static string? Progressed(V1DeploymentStatus status, int wanted)
    {
        var (all, updated, available) =
            (status.Replicas ?? 0, status.UpdatedReplicas ?? 0, status.AvailableReplicas ?? 0);
        return updated < wanted ? $"{updated} of {wanted} pods are of this deployment"
            : all > updated ? $"{all - updated} pods of the deployment before it are to end"
            : available < updated ? $"{available} of {updated} pods are ready"
            : null;
    }

    /// <summary>
    /// That it has waited too long, or may not make a pod: a quota or a rule of the namespace forbids it.
    /// </summary>
    private static string? Failed(V1DeploymentStatus status) => status.Conditions?.FirstOrDefault(one =>
        one is { Type: "Progressing", Reason: "ProgressDeadlineExceeded" }
            or { Type: "ReplicaFailure", Status: "True" })?.Message;
}
