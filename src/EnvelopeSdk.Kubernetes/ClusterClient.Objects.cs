using EnvelopeSdk.Kubernetes.Applying;
using EnvelopeSdk.Kubernetes.Manifests;
using k8s;
using k8s.Autorest;
using k8s.Models;

namespace EnvelopeSdk.Kubernetes;

public sealed partial class ClusterClient
{
    /// <summary>What is there in an object's place; null: nothing.</summary>
    /// <exception cref="EnvelopeException">It is another's.</exception>
    private async Task<IKubernetesObject<V1ObjectMeta>?> OwnAsync(
        IKubernetesObject<V1ObjectMeta> one, CancellationToken cancellationToken)
    {
        var at = PlaceOf(one);
        var there = await FindAsync(ClusterKind.Of(one.Kind), at, cancellationToken);
        return there is null || IsOf(ServiceOf(one), there)
            ? there
            : throw new EnvelopeException(
                EnvelopeError.Invalid,
                $"There is a {one.Kind} '{at.Name}' in the namespace '{at.Namespace}' that is not of the service "
                + $"'{ServiceOf(one)}'. Give its configuration another name, or services another namespace.");
    }

    private Task ApplyAsync(IKubernetesObject<V1ObjectMeta> one, CancellationToken cancellationToken)
    {
        var (kind, at) = (ClusterKind.Of(one.Kind), PlaceOf(one));
        return _faults.AskAsync(
            $"apply the {one.Kind} '{at.Name}' in the namespace '{at.Namespace}'",
            async () =>
            {
                await kind.ApplyAsync(_api, new(one, V1Patch.PatchType.ApplyPatch), at, cancellationToken);
                return true;
            },
            cancellationToken);
    }

    /// <summary>Removes what a service has, what was applied last first.</summary>
    private async Task RemoveAsync(
        ObjectPlace at, string service, Func<ClusterKind, bool> which, CancellationToken cancellationToken)
    {
        foreach (var kind in ClusterKind.All.Where(which).Reverse())
        {
            if (await FindAsync(kind, at, cancellationToken) is { } there && IsOf(service, there))
            {
                await _faults.AskAsync(
                    $"delete the {kind.Kind} '{at.Name}' in the namespace '{at.Namespace}'",
                    () => IsThereAsync(() => kind.DeleteAsync(_api, at, cancellationToken)), cancellationToken);
            }
        }
    }

    private Task<IKubernetesObject<V1ObjectMeta>?> FindAsync(
        ClusterKind kind, ObjectPlace at, CancellationToken cancellationToken) => _faults.AskAsync(
        $"read the {kind.Kind} '{at.Name}' in the namespace '{at.Namespace}'",
        async () =>
        {
            IKubernetesObject<V1ObjectMeta>? found = null;
            await IsThereAsync(async () => found = await kind.ReadAsync(_api, at, cancellationToken));
            return found;
        },
        cancellationToken);

    private static async Task<bool> IsThereAsync(Func<Task> ask)
    {
        try
        {
            await ask();
            return true;
        }
        catch (HttpOperationException refusal) when (ClusterFaults.IsMissing(refusal))
        {
            return false;
        }
    }

    private static ObjectPlace PlaceOf(IKubernetesObject<V1ObjectMeta> one) =>
        new(one.Metadata.NamespaceProperty, one.Metadata.Name);

    private static string ServiceOf(IKubernetesObject<V1ObjectMeta> one) =>
        one.Metadata.Annotations[ServiceIdentity.Service];

    private static bool IsOf(string service, IKubernetesObject<V1ObjectMeta> there) =>
        there.Metadata.Labels?.Contains(new(ServiceIdentity.ManagedBy, ServiceIdentity.Manager)) == true
        && there.Metadata.Annotations?.Contains(new(ServiceIdentity.Service, service)) == true;
}
