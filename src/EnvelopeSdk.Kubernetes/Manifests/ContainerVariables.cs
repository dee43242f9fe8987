using System.Globalization;
using EnvelopeSdk.Deployments;
using k8s.Models;

namespace EnvelopeSdk.Kubernetes.Manifests;

/// <summary>The environment of a service.</summary>
internal static class ContainerVariables
{
    private const string SecretKey = "value";

    /// <summary>
    /// Those of the settings, in the order of their names, each once: where it listens is the platform's to say, and a
    /// secret comes before a value.
    /// </summary>
    public static List<V1EnvVar> Of(string configuration, DeploymentSettings settings)
    {
        var variables = new SortedDictionary<string, V1EnvVar>(StringComparer.Ordinal);
        Set(variables, "HOME", "/tmp");
        Set(variables, "ASPNETCORE_FORWARDEDHEADERS_ENABLED", "true");
        foreach (var (name, value) in settings.Environment)
        {
            Set(variables, name, value);
        }

        foreach (var (name, secret) in settings.Secrets)
        {
            variables[name] = new()
            {
                Name = name,
                ValueFrom = new() { SecretKeyRef = new() { Name = secret, Key = SecretKey } },
            };
        }

        Set(variables, "ASPNETCORE_URLS", $"http://+:{ServiceContainer.Port.ToString(CultureInfo.InvariantCulture)}");
        // .NET's images set it, and a service that is told both warns.
        Set(variables, "ASPNETCORE_HTTP_PORTS", "");
        Set(variables, "Envelope__PathBase", "/" + configuration);
        return [.. variables.Values];
    }

    /// <summary>
    /// A cluster reads <c>$(NAME)</c> in a value as that of another variable, and <c>$$</c> as <c>$</c>.
    /// </summary>
    private static void Set(SortedDictionary<string, V1EnvVar> variables, string name, string value) =>
        variables[name] = new() { Name = name, Value = value.Replace("$", "$$", StringComparison.Ordinal) };
}
