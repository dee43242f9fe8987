using EnvelopeSdk.Envelopes;
using EnvelopeSdk.Signing;

namespace EnvelopeSdk.Distribution;

/// <summary>
/// The signatures of an envelope in a registry, under the tag where cosign looks for them. All signers share the tag,
/// and the interface of registries knows no conditional writing: who writes reads again whether it stayed.
/// </summary>
internal sealed class RegistrySignatures(RegistryClient client, Digest envelope)
{
    private readonly string _tag = $"sha256-{envelope.Hex}.sig";

    private string Asked => $"give the signatures under '{_tag}'";

    /// <exception cref="EnvelopeException">They cannot be had, or are not such as an envelope can have.</exception>
    public async Task<IReadOnlyList<EnvelopeSignature>> ReadAsync(CancellationToken cancellationToken)
    {
        var (manifest, _) = await ReadManifestAsync(cancellationToken);
        var signatures = new List<EnvelopeSignature>();
        foreach (var layer in manifest.Signatures)
        {
            if (layer.Size is < 0 or > EnvelopeSignature.LargestPayload)
            {
                throw Refused(
                    $"one has a payload of {layer.Size} bytes, and can have {EnvelopeSignature.LargestPayload}");
            }

            var payload = await client.ReadBlobAsync(layer, EnvelopeSignature.LargestPayload, cancellationToken);
            signatures.Add(new(payload, layer.Annotations ?? []));
        }

        return signatures;
    }

    /// <summary>Adds signatures to those that are there.</summary>
    /// <exception cref="EnvelopeException">
    /// The registry does not take them, or others write there all the time.
    /// </exception>
    public async Task AddAsync(IReadOnlyList<EnvelopeSignature> signatures, CancellationToken cancellationToken)
    {
        for (var attempt = 1; signatures.Count > 0; attempt++)
        {
            var (manifest, before) = await ReadManifestAsync(cancellationToken);
            var missing = signatures.Where(one => !manifest.Has(one)).ToList();
            if (missing.Count == 0)
            {
                return;
            }

            if (attempt > client.Options.Attempts)
            {
                throw new EnvelopeException(
                    EnvelopeError.Unavailable,
                    $"The signatures of {envelope} did not stay in '{client.Registry}' under the tag '{_tag}': others "
                    + "write there at the same time. Try again.");
            }

            SignatureLines.EnsureFew(manifest.Signatures.Count + missing.Count, _tag);
            await PutAsync(manifest, missing, before, cancellationToken);

            // Whoever read before this was written and writes after it takes it away: that shows in a moment.
            await Task.Delay(client.Options.DelayAfter(attempt), client.Options.Clock, cancellationToken);
        }
    }

    private async Task PutAsync(
        SignatureManifest manifest, List<EnvelopeSignature> missing, Digest? before,
        CancellationToken cancellationToken)
    {
        foreach (var one in missing)
        {
            await PutBlobAsync(SimpleSigning.MediaType, one.Payload, cancellationToken);
            manifest.Add(one);
        }

        var (bytes, config) = manifest.Write();
        await PutBlobAsync("application/octet-stream", config, cancellationToken);
        if (await client.FindManifestAsync(_tag, cancellationToken) is { } now && now != before)
        {
            return; // somebody was faster
        }

        await client.PutManifestAsync(_tag, ModelPackMediaTypes.Manifest, bytes, cancellationToken);
    }

    private async Task PutBlobAsync(string mediaType, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        var blob = new OciDescriptor { MediaType = mediaType, Digest = Digest.Of(bytes.Span), Size = bytes.Length };
        if (!await client.HasBlobAsync(blob.Digest, cancellationToken))
        {
            await client.Upload(blob, null)
                .SendAsync(() => Task.FromResult<Stream>(new MemoryStream(bytes.ToArray())), cancellationToken);
        }
    }

    private async Task<(SignatureManifest Manifest, Digest? Digest)> ReadManifestAsync(
        CancellationToken cancellationToken)
    {
        if (await client.TryReadManifestAsync(_tag, cancellationToken) is not { } bytes)
        {
            return (SignatureManifest.Empty(), null);
        }

        if (SignatureManifest.TryRead(bytes) is not { } manifest)
        {
            throw Refused("what is there is no manifest with signatures");
        }

        SignatureLines.EnsureFew(manifest.Signatures.Count, _tag);
        return (manifest, Digest.Of(bytes));
    }

    private EnvelopeException Refused(string reason) => new(
        EnvelopeError.Damaged,
        $"The registry '{client.Registry.Host}' did not {Asked} of the repository '{client.Registry.Repository}': "
        + $"{reason}. Delete that tag there, and push or sign the envelope again.");
}
