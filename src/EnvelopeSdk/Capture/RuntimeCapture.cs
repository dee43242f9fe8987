using System.Reflection;
using System.Text.Json;
using EnvelopeSdk.Authoring;
using EnvelopeSdk.Envelopes;

namespace EnvelopeSdk.Capture;

/// <summary>
/// Finds out how the run-time of this process is configured. Some of it changes answers: whether there is culture data,
/// and the switches of libraries.
/// </summary>
internal static class RuntimeCapture
{
    /// <summary>
    /// The properties of this program's <c>runtimeconfig.json</c>, and whether globalization is invariant.
    /// </summary>
    public static SortedDictionary<string, JsonElement> Capture()
    {
        var program = Assembly.GetEntryAssembly()?.GetName().Name;
        var file = Path.Combine(AppContext.BaseDirectory, program + ".runtimeconfig.json");
        var properties = File.Exists(file) ? Read(File.ReadAllBytes(file)) : new(StringComparer.Ordinal);

        // Not as it is written there: an environment variable overrules the file.
        properties[RuntimeSettings.InvariantGlobalization] =
            JsonElement.Parse(ModelCulture.IsInvariantGlobalization() ? "true" : "false");
        return properties;
    }

    /// <summary>Reads the <c>configProperties</c> of a <c>runtimeconfig.json</c>.</summary>
    internal static SortedDictionary<string, JsonElement> Read(ReadOnlySpan<byte> runtimeConfig)
    {
        var root = JsonElement.Parse(runtimeConfig);
        var properties = new SortedDictionary<string, JsonElement>(StringComparer.Ordinal);
        if (root.TryGetProperty("runtimeOptions", out var options)
            && options.TryGetProperty("configProperties", out var configured))
        {
            foreach (var property in configured.EnumerateObject())
            {
                properties[property.Name] = property.Value.Clone();
            }
        }

        return properties;
    }
}
