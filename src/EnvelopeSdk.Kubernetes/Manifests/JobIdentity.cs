using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using k8s.Models;

namespace EnvelopeSdk.Kubernetes.Manifests;

/// <summary>How the Job of an attempt is called and found.</summary>
internal sealed class JobIdentity(ClusterJob job, string @namespace)
{
    /// <summary>The run that a Job is of.</summary>
    public const string Run = "envelopesdk.dev/run";

    private const string Batch = "envelopesdk.dev/batch";
    private const int HashLength = 10;

    public ClusterJob Job => job;

    public string Name { get; } = NameOf(job);

    /// <summary>The name of the batch as far as there is room, the numbers, and a hash of the whole run.</summary>
    public static string NameOf(ClusterJob job)
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(job.Run)))[..HashLength];
        var end = string.Create(CultureInfo.InvariantCulture, $"-{job.Id}-{job.Attempt}-{hash}");
        var name = ObjectName.Of(job.Batch);
        return name[..Math.Min(name.Length, ObjectName.Longest - end.Length)].TrimEnd('-') + end;
    }

    public V1ObjectMeta Metadata() => new()
    {
        Name = Name,
        NamespaceProperty = @namespace,
        Labels = Labels(),
        Annotations = Annotations(),
    };

    public V1ObjectMeta PodMetadata() => new() { Labels = Labels(), Annotations = Annotations() };

    private SortedDictionary<string, string> Labels()
    {
        var labels = ServiceIdentity.SelectorOf(Name);
        labels[Batch] = ObjectName.IsLabel(job.Batch) ? job.Batch : ObjectName.Of(job.Batch);
        return labels;
    }

    private SortedDictionary<string, string> Annotations() => new(StringComparer.Ordinal)
    {
        [Batch] = job.Batch,
        [Run] = job.Run,
        ["envelopesdk.dev/envelope"] = job.Envelope,
        ["envelopesdk.dev/digest"] = job.Digest,
        ["envelopesdk.dev/platform"] = job.Platform,
    };
}
