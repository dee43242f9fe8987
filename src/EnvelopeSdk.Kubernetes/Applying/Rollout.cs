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
        return new(progress is null, Message(status, "Progressing", "ProgressDeadlineExceeded"), progress ?? "nothing");
    }

    private static string? Progressed(V1DeploymentStatus status, int wanted)
    {
        var (all, updated, available) =
            (status.Replicas ?? 0, status.UpdatedReplicas ?? 0, status.AvailableReplicas ?? 0);
        return updated < wanted ? $"{updated} of {wanted} pods are of this deployment{Forbidden(status)}"
            : all > updated ? $"{all - updated} pods of the deployment before it are to end"
            : available < updated ? $"{available} of {updated} pods are ready"
            : null;
    }

    /// <summary>Why there cannot be another pod now: a quota or a rule of the namespace forbids it.</summary>
    private static string Forbidden(V1DeploymentStatus status) =>
        Message(status, "ReplicaFailure", "FailedCreate") is { } message ? ", " + message : "";

    private static string? Message(V1DeploymentStatus status, string type, string reason) =>
        status.Conditions?.FirstOrDefault(one => one.Type == type && one.Reason == reason)?.Message.TrimEnd('.');
}
