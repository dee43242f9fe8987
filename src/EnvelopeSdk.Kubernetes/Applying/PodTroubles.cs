using k8s.Models;

namespace EnvelopeSdk.Kubernetes.Applying;

/// <summary>Why pods are not ready, in the cluster's words.</summary>
internal static class PodTroubles
{
    /// <summary>What the first pod with a trouble says; null: none has any.</summary>
    public static string? Of(IEnumerable<V1Pod> pods) => pods.Select(Of).FirstOrDefault(one => one is not null);

    private static string? Of(V1Pod pod)
    {
        var unscheduled = pod.Status?.Conditions?.FirstOrDefault(one =>
            one is { Type: "PodScheduled", Status: "False" });
        var container = pod.Status?.ContainerStatuses?.FirstOrDefault(one => one.State is { Running: null });
        var (reason, message) = container switch
        {
            { State: { Waiting: { Reason: not ("ContainerCreating" or "PodInitializing") } waiting } } =>
                (waiting.Reason, waiting.Message ?? EndOf(container.LastState)),
            { State: { Terminated: not null } state } => (state.Terminated.Reason, EndOf(state)),
            _ when pod.Status?.Reason is { } evicted => (evicted, pod.Status.Message?.TrimEnd('.')),
            _ => (unscheduled?.Reason, unscheduled?.Message),
        };
        return reason is null ? null : $"pod {pod.Metadata.Name}: {reason}{(message is null ? "" : ", " + message)}";
    }

    private static string? EndOf(V1ContainerState? state) =>
        state?.Terminated is { } end ? $"it ended with exit code {end.ExitCode} ({end.Reason})" : null;
}
