using EnvelopeSdk.Batches;
using EnvelopeSdk.Deployments;

namespace EnvelopeSdk.Kubernetes.Manifests;

/// <summary>Says what a cluster would refuse, or would not run.</summary>
internal static class ManifestCheck
{
    /// <summary>What reading and writing, the model and .NET need together.</summary>
    private const int LeastMemory = 256;

    /// <summary>Where a container has something else, which a claim would hide.</summary>
    private static readonly string[] OfImages =
        ["app", "bin", "dev", "etc", "lib", "lib64", "proc", "sbin", "sys", "tmp", "usr"];

    /// <exception cref="EnvelopeException">A cluster cannot run it so.</exception>
    public static void Run(DeployedImage image, DeploymentSettings settings, KubernetesOptions options)
    {
        EnvelopeName.Check(image.Configuration);
        EnvelopeName.Check(image.Service);
        CheckImage(image.Image);
        Ensure(options.MaxReplicas >= 1, $"A service cannot have {options.MaxReplicas} replicas", "Write 1 or more");
        Check(options, settings.Secrets.Values);
    }

    /// <exception cref="EnvelopeException">A cluster cannot run it so.</exception>
    public static void Run(BatchSettings settings, KubernetesOptions options)
    {
        Ensure(
            settings.MemoryMegabytes is null or >= LeastMemory,
            $"A job on a cluster cannot do with {settings.MemoryMegabytes} megabytes, which are for all of it there",
            $"Write {LeastMemory} or more");
        if (options.BatchClaim is { } mount)
        {
            Run(mount);
        }

        Check(options, settings.Secrets.Values);
    }

    /// <exception cref="EnvelopeException">A cluster cannot run it so.</exception>
    public static void Run(ClusterJob job)
    {
        EnvelopeName.Check(job.Batch);
        CheckImage(job.Image);
    }

    /// <exception cref="EnvelopeException">It can be mounted nowhere.</exception>
    public static void Run(ClaimMount mount)
    {
        Ensure(
            ObjectName.IsSubdomain(mount.Claim), $"'{mount.Claim}' cannot be the name of a claim on a cluster",
            "Write lower-case letters, digits, '-' and '.', as in 'tables:/data'");
        Ensure(
            IsMountPath(mount.Path), $"'{mount.Path}' is no path at which a claim can be mounted",
            $"Write a whole path, such as '{ClaimMount.UsualPath}', that is none of the image and not '/tmp'");
    }

    private static bool IsMountPath(string path) => path.Length > 1 && path[0] == '/' && !path.Contains(':')
        && path.Split('/').Skip(1).All(one => one is not ("" or "." or ".."))
        && !OfImages.Contains(path.Split('/')[1]);

    private static void CheckImage(string image) => Ensure(
        image.Length > 0 && !image.Any(char.IsWhiteSpace), $"'{image}' is no reference of an image",
        "Write 'host/repository:tag'");

    private static void Check(KubernetesOptions options, IEnumerable<string> secrets)
    {
        Ensure(
            ObjectName.IsNamespace(options.Namespace), $"'{options.Namespace}' is no name of a namespace",
            $"Write lower-case letters, digits and '-', at most {ObjectName.Longest} characters");
        Ensure(
            options.CpuMillicores >= 1, $"A replica cannot have {options.CpuMillicores} thousandths of a processor",
            "Write 1 or more");
        Ensure(options.PullSeconds >= 0, $"An image cannot take {options.PullSeconds} seconds", "Write 0 or more");
        foreach (var secret in secrets)
        {
            CheckSecret(secret);
        }

        if (options.PullSecret is { } pull)
        {
            CheckSecret(pull);
        }
    }

    private static void CheckSecret(string name) => Ensure(
        ObjectName.IsSubdomain(name), $"'{name}' cannot be the name of a secret on a cluster",
        "Write lower-case letters, digits, '-' and '.', and call the secret so there");

    private static void Ensure(bool isSo, string fault, string cure)
    {
        if (!isSo)
        {
            throw new EnvelopeException(EnvelopeError.Invalid, $"{fault}. {cure}.");
        }
    }
}
