using EnvelopeSdk.Deployments;

namespace EnvelopeSdk.Kubernetes.Manifests;

/// <summary>Says what a cluster would refuse, or would not run.</summary>
internal static class ManifestCheck
{
    /// <exception cref="EnvelopeException">A cluster cannot run it so.</exception>
    public static void Run(DeployedImage image, DeploymentSettings settings, KubernetesOptions options)
    {
        EnvelopeName.Check(image.Configuration);
        EnvelopeName.Check(image.Service);
        Ensure(
            image.Image.Length > 0 && !image.Image.Any(char.IsWhiteSpace),
            $"'{image.Image}' is no reference of an image", "Write 'host/repository:tag'");
        Ensure(
            ObjectName.IsNamespace(options.Namespace), $"'{options.Namespace}' is no name of a namespace",
            $"Write lower-case letters, digits and '-', at most {ObjectName.Longest} characters");
        Ensure(options.MaxReplicas >= 1, $"A service cannot have {options.MaxReplicas} replicas", "Write 1 or more");
        Ensure(
            options.CpuMillicores >= 1, $"A replica cannot have {options.CpuMillicores} thousandths of a processor",
            "Write 1 or more");
        Ensure(options.PullSeconds >= 0, $"An image cannot take {options.PullSeconds} seconds", "Write 0 or more");
        foreach (var secret in settings.Secrets.Values)
        {
            CheckSecret(secret);
        }

        if (options.PullSecret is { } pull)
        {
            CheckSecret(pull);
        }
    }

    private static void CheckSecret(string name) => Ensure(
        ObjectName.IsSecret(name), $"'{name}' cannot be the name of a secret on a cluster",
        "Write lower-case letters, digits, '-' and '.', and call the secret so there");

    private static void Ensure(bool isSo, string fault, string cure)
    {
        if (!isSo)
        {
            throw new EnvelopeException(EnvelopeError.Invalid, $"{fault}. {cure}.");
        }
    }
}
