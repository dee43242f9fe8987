using EnvelopeSdk.Deployments;
using k8s.Models;

namespace EnvelopeSdk.Kubernetes.Manifests;

/// <summary>The container of a service: no root, no rights of the kernel, <c>/tmp</c> to write to.</summary>
internal static class ServiceContainer
{
    /// <summary>Where it listens.</summary>
    public const int Port = 8080;

    /// <summary>The name of that port.</summary>
    public const string PortName = "http";

    /// <summary>
    /// How many seconds a pod that is to end still takes requests: until then all who send some know that it leaves.
    /// </summary>
    public const int LeaveSeconds = 5;

    /// <summary>The user of .NET's images that is not root.</summary>
    private const int User = 1654;

    private const int ProbeSeconds = 2;

    public static V1Container Of(ServiceIdentity identity, DeploymentSettings settings, KubernetesOptions options) =>
        new()
        {
            Name = "service",
            Image = identity.Image.Image,
            Ports = [new() { Name = PortName, ContainerPort = Port, Protocol = "TCP" }],
            Env = ContainerVariables.Of(identity.Image.Configuration, settings),
            Resources = Resources(settings.Limits, options),
            StartupProbe = Probe("/health/ready", StartProbes(settings.Limits)),
            LivenessProbe = Probe("/health/live", 3, period: 10),
            ReadinessProbe = Probe("/health/ready", 2),
            Lifecycle = new() { PreStop = new() { Sleep = new() { Seconds = LeaveSeconds } } },
            SecurityContext = Rights(),
            VolumeMounts = [new() { Name = DeploymentManifest.TemporaryVolume, MountPath = "/tmp" }],
        };

    /// <summary>Memory is promised in whole, so that a node that runs short of it ends others first.</summary>
    private static V1ResourceRequirements Resources(ServiceLimits limits, KubernetesOptions options)
    {
        var requests = new SortedDictionary<string, ResourceQuantity>(StringComparer.Ordinal)
        {
            ["cpu"] = new($"{options.CpuMillicores}m"),
        };
        if (limits.MemoryMegabytes is not { } megabytes)
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

    private static int StartProbes(ServiceLimits limits) => (limits.StartSeconds + ProbeSeconds - 1) / ProbeSeconds;

    private static V1Probe Probe(string path, int failures, int period = ProbeSeconds) => new()
    {
        HttpGet = new() { Path = path, Port = PortName },
        PeriodSeconds = period,
        TimeoutSeconds = 5,
        FailureThreshold = failures,
    };

    private static V1SecurityContext Rights() => new()
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
