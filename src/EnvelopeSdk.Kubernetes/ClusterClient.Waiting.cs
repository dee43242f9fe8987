using EnvelopeSdk.Kubernetes.Applying;
using EnvelopeSdk.Kubernetes.Manifests;
using k8s;
using k8s.Models;

namespace EnvelopeSdk.Kubernetes;

public sealed partial class ClusterClient
{
    /// <summary>
    /// Waits until what was applied last for a configuration runs in full and is ready, and nothing runs from before.
    /// </summary>
    /// <param name="configuration">The name of the configuration.</param>
    /// <param name="timeout">How long it may take.</param>
    /// <param name="cancellationToken">Stops the waiting.</param>
    /// <exception cref="EnvelopeException">
    /// It is not ready in that time or never will be, it is not there, or the cluster refuses.
    /// </exception>
    public async Task ReadyAsync(
        string configuration, TimeSpan timeout, CancellationToken cancellationToken = default)
    {
        var at = new ObjectPlace(_options.Namespace, ServiceManifests.NameOf(configuration));
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
                throw await NotReadyAsync(configuration, at, rollout, isLate ? timeout : null, cancellationToken);
            }

            await Task.Delay(_pause, cancellationToken);
        }
    }

    private async Task<Rollout> RolloutAsync(ObjectPlace at, CancellationToken cancellationToken) =>
        await FindAsync(ClusterKind.Of(V1Deployment.KubeKind), at, cancellationToken) is V1Deployment deployment
            ? Rollout.Of(deployment)
            : throw new EnvelopeException(
                EnvelopeError.NotFound,
                $"There is no Deployment '{at.Name}' in the namespace '{at.Namespace}'. Apply it first.");

    private async Task<EnvelopeException> NotReadyAsync(
        string configuration, ObjectPlace at, Rollout rollout, TimeSpan? waited, CancellationToken cancellationToken)
    {
        var reason = rollout.Failure ?? rollout.Progress;
        var trouble = await TroubleAsync(at, cancellationToken);
        return new(
            EnvelopeError.Unavailable,
            $"The service of '{configuration}' is not ready on the cluster"
            + (waited is { TotalSeconds: var seconds } ? FormattableString.Invariant($" after {seconds:0} s") : "")
            + $": {reason}{(trouble is null ? "" : "; " + trouble)}. Look at it with 'kubectl -n {at.Namespace} "
            + $"describe pods -l {ServiceIdentity.SelectorText(at.Name)}'.");
    }

    /// <summary>What the pods say; null: nothing, or not to who asks.</summary>
    private async Task<string?> TroubleAsync(ObjectPlace at, CancellationToken cancellationToken)
    {
        try
        {
            var pods = await _faults.AskAsync(
                $"list the pods of '{at.Name}'",
                () => _api.CoreV1.ListNamespacedPodAsync(
                    at.Namespace, labelSelector: ServiceIdentity.SelectorText(at.Name),
                    cancellationToken: cancellationToken),
                cancellationToken);
            return PodTroubles.Of(pods.Items);
        }
        catch (EnvelopeException)
        {
            return null;
        }
    }
}
