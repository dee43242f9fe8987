using EnvelopeSdk.Deployments;
using k8s;
using k8s.Models;

namespace EnvelopeSdk.Kubernetes.Tests.StandIn;

/// <summary>Services that tests deploy.</summary>
internal static class Some
{
    public const string Digest = "sha256:4f53cda18c2baa0c0354bb5f9a3ecbe5ed12ab4d8e11ba873c2f11161202b945";

    private const string Name = "diamond-price";

    public static readonly KubernetesOptions Options = new() { Namespace = "models" };

    public static DeployedImage Image(string configuration = Name) => new(
        configuration, 17, "registry.example:5000/services/diamond-price:17", Name, Digest, "0.2.0");

    /// <summary>Objects of a service, with settings and options that a test wants.</summary>
    public static IReadOnlyList<IKubernetesObject<V1ObjectMeta>> Manifests(
        DeploymentSettings? settings = null, KubernetesOptions? options = null, string configuration = Name) =>
        ServiceManifests.Of(Image(configuration), settings ?? new(), options ?? Options);

    /// <summary>An attempt of a run of a batch.</summary>
    public static ClusterJob Job(string batch = "nightly", int attempt = 1, string run = "a1-7-638") => new(
        batch, run, 7, attempt, $"registry.example:5000/services/{Name}@{Digest}", Name, Digest, "0.2.0",
        ["--json", "--input=SELECT '$(HOME)'", "--output=postgresql://db/out#prices"]);

    /// <summary>Such objects as who reads their text gets them: with no member that the kind does not have.</summary>
    public static Manifests Read(
        DeploymentSettings? settings = null, KubernetesOptions? options = null, string configuration = Name) =>
        new(KubernetesYaml.LoadAllFromString(
            ManifestYaml.Write(Manifests(settings, options, configuration)), strict: true));
}

/// <summary>Objects by their kind.</summary>
internal sealed class Manifests(List<object> objects)
{
    public IReadOnlyList<IKubernetesObject<V1ObjectMeta>> All { get; } =
        [.. objects.Cast<IKubernetesObject<V1ObjectMeta>>()];

    public V1Deployment Deployment => One<V1Deployment>();

    public V1PodSpec Pod => Deployment.Spec.Template.Spec;

    public V1Container Container => Assert.Single(Pod.Containers);

    public T One<T>() => Assert.Single(objects.OfType<T>());

    /// <summary>A variable of the container.</summary>
    public V1EnvVar Variable(string name) => Assert.Single(Container.Env, one => one.Name == name);
}
