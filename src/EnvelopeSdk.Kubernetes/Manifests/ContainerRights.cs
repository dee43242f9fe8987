using k8s.Models;

namespace EnvelopeSdk.Kubernetes.Manifests;

/// <summary>
/// What code of envelopes may do in a container: not be root, and write nowhere but to what is mounted.
/// </summary>
internal static class ContainerRights
{
    /// <summary>The user of .NET's images that is not root.</summary>
    public const int User = 1654;

    public static V1SecurityContext Of() => new()
    {
        RunAsNonRoot = true,
        RunAsUser = User,
        RunAsGroup = User,
        ReadOnlyRootFilesystem = true,
        AllowPrivilegeEscalation = false,
        Capabilities = new() { Drop = ["ALL"] },
        SeccompProfile = new() { Type = "RuntimeDefault" },
    };
}
