using EnvelopeSdk.Deployments;
using EnvelopeSdk.Kubernetes.Tests.StandIn;

namespace EnvelopeSdk.Kubernetes.Tests;

/// <summary>What a cluster would not take is refused before it is asked.</summary>
public class RefusalTests
{
    [Theory]
    [InlineData("DB_PASSWORD")]
    [InlineData("-a")]
    [InlineData("a..b")]
    [InlineData("")]
    public void A_secret_that_a_cluster_cannot_have_is_named(string secret)
    {
        Refused($"'{secret}'", new DeploymentSettings { Secrets = new Dictionary<string, string> { ["A"] = secret } });
        Refused($"'{secret}'", options: Some.Options with { PullSecret = secret });
    }

    [Theory]
    [InlineData("Models")]
    [InlineData("a.b")]
    [InlineData("")]
    public void A_namespace_that_a_cluster_cannot_have_is_named(string space) =>
        Refused($"'{space}'", options: Some.Options with { Namespace = space });

    [Fact]
    public void Numbers_below_one_are_named()
    {
        Refused("0 replicas", options: Some.Options with { MaxReplicas = 0 });
        Refused("0 thousandths", options: Some.Options with { CpuMillicores = 0 });
        Refused("-1 seconds", options: Some.Options with { PullSeconds = -1 });
    }

    [Theory]
    [InlineData("")]
    [InlineData("host/a b")]
    public void What_is_no_image_is_named(string image) => Refused(
        $"'{image}'", () => ServiceManifests.Of(Some.Image() with { Image = image }, new(), Some.Options));

    [Fact]
    public void What_is_no_name_of_a_configuration_is_named() =>
        Refused("'A b'", () => Some.Manifests(configuration: "A b"));

    private static void Refused(string fault, DeploymentSettings? settings = null, KubernetesOptions? options = null) =>
        Refused(fault, () => Some.Manifests(settings, options));

    private static void Refused(string fault, Func<object> make)
    {
        var refusal = Assert.Throws<EnvelopeException>(make);
        Assert.Equal(EnvelopeError.Invalid, refusal.Error);
        Assert.Contains(fault, refusal.Message, StringComparison.Ordinal);
    }
}
