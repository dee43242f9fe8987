using EnvelopeSdk.Deployments;
using k8s.Models;

namespace EnvelopeSdk.Kubernetes.Manifests;

/// <summary>The container of a service: no root, no rights of the kernel, <c>/tmp</c> to write to.</summary>
internal static class ServiceContainer
{
    public const string Name = "service";

    /// <summary>Where it listens.</summary>
    public const int Port = 8080;

    /// <summary>The name of that port.</summary>
    public const string PortName = "http";

    /// <summary>
    /// How many seconds a pod that is to end still takes requests: until then all who send some know that it leaves.
    /// </summary>
    public const int LeaveSeconds = 5;

    private const int ProbeSeconds = 2;

    public static V1Container Of(ServiceIdentity identity, DeploymentSettings settings, KubernetesOptions options) =>
        new()
        {
            Name = Name,
            Image = identity.Image.Image,
            Ports = [new() { Name = PortName, ContainerPort = Port, Protocol = "TCP" }],
            Env = ContainerVariables.OfService(identity.Image.Configuration, settings),
            Resources = ContainerResources.Of(options.CpuMillicores, settings.Limits.MemoryMegabytes),
            StartupProbe = Probe("/health/ready", StartProbes(settings.Limits)),
            LivenessProbe = Probe("/health/live", 3, period: 10),
            ReadinessProbe = Probe("/health/ready", 2),
            Lifecycle = new() { PreStop = new() { Sleep = new() { Seconds = LeaveSeconds } } },
            SecurityContext = ContainerRights.Of(),
            VolumeMounts = [new() { Name = DeploymentManifest.TemporaryVolume, MountPath = "/tmp" }],
        };

    private static int StartProbes(ServiceLimits limits) => (limits.StartSeconds + ProbeSeconds - 1) / ProbeSeconds;

    private static V1Probe Probe(string path, int failures, int period = ProbeSeconds) => new()
    {
        HttpGet = new() { Path = path, Port = PortName },
        PeriodSeconds = period,
        TimeoutSeconds = 5,
        FailureThreshold = failures,
    };
}
