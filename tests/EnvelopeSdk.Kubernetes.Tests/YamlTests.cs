using CsCheck;
using EnvelopeSdk.Kubernetes.Tests.StandIn;
using k8s;
using k8s.Models;

namespace EnvelopeSdk.Kubernetes.Tests;

/// <summary>Objects as text that <c>kubectl</c> reads as they are.</summary>
public class YamlTests
{
    [Theory]
    [InlineData("yes")]
    [InlineData("No")]
    [InlineData("on")]
    [InlineData("y")]
    [InlineData("TRUE")]
    [InlineData("Null")]
    [InlineData("~")]
    [InlineData("")]
    [InlineData("0x10")]
    [InlineData("0o7")]
    [InlineData("010")]
    [InlineData("1_000")]
    [InlineData("1e3")]
    [InlineData("+1")]
    [InlineData(".inf")]
    [InlineData("12:30:45")]
    [InlineData("2026-01-01")]
    [InlineData("=")]
    [InlineData("<<")]
    [InlineData("a: b")]
    [InlineData("a #b")]
    [InlineData("a:")]
    [InlineData(" a")]
    [InlineData("---")]
    public void A_text_that_looks_like_something_else_has_quotes(string value) =>
        Assert.Contains($"\n  a: \"{value}\"\n", Text(value), StringComparison.Ordinal);

    [Theory]
    [InlineData("diamond-price")]
    [InlineData("registry.example:5000/services/diamond-price:17")]
    [InlineData("/health/live")]
    [InlineData("yesterday")]
    public void A_word_has_none(string value) =>
        Assert.Contains($"\n  a: {value}\n", Text(value), StringComparison.Ordinal);

    [Theory]
    [InlineData("one\ntwo\n")]
    [InlineData("  one\r\n\ttwo\n\n")]
    [InlineData("\"quotes\" and \\n")]
    [InlineData("größer 😀")]
    [InlineData("\u0001\u0085\u2028\ufeff")]
    public void A_text_of_many_lines_or_letters_is_read_as_it_is(string value) => Assert.Equal(value, Read(value));

    [Fact]
    public void Every_text_is_read_as_it_is() => Gen.OneOf(
            Gen.Char['\u0020', '\u007e'], Gen.Char['\u0000', '\u001f'], Gen.Char['\u00a0', '\u2fff']).Array[0, 20]
        .Sample(letters => Read(new(letters)) == new string(letters), iter: 1_000);

    [Fact]
    public void Each_object_is_a_document_that_says_its_kind()
    {
        var text = ManifestYaml.Write(Some.Manifests(new() { Replicas = 2 }));

        var documents = text.Split("---\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(
            [
                "apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy", "apiVersion: v1\nkind: Service",
                "apiVersion: apps/v1\nkind: Deployment", "apiVersion: autoscaling/v2\nkind: HorizontalPodAutoscaler",
                "apiVersion: policy/v1\nkind: PodDisruptionBudget",
            ],
            documents.Select(document => string.Join('\n', document.Split('\n').Take(2))));
        Assert.DoesNotContain("status:", text, StringComparison.Ordinal);
        Assert.DoesNotContain('\r', text);
        Assert.StartsWith("---\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_read_again_is_what_was_written()
    {
        var objects = Some.Manifests(new() { Replicas = 2, Limits = new() { MemoryMegabytes = 64 } });
        var read = KubernetesYaml.LoadAllFromString(ManifestYaml.Write(objects), strict: true);
        Assert.Equal(Json(objects), Json(read));

        static IEnumerable<string> Json(IEnumerable<object> objects) =>
            objects.Select(one => KubernetesJson.Serialize(one));
    }

    private static string Text(string value) => ManifestYaml.Write(
    [
        new V1ConfigMap
        {
            ApiVersion = "v1",
            Kind = V1ConfigMap.KubeKind,
            Data = new Dictionary<string, string> { ["a"] = value },
        },
    ]);

    private static string Read(string value) =>
        KubernetesYaml.LoadAllFromString(Text(value)).OfType<V1ConfigMap>().Single().Data["a"];
}
