using EnvelopeSdk.Batches;
using EnvelopeSdk.Kubernetes.Manifests;
using k8s.Models;

namespace EnvelopeSdk.Kubernetes;

/// <summary>What an attempt of a run of a batch is on a cluster.</summary>
public static class JobManifests
{
    /// <summary>Where a job may write what it needs while it runs.</summary>
    public const string Temporary = JobManifest.Temporary;

    /// <summary>Its Job, which has the name <see cref="NameOf"/>.</summary>
    /// <param name="job">What runs.</param>
    /// <param name="settings">How.</param>
    /// <param name="options">Where.</param>
    /// <exception cref="EnvelopeException">A cluster cannot run it so.</exception>
    public static V1Job Of(ClusterJob job, BatchSettings settings, KubernetesOptions options)
    {
        ArgumentNullException.ThrowIfNull(job);
        Check(settings, options);
        ManifestCheck.Run(job);
        return JobManifest.Of(new(job, options.Namespace), settings, options);
    }

    /// <summary>
    /// The name of its Job, the same whoever asks: a registry that ended before it wrote down what it made finds it.
    /// Another place, or a database that was brought back, has the same numbers for other runs.
    /// </summary>
    /// <param name="job">What runs.</param>
    public static string NameOf(ClusterJob job)
    {
        ArgumentNullException.ThrowIfNull(job);
        return JobIdentity.NameOf(job);
    }

    /// <summary>Says of settings what a cluster would refuse, or would not run.</summary>
    /// <param name="settings">The settings of a batch.</param>
    /// <param name="options">Where it runs.</param>
    /// <exception cref="EnvelopeException">A cluster cannot run it so.</exception>
    public static void Check(BatchSettings settings, KubernetesOptions options)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(options);
        ManifestCheck.Run(settings, options);
    }
}
