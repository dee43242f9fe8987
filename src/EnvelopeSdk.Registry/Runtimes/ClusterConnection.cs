using EnvelopeSdk.Deployments;
using EnvelopeSdk.Kubernetes;
using EnvelopeSdk.Registry.Deploying;

namespace EnvelopeSdk.Registry.Runtimes;

/// <summary>The cluster of this registry, if it knows one.</summary>
internal sealed class ClusterConnection(DeployingOptions options) : IDisposable
{
    private readonly Lazy<ClusterClient> _client = new(() => ClusterClient.Open(options.Cluster!.Kubernetes));

    /// <summary>Null: it knows none.</summary>
    public ClusterOptions? Options => options.Cluster;

    /// <exception cref="EnvelopeException">It knows none.</exception>
    public ClusterOptions Known =>
        options.Cluster ?? throw new EnvelopeException(EnvelopeError.Unavailable, Lack!);

    /// <summary>Why nothing can be run on a cluster, with the cure; null: it can.</summary>
    public string? Lack => options.Cluster is null
        ? "This registry knows no cluster. Start it with --kubernetes NAMESPACE and --image-registry HOST:PORT, at "
            + $"which the cluster reaches it, or run processes: runtime '{ServiceRuntime.Process}'."
        : null;

    /// <summary>How long its nodes may take until an image is there.</summary>
    /// <exception cref="EnvelopeException">It knows none.</exception>
    public TimeSpan Delivery => TimeSpan.FromSeconds(Known.Kubernetes.PullSeconds);

    /// <summary>Asks it.</summary>
    /// <exception cref="EnvelopeException">It knows none, or not who it is there.</exception>
    public ClusterClient Client
    {
        get
        {
            _ = Known;
            return _client.Value;
        }
    }

    public void Dispose()
    {
        if (_client.IsValueCreated)
        {
            _client.Value.Dispose();
        }
    }
}
