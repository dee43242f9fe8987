using System.Text;
using EnvelopeSdk.Signing;
using EnvelopeSdk.Tests.Support;

namespace EnvelopeSdk.Tests.Signing;

/// <summary>Signatures that somebody made to be taken for what they are not.</summary>
public sealed class HostileSignatureTests : IDisposable
{
    private const string Form =
        """{"critical":{"identity":{"docker-reference":"house-price"},"image":{"docker-manifest-digest":"DIGEST"},"type":"cosign container image signature"},"optional":null}""";

    private readonly TempStore _store = new();
    private readonly KeyFiles _ada = new();

    public void Dispose()
    {
        _store.Dispose();
        _ada.Dispose();
    }

    /// <summary>What signers write is taken, of whichever white space and order.</summary>
    [Theory]
    [InlineData(Form)]
    [InlineData("""{"optional":{"creator":"other","timestamp":1700000000},"critical":{"type":"cosign container image signature","image":{"docker-manifest-digest":"DIGEST"},"identity":{"docker-reference":""}}}""")]
    [InlineData("""  {"critical": {"identity":{"docker-reference":"x"},"image":{"docker-manifest-digest":"DIGEST"},"type":"cosign container image signature"}}  """)]
    public async Task A_payload_of_the_form_is_taken(string payload)
    {
        var saved = await _store.SaveAsync();
        await _store.Store.AddSignaturesAsync(saved, [Signed(payload, saved)]);

        Assert.Equal(saved.Digest, (await VerifyAsync()).Claim.Envelope);
    }

    /// <summary>All are signed by the trusted key.</summary>
    [Theory]
    [InlineData("DIGEST", "sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "is one of another envelope, sha256:aaaa")]
    [InlineData("DIGEST", "sha512:aaaa", "is not sha256:")]
    [InlineData("cosign container image signature", "atomic container signature", "its type is 'atomic container signature'")]
    [InlineData("\"optional\":null", "\"optional\":[]", "'optional' is no object")]
    [InlineData("\"optional\":null", "\"optional\":null,\"more\":1", "'more'")]
    [InlineData("\"type\":", "\"expires\":\"2020\",\"type\":", "'expires'")]
    [InlineData("\"image\":", "\"image\":{\"docker-manifest-digest\":\"sha256:00\"},\"image\":", "Duplicate")]
    [InlineData("\"image\":", "\"im\\u0061ge\":{\"docker-manifest-digest\":\"sha256:00\"},\"image\":", "Duplicate")]
    [InlineData("\"critical\":", "\"Critical\":", "has no 'critical'")]
    [InlineData("\"docker-reference\":\"house-price\"", "\"docker-reference\":null", "is no string")]
    [InlineData("\"docker-reference\":\"house-price\"", "\"docker-reference\":\"\\ud800\"", "not of cosign's form")]
    [InlineData("null}", "null", "not of cosign's form")]
    [InlineData("null}", "null}{}", "not of cosign's form")]
    public async Task A_payload_of_another_form_or_of_another_envelope_is_refused(string part, string changed, string reason)
    {
        var saved = await _store.SaveAsync();
        Assert.Contains(part, Form, StringComparison.Ordinal);
        var payload = Form.Replace(part, changed, StringComparison.Ordinal);
        await _store.Store.AddSignaturesAsync(saved, [Signed(payload, saved)]);

        await Failure.OfAsync(EnvelopeError.Untrusted, VerifyAsync, _ada.Public, reason);
    }

    [Fact]
    public async Task A_payload_that_is_deep_is_refused()
    {
        var saved = await _store.SaveAsync();
        var deep = new string('[', 30_000) + new string(']', 30_000);
        await _store.Store.AddSignaturesAsync(saved, [Signed(Form.Replace("null", $"{{\"x\":{deep}}}", StringComparison.Ordinal), saved)]);

        await Failure.OfAsync(EnvelopeError.Untrusted, VerifyAsync, "not of cosign's form");
    }

    [Fact]
    public async Task A_signature_of_other_bytes_or_none_at_all_is_refused()
    {
        var saved = await _store.SaveAsync();
        var right = Signed(Form, saved);
        var der = right.Annotations["dev.cosignproject.cosign/signature"];
        foreach (var wrong in (string?[])[null, "", "#", "AAAA", der[..^8], der + "AAAA", der.Insert(4, "-"), Convert.ToBase64String(new byte[64])])
        {
            using var other = new TempStore();
            Assert.Equal(saved, await other.SaveAsync());
            var annotations = wrong is null ? [] : new Dictionary<string, string> { ["dev.cosignproject.cosign/signature"] = wrong };
            await other.Store.AddSignaturesAsync(saved, [new(right.Payload, annotations)]);
            await Failure.OfAsync(
                EnvelopeError.Untrusted,
                async () => await (await EnvelopeResolver.OpenAsync("house-price", other.Store)).VerifySignatureAsync([_ada.Verification]),
                "is by another key, or of a payload that was changed");
        }

        var changed = Form.Replace("house-price", "house-prise", StringComparison.Ordinal).Replace("DIGEST", saved.Digest.ToString(), StringComparison.Ordinal);
        await _store.Store.AddSignaturesAsync(saved, [new(Encoding.UTF8.GetBytes(changed), right.Annotations)]);
        await Failure.OfAsync(EnvelopeError.Untrusted, VerifyAsync, "of a payload that was changed");

        await _store.Store.AddSignaturesAsync(saved, [right]);
        await VerifyAsync(); // one that is right is enough, whatever lies beside it
    }

    [Fact]
    public void What_no_signature_can_be_is_not_taken_up()
    {
        _ = new EnvelopeSignature(new byte[64 << 10], new Dictionary<string, string> { ["x"] = new('x', (128 << 10) - 1) });
        Assert.Throws<EnvelopeException>(() => new EnvelopeSignature(new byte[(64 << 10) + 1], new Dictionary<string, string>()));
        Assert.Throws<EnvelopeException>(() => new EnvelopeSignature(new byte[1], new Dictionary<string, string> { ["x"] = new('x', 128 << 10) }));
    }

    private EnvelopeSignature Signed(string payload, EnvelopeReference saved) =>
        _ada.Sign(Encoding.UTF8.GetBytes(payload.Replace("DIGEST", saved.Digest.ToString(), StringComparison.Ordinal)));

    private async Task<VerifiedSignature> VerifyAsync() =>
        await (await EnvelopeResolver.OpenAsync("house-price", _store.Store)).VerifySignatureAsync([_ada.Verification]);
}
