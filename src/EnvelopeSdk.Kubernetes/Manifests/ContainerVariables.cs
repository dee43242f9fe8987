using System.Globalization;
using EnvelopeSdk.Batches;
using EnvelopeSdk.Deployments;
using k8s.Models;

namespace EnvelopeSdk.Kubernetes.Manifests;

/// <summary>The environment of a container.</summary>
internal static class ContainerVariables
{
    private const string SecretKey = "value";
    private const string Forwarded = "ASPNETCORE_FORWARDEDHEADERS_ENABLED";

    /// <summary>
    /// Those of a service, in the order of their names, each once: where it listens is the platform's to say.
    /// </summary>
    public static List<V1EnvVar> OfService(string configuration, DeploymentSettings settings)
    {
        var variables = Of(settings.Environment, settings.Secrets);
        if (!variables.ContainsKey(Forwarded))
        {
            Set(variables, Forwarded, "true");
        }

        Set(variables, "ASPNETCORE_URLS", $"http://+:{ServiceContainer.Port.ToString(CultureInfo.InvariantCulture)}");
        // .NET's images set it, and a service that is told both warns.
        Set(variables, "ASPNETCORE_HTTP_PORTS", "");
        Set(variables, "Envelope__PathBase", "/" + configuration);
        return [.. variables.Values];
    }

    /// <summary>Those of a job, in the order of their names.</summary>
    public static List<V1EnvVar> OfJob(BatchSettings settings) =>
        [.. Of(settings.Environment, settings.Secrets).Values];

    /// <summary>
    /// A text that a cluster is to hand on as it is: it reads <c>$(NAME)</c> as the value of a variable, and <c>$$</c>
    /// as <c>$</c>.
    /// </summary>
    public static string Literal(string text) => text.Replace("$", "$$", StringComparison.Ordinal);

    /// <summary>Those of settings: a secret comes before a value.</summary>
    private static SortedDictionary<string, V1EnvVar> Of(
        IReadOnlyDictionary<string, string> environment, IReadOnlyDictionary<string, string> secrets)
    {
        var variables = new SortedDictionary<string, V1EnvVar>(StringComparer.Ordinal);
        Set(variables, "HOME", "/tmp");
        foreach (var (name, value) in environment)
        {
            Set(variables, name, value);
        }

        foreach (var (name, secret) in secrets)
        {
            variables[name] = new()
            {
                Name = name,
                ValueFrom = new() { SecretKeyRef = new() { Name = secret, Key = SecretKey } },
            };
        }

        return variables;
    }

    private static void Set(SortedDictionary<string, V1EnvVar> variables, string name, string value) =>
        variables[name] = new() { Name = name, Value = Literal(value) };
}
