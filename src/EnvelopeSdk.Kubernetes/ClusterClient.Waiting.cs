using EnvelopeSdk.Kubernetes.Applying;
using EnvelopeSdk.Kubernetes.Manifests;
using k8s;
using k8s.Models;

namespace EnvelopeSdk.Kubernetes;

public sealed partial class ClusterClient
{
    /// <summary>
    /// Waits until what was applied last for a service runs in full and is ready, and nothing runs from before.
    /// </summary>
    /// <param name="service">The name of the service.</param>
    /// <param name="timeout">How long it may take.</param>
    /// <param name="cancellationToken">Stops the waiting.</param>
    /// <exception cref="EnvelopeException">
    /// It is not ready in that time or never will be, it is not there, or the cluster refuses.
    /// </exception>
    public async Task ReadyAsync(
        string service, TimeSpan timeout, CancellationToken cancellationToken = default)
    {
        var at = new ObjectPlace(_options.Namespace, ServiceManifests.NameOf(service));
        var begin = TimeProvider.System.GetTimestamp();
        while (true)
        {
            var rollout = await RolloutAsync(at, cancellationToken);
            if (rollout.IsReady)
            {
                return;
            }

            var isLate = TimeProvider.System.GetElapsedTime(begin) >= timeout;
            if (isLate || rollout.Failure is not null)
            {
                throw await NotReadyAsync(service, at, rollout, isLate ? timeout : null, cancellationToken);
            }

            await Task.Delay(_pause, cancellationToken);
        }
    }

    /// <summary>The last lines that a pod of a service wrote: of one with a trouble, if there is one.</summary>
    /// <param name="service">The name of the service.</param>
    /// <param name="lines">How many at most.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="EnvelopeException">The cluster refuses, or does not answer.</exception>
    public Task<string> LogEndAsync(string service, int lines, CancellationToken cancellationToken = default) =>
        LogEndAsync(
            new(_options.Namespace, ServiceManifests.NameOf(service)), ServiceContainer.Name, lines, cancellationToken);

    private Task<string> LogEndAsync(
        ObjectPlace at, string container, int lines, CancellationToken cancellationToken) => _faults.AskAsync(
        $"give what the pods of '{at.Name}' wrote",
        async () =>
        {
            await using var log = await OpenLogAsync(at, container, lines, cancellationToken);
            using var text = new StreamReader(log ?? Stream.Null);
            return await text.ReadToEndAsync(cancellationToken);
        },
        cancellationToken);

    /// <summary>
    /// What a container of a pod has written: of a pod with a trouble, if there is one. Others may have put containers
    /// of theirs beside it.
    /// </summary>
    /// <returns>Null: there is no pod.</returns>
    private async Task<Stream?> OpenLogAsync(
        ObjectPlace at, string container, int? lines, CancellationToken cancellationToken)
    {
        var pods = await ListPodsAsync(at, cancellationToken);
        return (pods.FirstOrDefault(one => PodTroubles.Of([one]) is not null) ?? pods.FirstOrDefault()) is { } pod
            ? await _api.CoreV1.ReadNamespacedPodLogAsync(
                pod.Metadata.Name, at.Namespace, container, tailLines: lines, cancellationToken: cancellationToken)
            : null;
    }

    private Task<IList<V1Pod>> PodsAsync(ObjectPlace at, CancellationToken cancellationToken) => _faults.AskAsync(
        $"list the pods of '{at.Name}'", () => ListPodsAsync(at, cancellationToken), cancellationToken);

    private async Task<IList<V1Pod>> ListPodsAsync(ObjectPlace at, CancellationToken cancellationToken) =>
        (await _api.CoreV1.ListNamespacedPodAsync(
            at.Namespace, labelSelector: ServiceIdentity.SelectorText(at.Name), cancellationToken: cancellationToken))
        .Items;

    private async Task<Rollout> RolloutAsync(ObjectPlace at, CancellationToken cancellationToken) =>
        await FindAsync(ClusterKind.Of(V1Deployment.KubeKind), at, cancellationToken) is V1Deployment deployment
            ? Rollout.Of(deployment)
            : throw new EnvelopeException(
                EnvelopeError.NotFound,
                $"There is no Deployment '{at.Name}' in the namespace '{at.Namespace}'. Apply it first.");

    private async Task<EnvelopeException> NotReadyAsync(
        string service, ObjectPlace at, Rollout rollout, TimeSpan? waited, CancellationToken cancellationToken)
    {
        var reason = rollout.Failure ?? rollout.Progress;
        var trouble = await TroubleAsync(at, cancellationToken);
        return new(
            EnvelopeError.Unavailable,
            $"The service of '{service}' is not ready on the cluster"
            + (waited is { TotalSeconds: var seconds } ? FormattableString.Invariant($" after {seconds:0} s") : "")
            + $": {reason}{(trouble is null ? "" : "; " + trouble)}. Look at it with 'kubectl -n {at.Namespace} "
            + $"describe pods -l {ServiceIdentity.SelectorText(at.Name)}'.");
    }

    /// <summary>What the pods say; null: nothing, or not to who asks.</summary>
    private async Task<string?> TroubleAsync(ObjectPlace at, CancellationToken cancellationToken)
    {
        try
        {
            return PodTroubles.Of(await PodsAsync(at, cancellationToken));
        }
        catch (EnvelopeException)
        {
            return null;
        }
    }
}
