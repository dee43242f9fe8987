using EnvelopeSdk.Kubernetes.Applying;
using EnvelopeSdk.Kubernetes.Manifests;
using k8s.Models;

namespace EnvelopeSdk.Kubernetes;

/// <summary>How far a cluster has come with the Job of an attempt.</summary>
/// <param name="Made">When it was made.</param>
/// <param name="HasBegun">Whether its program runs, or has run.</param>
/// <param name="Code">With what the program ended; empty: others ended it; null: it has not ended.</param>
/// <param name="Reason">What it waits for, or why it did not end well, in the cluster's words; null: nothing.</param>
/// <param name="Ended">When it ended; null: it has not, or the cluster does not say.</param>
public sealed record JobState(
    DateTimeOffset Made, bool HasBegun, string? Code, string? Reason, DateTimeOffset? Ended)
{
    private static readonly string[] EndedPhases = ["Succeeded", "Failed"];

    /// <param name="job">The Job.</param>
    /// <param name="pods">Its pods.</param>
    internal static JobState Of(V1Job job, IEnumerable<V1Pod> pods)
    {
        var all = pods.ToList();
        var containers = all.SelectMany(pod => pod.Status?.ContainerStatuses ?? [])
            .Where(one => one.Name == JobManifest.ContainerName).ToList();
        var ends = containers.Select(one => one.State?.Terminated).OfType<V1ContainerStateTerminated>().ToList();
        var (done, failed) = (Condition(job, "Complete"), Condition(job, "Failed"));
        // Older clusters say that it has failed while its pods still end, and there are never two of a run.
        var hasEnded = done is not null
            || (failed is not null && all.All(pod => EndedPhases.Contains(pod.Status?.Phase)));
        return new(
            job.Metadata.CreationTimestamp ?? default,
            ends.Count > 0 || containers.Any(one => one.State is { Running: not null }),
            !hasEnded ? null : done is not null ? "0" : ends is [{ } end, ..] ? $"{end.ExitCode}" : "",
            done is not null ? null : PodTroubles.Of(all) ?? Said(failed),
            !hasEnded ? null : ends.Max(one => one.FinishedAt) ?? (done ?? failed)!.LastTransitionTime);
    }

    private static V1JobCondition? Condition(V1Job job, string type) =>
        job.Status?.Conditions?.FirstOrDefault(one => one.Type == type && one.Status == "True");

    private static string? Said(V1JobCondition? failed) =>
        failed is null ? null : $"{failed.Reason}, {failed.Message?.TrimEnd('.')}";
}
