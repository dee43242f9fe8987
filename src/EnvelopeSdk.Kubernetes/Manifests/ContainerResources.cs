using k8s.Models;

namespace EnvelopeSdk.Kubernetes.Manifests;

/// <summary>What a container is promised, and what it may take.</summary>
internal static class ContainerResources
{
    /// <summary>Memory is promised in whole, so that a node that runs short of it ends others first.</summary>
    /// <param name="millicores">The thousandths of a processor that it is promised.</param>
    /// <param name="megabytes">The memory that it may take; null: as much as it wants.</param>
    public static V1ResourceRequirements Of(int millicores, int? megabytes)
    {
        var requests = new SortedDictionary<string, ResourceQuantity>(StringComparer.Ordinal)
        {
            ["cpu"] = new($"{millicores}m"),
        };
        if (megabytes is null)
        {
            return new() { Requests = requests };
        }

        var memory = new ResourceQuantity($"{megabytes}Mi");
        requests["memory"] = memory;
        return new()
        {
            Requests = requests,
            Limits = new SortedDictionary<string, ResourceQuantity>(StringComparer.Ordinal) { ["memory"] = memory },
        };
    }
}
