using EnvelopeSdk.Batches;
using k8s.Models;

namespace EnvelopeSdk.Kubernetes.Manifests;

/// <summary>The one pod of an attempt. Whether there is another attempt is the registry's to say.</summary>
internal static class JobManifest
{
    /// <summary>Where a job writes what it needs while it runs.</summary>
    public const string Temporary = "/tmp";

    public const string ContainerName = "job";

    private const string TemporaryVolume = "tmp";
    private const string ClaimVolume = "data";

    /// <summary>How many seconds a job that is told to end has for it: a little more than it takes itself.</summary>
    private const int EndSeconds = 50;

    /// <summary>
    /// A day: so long somebody can look at what has ended, and a registry that was away can ask for it.
    /// </summary>
    private const int KeptSeconds = 86_400;

    public static V1Job Of(JobIdentity identity, BatchSettings settings, KubernetesOptions options) => new()
    {
        ApiVersion = "batch/v1",
        Kind = V1Job.KubeKind,
        Metadata = identity.Metadata(),
        Spec = new()
        {
            ActiveDeadlineSeconds = settings.TimeoutMinutes * 60L,
            BackoffLimit = 0,
            TtlSecondsAfterFinished = KeptSeconds,
            Template = new() { Metadata = identity.PodMetadata(), Spec = Pod(identity, settings, options) },
        },
    };

    private static V1PodSpec Pod(JobIdentity identity, BatchSettings settings, KubernetesOptions options) => new()
    {
        RestartPolicy = "Never",
        AutomountServiceAccountToken = false,
        EnableServiceLinks = false,
        TerminationGracePeriodSeconds = EndSeconds,
        ImagePullSecrets = options.PullSecret is { } secret ? [new() { Name = secret }] : null,
        SecurityContext = new() { FsGroup = ContainerRights.User, FsGroupChangePolicy = "OnRootMismatch" },
        Containers = [Container(identity.Job, settings, options)],
        Volumes =
        [
            new() { Name = TemporaryVolume, EmptyDir = new() },
            .. options.BatchClaim is { } mount
                ? [new() { Name = ClaimVolume, PersistentVolumeClaim = new() { ClaimName = mount.Claim } }]
                : (V1Volume[])[],
        ],
    };

    private static V1Container Container(ClusterJob job, BatchSettings settings, KubernetesOptions options) => new()
    {
        Name = ContainerName,
        Image = job.Image,
        Args = [.. job.Arguments.Select(ContainerVariables.Literal)],
        Env = ContainerVariables.OfJob(settings),
        Resources = ContainerResources.Of(
            settings.Threads is { } threads ? threads * 1000 : options.CpuMillicores, settings.MemoryMegabytes),
        SecurityContext = ContainerRights.Of(),
        VolumeMounts =
        [
            new() { Name = TemporaryVolume, MountPath = Temporary },
            .. options.BatchClaim is { } mount
                ? [new() { Name = ClaimVolume, MountPath = mount.Path }]
                : (V1VolumeMount[])[],
        ],
    };
}
