using System.Security.Cryptography;
using EnvelopeSdk.Kubernetes.Applying;
using k8s;
using k8s.Exceptions;
using k8s.Models;

namespace EnvelopeSdk.Kubernetes;

/// <summary>Runs services on a cluster, by its API server.</summary>
public sealed partial class ClusterClient : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly IKubernetes _api;
    private readonly ClusterFaults _faults;
    private readonly KubernetesOptions _options;
    private readonly TimeSpan _pause;

    private ClusterClient(KubernetesClientConfiguration configuration, KubernetesOptions options, TimeSpan pause)
    {
        _api = new k8s.Kubernetes(configuration);
        _faults = new(configuration.Host);
        _options = options;
        _pause = pause;
    }

    /// <summary>Reads who one is on which cluster. It asks the cluster nothing.</summary>
    /// <param name="options">Which cluster.</param>
    /// <exception cref="EnvelopeException">There is no file that says it, or it cannot be read.</exception>
    public static ClusterClient Open(KubernetesOptions options) => Open(options, TimeSpan.FromSeconds(1), Patience);

    /// <param name="options">Which cluster.</param>
    /// <param name="pause">How long it waits until it asks again whether a service is ready.</param>
    /// <param name="patience">How long it waits for an answer.</param>
    internal static ClusterClient Open(KubernetesOptions options, TimeSpan pause, TimeSpan patience)
    {
        ArgumentNullException.ThrowIfNull(options);
        try
        {
            var configuration = options is { Kubeconfig: null, Context: null }
                ? KubernetesClientConfiguration.BuildDefaultConfig()
                : KubernetesClientConfiguration.BuildConfigFromConfigFile(options.Kubeconfig, options.Context);
            configuration.HttpClientTimeout = patience;
            return new(configuration, options, pause);
        }
        catch (Exception failure) when (failure is KubeConfigException or IOException or UnauthorizedAccessException
            or YamlDotNet.Core.YamlException or FormatException or CryptographicException)
        {
            throw new EnvelopeException(
                EnvelopeError.Invalid,
                $"{(options.Kubeconfig is { } file ? $"'{file}'" : "The kubeconfig")} does not say which cluster: "
                + $"{failure.Message} Look whether 'kubectl cluster-info' works with it.",
                failure);
        }
    }

    /// <summary>
    /// Makes the objects of a service, or makes them as they are to be, and removes what the service had before and
    /// has no more. What the autoscaler has decided holds, within its bounds.
    /// </summary>
    /// <param name="objects">All objects of the service, or of several.</param>
    /// <param name="cancellationToken">Stops it between two objects: applying them again goes on.</param>
    /// <exception cref="EnvelopeException">The cluster refuses, or has others' objects of the names.</exception>
    public async Task ApplyAsync(
        IReadOnlyList<IKubernetesObject<V1ObjectMeta>> objects, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(objects);
        var there = new List<IKubernetesObject<V1ObjectMeta>?>();
        foreach (var one in objects)
        {
            there.Add(await OwnAsync(one, cancellationToken));
        }

        foreach (var (one, before) in objects.Zip(there))
        {
            await ApplyAsync(KeptScale.Of(one, before, objects), cancellationToken);
        }

        foreach (var (at, service) in objects.Select(one => (PlaceOf(one), ServiceOf(one))).Distinct())
        {
            var kinds = objects.Where(one => PlaceOf(one) == at).Select(one => one.Kind).ToHashSet();
            await RemoveAsync(at, service, kind => !kinds.Contains(kind.Kind), cancellationToken);
        }
    }

    /// <summary>Removes all objects of a service that are there. Others' of their name stay.</summary>
    /// <param name="service">The name of the service.</param>
    /// <param name="cancellationToken">Stops it between two objects: deleting them again goes on.</param>
    /// <exception cref="EnvelopeException">The cluster refuses.</exception>
    public Task DeleteAsync(string service, CancellationToken cancellationToken = default) => RemoveAsync(
        new(_options.Namespace, ServiceManifests.NameOf(service)), service, _ => true, cancellationToken);

    /// <inheritdoc/>
    public void Dispose() => _api.Dispose();
}
