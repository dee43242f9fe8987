using EnvelopeSdk.Kubernetes.Tests.StandIn;

namespace EnvelopeSdk.Kubernetes.Tests;

/// <summary>The text of services, whole.</summary>
public class GoldenTests
{
    [Fact]
    public void A_service_with_all_settings_is_this_text() => Compare("all-settings.yaml", ManifestYaml.Write(
        Some.Manifests(
            new()
            {
                Replicas = 3,
                Environment = new Dictionary<string, string> { ["TZ"] = "UTC", ["Size"] = "0x10", ["A"] = "yes" },
                Secrets = new Dictionary<string, string> { ["Prices__Password"] = "prices" },
                Limits = new() { StartSeconds = 91, MemoryMegabytes = 512 },
            },
            new() { Namespace = "models", MaxReplicas = 6, CpuMillicores = 500, PullSecret = "pull" })));

    [Fact]
    public void A_service_with_no_settings_is_this_text() =>
        Compare("no-settings.yaml", ManifestYaml.Write(Some.Manifests()));

    [Fact]
    public void The_same_service_is_the_same_text_in_whatever_order_its_variables_come()
    {
        string[] names = ["B", "A", "c", "_x"];
        Assert.Equal(Text(names), Text(names.Reverse()));

        static string Text(IEnumerable<string> names) => ManifestYaml.Write(Some.Manifests(new()
        {
            Environment = names.ToDictionary(name => name, name => name),
            Secrets = names.ToDictionary(name => "S" + name, _ => "key"),
        }));
    }

    internal static void Compare(string file, string text) => Assert.Equal(
        File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Golden", file)), text);
}
