using System.Globalization;
using k8s.Models;

namespace EnvelopeSdk.Kubernetes.Manifests;

/// <summary>How the objects of a service are called and found.</summary>
internal sealed class ServiceIdentity(DeployedImage image, string @namespace)
{
    public const string Manager = "envelope-registry";
    public const string ManagedBy = "app.kubernetes.io/managed-by";
    public const string Configuration = "envelopesdk.dev/configuration";
    public const string Service = "envelopesdk.dev/service";

    private const string AppName = "app.kubernetes.io/name";

    public DeployedImage Image => image;

    public string Name { get; } = ObjectName.Of(image.Service);

    /// <summary>What the pods of a service have, and no others. A Deployment keeps its selector for ever.</summary>
    public V1LabelSelector Selector => new()
    {
        MatchLabels = SelectorOf(Name),
    };

    /// <summary>The labels that pods are found by.</summary>
    public static SortedDictionary<string, string> SelectorOf(string name) => new(StringComparer.Ordinal)
    {
        [AppName] = name,
        [ManagedBy] = Manager,
    };

    /// <summary>These as who asks for pods writes them.</summary>
    public static string SelectorText(string name) =>
        string.Join(',', SelectorOf(name).Select(label => $"{label.Key}={label.Value}"));

    /// <summary>What each object has.</summary>
    public V1ObjectMeta Metadata() => new()
    {
        Name = Name,
        NamespaceProperty = @namespace,
        Labels = Labels(),
        Annotations = Annotations(),
    };

    /// <summary>What each pod has. Another deployment is another pod, even of the same image.</summary>
    public V1ObjectMeta PodMetadata()
    {
        var annotations = Annotations();
        annotations["envelopesdk.dev/deployment"] = image.Deployment.ToString(CultureInfo.InvariantCulture);
        return new() { Labels = Labels(), Annotations = annotations };
    }

    private SortedDictionary<string, string> Labels()
    {
        var labels = SelectorOf(Name);
        labels[Configuration] = ObjectName.IsLabel(image.Configuration) ? image.Configuration : Name;
        return labels;
    }

    private SortedDictionary<string, string> Annotations() => new(StringComparer.Ordinal)
    {
        [Configuration] = image.Configuration,
        [Service] = image.Service,
        ["envelopesdk.dev/envelope"] = image.Envelope,
        ["envelopesdk.dev/digest"] = image.Digest,
        ["envelopesdk.dev/platform"] = image.Platform,
    };
}
