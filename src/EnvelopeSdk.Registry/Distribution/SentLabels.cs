using EnvelopeSdk.Distribution;
using EnvelopeSdk.Envelopes;
using EnvelopeSdk.Journal;
using EnvelopeSdk.Registry.Stores;
using EnvelopeSdk.Signing;

namespace EnvelopeSdk.Registry.Distribution;

/// <summary>The events and signatures that were sent to a repository, as manifests of their own.</summary>
internal sealed class SentLabels(RegistryContent content, string repository)
{
    private const string Start = "sha256-";
    private const string End = ".sig";

    /// <summary>The events that were sent for an envelope.</summary>
    public async Task<IReadOnlyList<JournalEvent>> EventsOfAsync(Digest envelope, CancellationToken cancellationToken)
    {
        var events = new List<JournalEvent>();
        foreach (var referrer in await content.Repository(repository).ReferrersAsync(envelope, cancellationToken))
        {
            if ((await content.Repository(repository).FindManifestAsync(referrer, cancellationToken))?.ArtifactType
                == JournalManifest.Type
                && await content.Store.TryReadManifestAsync(referrer, cancellationToken) is { } bytes)
            {
                events.AddRange(await ReadEventsAsync(bytes, envelope, cancellationToken));
            }
        }

        return events;
    }

    /// <summary>The signatures that were sent for an envelope.</summary>
    public async Task<IReadOnlyList<EnvelopeSignature>> SignaturesOfAsync(
        Digest envelope, CancellationToken cancellationToken) =>
        await content.Repository(repository).FindTagAsync(SignatureTag(envelope), cancellationToken) is { } digest
        && await content.Store.TryReadManifestAsync(digest, cancellationToken) is { } bytes
            ? await ReadSignaturesAsync(bytes, cancellationToken)
            : [];

    /// <summary>The events that a manifest brings.</summary>
    /// <exception cref="EnvelopeException">They cannot be read.</exception>
    public async Task<IReadOnlyList<JournalEvent>> ReadEventsAsync(
        byte[] manifest, Digest envelope, CancellationToken cancellationToken)
    {
        var read = DistributionJsonContext.TryRead(manifest, DistributionJsonContext.Default.JournalManifest);
        return read?.Layers is [{ } layer]
            ? JournalLines.Read(
                await ReadAsync(layer, RegistryJournal.Largest, cancellationToken), layer.Digest.ToString(), envelope)
            : throw new EnvelopeException(
                EnvelopeError.Invalid, "A manifest of events has one layer, with a line for each event.");
    }

    /// <summary>The signatures that a manifest brings; none when it is another's.</summary>
    /// <exception cref="EnvelopeException">They cannot be read.</exception>
    public async Task<IReadOnlyList<EnvelopeSignature>> ReadSignaturesAsync(
        byte[] manifest, CancellationToken cancellationToken)
    {
        var layers = SignatureManifest.TryRead(manifest)?.Signatures ?? [];
        SignatureLines.EnsureFew(layers.Count, repository);
        var signatures = new List<EnvelopeSignature>();
        foreach (var layer in layers)
        {
            var payload = await ReadAsync(layer, EnvelopeSignature.LargestPayload, cancellationToken);
            signatures.Add(new(payload, layer.Annotations ?? []));
        }

        return signatures;
    }

    /// <summary>The tag for the signatures of an envelope.</summary>
    public static string SignatureTag(Digest envelope) => Start + envelope.Hex + End;

    /// <summary>The envelope whose signatures a tag is for.</summary>
    public static Digest? SignedBy(string? tag) =>
        tag is not null && tag.StartsWith(Start, StringComparison.Ordinal)
        && tag.EndsWith(End, StringComparison.Ordinal) && tag.Length > Start.Length + End.Length
        && Digest.TryParse($"sha256:{tag[Start.Length..^End.Length]}", out var digest)
            ? digest
            : null;

    private async Task<byte[]> ReadAsync(OciDescriptor layer, int most, CancellationToken cancellationToken)
    {
        if (layer.Size < 0 || layer.Size > most)
        {
            throw new EnvelopeException(
                EnvelopeError.Invalid,
                $"{layer.Digest} has {layer.Size} bytes, and at most {most} are read of its kind.");
        }

        await using var source = await content.OpenBlobAsync(repository, layer.Digest, null, cancellationToken);
        var bytes = new byte[layer.Size];
        await source.ReadExactlyAsync(bytes, cancellationToken);
        return bytes;
    }
}
