using System.Net;
using EnvelopeSdk.Kubernetes.Applying;
using EnvelopeSdk.Kubernetes.Manifests;
using k8s;
using k8s.Autorest;
using k8s.Models;

namespace EnvelopeSdk.Kubernetes;

public sealed partial class ClusterClient
{
    /// <summary>How long the pods of a Job that is deleted may take to end, and a node to say so.</summary>
    private static readonly TimeSpan EndPatience = TimeSpan.FromSeconds(90);

    /// <summary>Makes the Job of an attempt, unless it is there.</summary>
    /// <param name="job">The Job.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="EnvelopeException">
    /// The cluster refuses, does not answer, or has another's Job of the name.
    /// </exception>
    public async Task CreateJobAsync(V1Job job, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(job);
        var (at, run) = (PlaceOf(job), job.Metadata.Annotations[JobIdentity.Run]);
        try
        {
            if (await TryCreateAsync(job, at, cancellationToken))
            {
                return;
            }
        }
        catch (EnvelopeException refusal) when (IsForbidden(refusal))
        {
            // A quota, or what admits objects: for the attempt that is an end, and the next may find room.
            throw new EnvelopeException(EnvelopeError.Invalid, refusal.Message, refusal);
        }

        if (await FindJobAsync(at, cancellationToken) is { } there && there.Metadata.Annotations?.Contains(
            new(JobIdentity.Run, run)) != true)
        {
            throw new EnvelopeException(
                EnvelopeError.Invalid,
                $"There is a Job '{at.Name}' in the namespace '{at.Namespace}' that is not of the run. Remove it, or "
                + "give the batch another name.");
        }
    }

    /// <summary>How far the cluster has come with a Job.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>Null: there is none.</returns>
    /// <exception cref="EnvelopeException">The cluster refuses, or does not answer.</exception>
    public async Task<JobState?> FindJobAsync(string name, CancellationToken cancellationToken = default)
    {
        var at = new ObjectPlace(_options.Namespace, name);
        if (await FindJobAsync(at, cancellationToken) is not { } job)
        {
            return null;
        }

        var pods = await PodsAsync(at, cancellationToken);
        var state = JobState.Of(job, pods);
        return pods.Count > 0 || state.Reason is not null
            ? state
            : state with { Reason = await WarningAsync(at, cancellationToken) };
    }

    /// <summary>The last lines that the pod of a Job wrote.</summary>
    /// <param name="name">The name of the Job.</param>
    /// <param name="lines">How many at most.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="EnvelopeException">The cluster refuses, or does not answer.</exception>
    public Task<string> JobLogEndAsync(string name, int lines, CancellationToken cancellationToken = default) =>
        LogEndAsync(new(_options.Namespace, name), JobManifest.ContainerName, lines, cancellationToken);

    /// <summary>Writes what the pod of a Job has written; nothing when it has none any more.</summary>
    /// <param name="name">The name of the Job.</param>
    /// <param name="to">Where to.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="EnvelopeException">The cluster refuses, or does not answer.</exception>
    public Task CopyJobLogAsync(string name, Stream to, CancellationToken cancellationToken = default)
    {
        var at = new ObjectPlace(_options.Namespace, name);
        return _faults.AskAsync(
            $"give what the pod of '{name}' wrote",
            () => IsThereAsync(async () =>
            {
                await using var log = await OpenLogAsync(at, JobManifest.ContainerName, null, cancellationToken);
                await (log ?? Stream.Null).CopyToAsync(to, cancellationToken);
            }),
            cancellationToken);
    }

    /// <summary>Removes a Job and its pod, and waits until both are gone. Others' of its name stays.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="EnvelopeException">The cluster refuses, or the pod does not end.</exception>
    public async Task DeleteJobAsync(string name, CancellationToken cancellationToken = default)
    {
        var at = new ObjectPlace(_options.Namespace, name);
        var begin = TimeProvider.System.GetTimestamp();
        for (var isAsked = false;
            await FindJobAsync(at, cancellationToken) is { } there && IsOurs(there);
            isAsked = true)
        {
            if (!isAsked)
            {
                await _faults.AskAsync(
                    $"delete the Job '{name}' in the namespace '{at.Namespace}'",
                    () => IsThereAsync(() => _api.BatchV1.DeleteNamespacedJobAsync(
                        name, at.Namespace, propagationPolicy: "Foreground", cancellationToken: cancellationToken)),
                    cancellationToken);
            }
            else if (TimeProvider.System.GetElapsedTime(begin) > EndPatience)
            {
                throw new EnvelopeException(
                    EnvelopeError.Unavailable,
                    $"The pod of the Job '{name}' does not end. Look at it with 'kubectl -n {at.Namespace} describe "
                    + $"pods -l {ServiceIdentity.SelectorText(name)}'.");
            }
            else
            {
                await Task.Delay(_pause, cancellationToken);
            }
        }
    }

    /// <returns>Whether it was not there before.</returns>
    private Task<bool> TryCreateAsync(V1Job job, ObjectPlace at, CancellationToken cancellationToken) =>
        _faults.AskAsync(
            $"make the Job '{at.Name}' in the namespace '{at.Namespace}'",
            async () =>
            {
                try
                {
                    await _api.BatchV1.CreateNamespacedJobAsync(
                        job, at.Namespace, fieldManager: ServiceIdentity.Manager, cancellationToken: cancellationToken);
                    return true;
                }
                catch (HttpOperationException refusal) when (refusal.Response.StatusCode == HttpStatusCode.Conflict)
                {
                    return false;
                }
            },
            cancellationToken);

    private Task<V1Job?> FindJobAsync(ObjectPlace at, CancellationToken cancellationToken) => _faults.AskAsync(
        $"read the Job '{at.Name}' in the namespace '{at.Namespace}'",
        async () =>
        {
            V1Job? found = null;
            await IsThereAsync(async () => found = await _api.BatchV1.ReadNamespacedJobAsync(
                at.Name, at.Namespace, cancellationToken: cancellationToken));
            return found;
        },
        cancellationToken);

    /// <summary>
    /// Why a Job has no pod: the cluster says it in its events alone, which not everybody may read.
    /// </summary>
    private async Task<string?> WarningAsync(ObjectPlace at, CancellationToken cancellationToken)
    {
        try
        {
            var events = await _faults.AskAsync(
                $"list the events of '{at.Name}'",
                () => _api.CoreV1.ListNamespacedEventAsync(
                    at.Namespace, fieldSelector: $"involvedObject.kind=Job,involvedObject.name={at.Name},type=Warning",
                    cancellationToken: cancellationToken),
                cancellationToken);
            return events.Items.MaxBy(one => one.LastTimestamp ?? one.EventTime) is { } last
                ? $"{last.Reason}, {last.Message?.TrimEnd('.')}"
                : null;
        }
        catch (EnvelopeException)
        {
            return null;
        }
    }

    private static bool IsForbidden(EnvelopeException refusal) =>
        refusal.InnerException is HttpOperationException { Response.StatusCode: HttpStatusCode.Forbidden };

    private static bool IsOurs(V1Job there) =>
        there.Metadata.Labels?.Contains(new(ServiceIdentity.ManagedBy, ServiceIdentity.Manager)) == true;
}
