using System.Text.RegularExpressions;
using CsCheck;
using EnvelopeSdk.Kubernetes.Tests.StandIn;
using k8s.Models;

namespace EnvelopeSdk.Kubernetes.Tests;

/// <summary>How the objects of a service are called, and what they say of it.</summary>
public partial class NameTests
{
    private static readonly Gen<string> Group = Gen.OneOf("abc019".ToCharArray()).Array[1, 40]
        .Select(letters => new string(letters));

    private static readonly Gen<string> Name = Gen.Select(
        Group, Gen.Select(Gen.OneOf("-", ".", "_"), Group, (separator, group) => separator + group).Array[0, 3],
        (first, others) => first + string.Concat(others)).Where(name => name.Length <= 128);

    [Fact]
    public void Objects_are_called_as_their_configuration_and_say_what_runs()
    {
        var manifests = Some.Read(new() { Replicas = 2 });

        Assert.Equal(5, manifests.All.Count);
        Assert.All(manifests.All, one =>
        {
            Assert.Equal(("diamond-price", "models"), (one.Metadata.Name, one.Metadata.NamespaceProperty));
            Assert.Equal("diamond-price", one.Metadata.Labels["app.kubernetes.io/name"]);
            Assert.Equal("envelope-registry", one.Metadata.Labels["app.kubernetes.io/managed-by"]);
            Assert.Equal("diamond-price", one.Metadata.Labels["envelopesdk.dev/configuration"]);
            Assert.Equal("diamond-price", one.Metadata.Annotations["envelopesdk.dev/configuration"]);
            Assert.Equal("diamond-price", one.Metadata.Annotations["envelopesdk.dev/envelope"]);
            Assert.Equal(Some.Digest, one.Metadata.Annotations["envelopesdk.dev/digest"]);
            Assert.Equal("0.2.0", one.Metadata.Annotations["envelopesdk.dev/platform"]);
        });
    }

    [Fact]
    public void Pods_of_another_deployment_are_others_even_with_the_same_image()
    {
        var (first, second) = (Template(17), Template(18));

        Assert.Equal("17", first.Annotations["envelopesdk.dev/deployment"]);
        Assert.Equal("18", second.Annotations["envelopesdk.dev/deployment"]);
        Assert.Equal(first.Labels, second.Labels);

        static V1ObjectMeta Template(long id) => ServiceManifests
            .Of(Some.Image() with { Deployment = id }, new(), Some.Options).OfType<V1Deployment>().Single()
            .Spec.Template.Metadata;
    }

    [Theory]
    [InlineData("diamond-price", "diamond-price")]
    [InlineData("diamond.price_eu", "diamond-price-eu-5662dd36")]
    [InlineData("3d", "n3d-da0568a2")]
    public void A_name_that_no_service_can_have_is_made_into_one(string configuration, string name)
    {
        Assert.Equal(name, ServiceManifests.NameOf(configuration));
        var manifests = Some.Read(configuration: configuration);
        Assert.All(manifests.All, one => Assert.Equal(name, one.Metadata.Name));
        Assert.Equal(configuration, manifests.Deployment.Metadata.Labels["envelopesdk.dev/configuration"]);
        Assert.Equal("/" + configuration, manifests.Variable("Envelope__PathBase").Value);
    }

    [Fact]
    public void A_name_that_is_too_long_for_a_label_is_there_as_an_annotation()
    {
        var configuration = "price-" + new string('a', 58);
        var deployment = Some.Read(configuration: configuration).Deployment;

        Assert.Equal(64, configuration.Length);
        Assert.Equal(63, deployment.Metadata.Name.Length);
        Assert.StartsWith("price-aaaa", deployment.Metadata.Name, StringComparison.Ordinal);
        Assert.Equal(deployment.Metadata.Name, deployment.Metadata.Labels["envelopesdk.dev/configuration"]);
        Assert.Equal(configuration, deployment.Metadata.Annotations["envelopesdk.dev/configuration"]);
    }

    [Fact]
    public void Every_name_becomes_one_that_objects_and_labels_can_have() => Name.Sample(
        configuration => Some.Manifests(configuration: configuration).All(one =>
            ServiceName().IsMatch(one.Metadata.Name) && one.Metadata.Labels.Values.All(Label().IsMatch)),
        iter: 300);

    [Fact]
    public void Two_names_do_not_become_one() => Gen.Select(Name, Name).Where((one, other) => one != other)
        .Sample((one, other) => ServiceManifests.NameOf(one) != ServiceManifests.NameOf(other), iter: 300);

    [Fact]
    public void Names_that_differ_by_their_separators_or_their_ends_do_not_become_one()
    {
        var start = new string('a', 70);
        string[] names = ["a-b", "a.b", "a_b", start + "b", start + "c", "1", "n1"];
        Assert.Distinct(names.Select(ServiceManifests.NameOf));
    }

    [Theory]
    [InlineData("Diamonds")]
    [InlineData("")]
    public void What_is_no_name_is_refused(string name) => Assert.Equal(
        EnvelopeError.Invalid, Assert.Throws<EnvelopeException>(() => ServiceManifests.NameOf(name)).Error);

    /// <summary>A name of a service (RFC 1035).</summary>
    [GeneratedRegex(@"\A(?=.{1,63}\z)[a-z]([-a-z0-9]*[a-z0-9])?\z")]
    private static partial Regex ServiceName();

    [GeneratedRegex(@"\A(?=.{1,63}\z)[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?\z")]
    private static partial Regex Label();
}
