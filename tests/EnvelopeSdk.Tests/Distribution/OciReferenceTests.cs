using EnvelopeSdk.Distribution;
using EnvelopeSdk.Envelopes;

namespace EnvelopeSdk.Tests.Distribution;

public sealed class OciReferenceTests
{
    [Theory]
    [InlineData("oci://ghcr.io/team/a", "https://ghcr.io/v2/team/a/", "latest", "oci://ghcr.io/team/a:latest")]
    [InlineData("oci://ghcr.io:8443/a_b/c__d/e--f.g:V1_x.-", "https://ghcr.io:8443/v2/a_b/c__d/e--f.g/", "V1_x.-", null)]
    [InlineData("oci://localhost:5000/a:1", "http://localhost:5000/v2/a/", "1", null)]
    [InlineData("oci://127.0.0.1/a:1", "http://127.0.0.1/v2/a/", "1", null)]
    [InlineData("oci://[::1]:5000/a:1", "http://[::1]:5000/v2/a/", "1", null)]
    [InlineData("oci://docker.io/team/a:1", "https://registry-1.docker.io/v2/team/a/", "1", null)]
    public void An_address_says_where_to_ask_and_what_for(string address, string endpoint, string manifest, string? text)
    {
        var reference = OciReference.Parse(address);

        Assert.Equal((endpoint, manifest, text ?? address), (reference.Endpoint.ToString(), reference.Manifest, reference.ToString()));
    }

    [Theory]
    [InlineData(""), InlineData(":v1")]
    public void A_digest_counts_before_a_tag(string tag)
    {
        var digest = Digest.Of("x"u8);
        var reference = OciReference.Parse($"oci://host/a{tag}@{digest}");

        Assert.Equal((digest.ToString(), $"oci://host/a{tag}@{digest}"), (reference.Manifest, reference.ToString()));
    }

    [Theory]
    [InlineData("ghcr.io/team/a", "begin"), InlineData("oci://ghcr.io", "repository"), InlineData("oci:///a", "host")]
    [InlineData("oci://user@host/a", "host"), InlineData("oci://ho st/a", "host"), InlineData("oci://host:x/a", "host")]
    [InlineData("oci://host/", "repository"), InlineData("oci://host/A", "repository"), InlineData("oci://host/a//b", "repository")]
    [InlineData("oci://host/a___b", "repository"), InlineData("oci://host/../a", "repository"), InlineData("oci://host/a?b", "repository")]
    [InlineData("oci://host/a:", "tag"), InlineData("oci://host/a:.x", "tag"), InlineData("oci://host/a:b:c", "tag")]
    [InlineData("oci://host/a@sha256:12", "digest"), InlineData("oci://host/a\n", "repository")]
    public void What_is_none_is_refused_with_the_reason_and_the_form(string address, string reason)
    {
        var failure = Assert.Throws<EnvelopeException>(() => OciReference.Parse(address));

        Assert.Equal(EnvelopeError.Invalid, failure.Error);
        Assert.Contains($"'{address}'", failure.Message, StringComparison.Ordinal);
        Assert.Contains(reason, failure.Message, StringComparison.Ordinal);
        Assert.Contains("oci://HOST/REPOSITORY:TAG", failure.Message, StringComparison.Ordinal);
    }
}
