using System.Net;
using EnvelopeSdk.Envelopes;

namespace EnvelopeSdk.Distribution;

/// <summary>
/// One repository of a registry (OCI distribution specification 1.1). All that comes out of it is what its digest says.
/// </summary>
internal sealed class RegistryClient(RegistryChannel channel)
{
    private const string DigestHeader = "Docker-Content-Digest";

    public OciReference Registry => channel.Registry;

    public RegistryOptions Options => channel.Options;

    public static RegistryClient Open(OciReference registry, RegistryOptions options) =>
        new(new RegistryChannel(registry, options));

    /// <summary>Whether content is there.</summary>
    public async Task<bool> HasBlobAsync(Digest digest, CancellationToken cancellationToken)
    {
        var asked = $"say whether it has {digest}";
        using var answer = await channel.SendAsync(
            () => new(HttpMethod.Head, At($"blobs/{digest}")), asked, cancellationToken);
        return await IsThereAsync(answer, asked, cancellationToken);
    }

    /// <summary>The digest of a manifest that is there.</summary>
    public async Task<Digest?> FindManifestAsync(string manifest, CancellationToken cancellationToken)
    {
        var asked = $"say whether it has manifest '{manifest}'";
        using var answer = await channel.SendAsync(
            () => ForManifest(HttpMethod.Head, manifest), asked, cancellationToken);
        return await IsThereAsync(answer, asked, cancellationToken)
            && Digest.TryParse(Header(answer, DigestHeader) ?? manifest, out var digest)
            ? digest
            : null;
    }

    /// <summary>Reads a manifest.</summary>
    /// <returns>Null when it is not there.</returns>
    /// <exception cref="EnvelopeException">It is not what its digest says, or cannot be had.</exception>
    public async Task<byte[]?> TryReadManifestAsync(string manifest, CancellationToken cancellationToken)
    {
        var found = await ReadManifestAsync(manifest, cancellationToken);
        return found.Failure is { Error: EnvelopeError.NotFound } ? null : found.Bytes ?? throw found.Failure!;
    }

    /// <summary>Reads a manifest that is there.</summary>
    /// <exception cref="EnvelopeException">It is not there, not what its digest says, or cannot be had.</exception>
    public async Task<byte[]> GetManifestAsync(string manifest, CancellationToken cancellationToken)
    {
        var found = await ReadManifestAsync(manifest, cancellationToken);
        return found.Bytes ?? throw found.Failure!;
    }

    /// <summary>Puts a manifest under its digest or a tag. All that it refers to is there.</summary>
    public async Task PutManifestAsync(
        string manifest, string mediaType, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        var asked = $"take manifest '{manifest}'";
        using var answer = await channel.SendAsync(
            () => new(HttpMethod.Put, At($"manifests/{manifest}"))
            {
                Content = new ReadOnlyMemoryContent(bytes) { Headers = { ContentType = new(mediaType) } },
            },
            asked,
            cancellationToken);
        await EnsureAsync(answer, asked, cancellationToken);
    }

    /// <summary>Reads content that is small.</summary>
    /// <exception cref="EnvelopeException">It is not there, or not what its descriptor says.</exception>
    public async Task<byte[]> ReadBlobAsync(OciDescriptor blob, int limit, CancellationToken cancellationToken)
    {
        var asked = $"give {blob.Digest}";
        await using var source = await new RegistryBlobs(channel).OpenAsync(blob.Digest, cancellationToken);
        var bytes = source is null ? null : await RegistryBody.TryReadAsync(
            source, limit, Timeout.InfiniteTimeSpan, cancellationToken);
        return bytes is not null && Digest.Of(bytes) == blob.Digest
            ? bytes
            : throw RegistryFailure.Damaged(
                Registry, asked, source is null ? "it is not there" : "what came is not what the digest says");
    }

    public BlobUpload Upload(OciDescriptor blob, string? mountFrom) => new(channel, blob, mountFrom);

    public RegistryBlobs Blobs() => new(channel);

    private static string? Header(HttpResponseMessage answer, string name) =>
        answer.Headers.TryGetValues(name, out var values) ? values.FirstOrDefault() : null;

    private async Task<(byte[]? Bytes, EnvelopeException? Failure)> ReadManifestAsync(
        string manifest, CancellationToken cancellationToken)
    {
        var asked = $"give manifest '{manifest}'";
        return await channel.TryAsync<(byte[]?, EnvelopeException?)>(
            asked,
            async () =>
            {
                using var answer = await channel.SendOnceAsync(
                    () => ForManifest(HttpMethod.Get, manifest), asked, cancellationToken);
                if (!answer.IsSuccessStatusCode)
                {
                    return (null, await RegistryFailure.OfAsync(Registry, asked, answer, cancellationToken));
                }

                await using var body = await answer.Content.ReadAsStreamAsync(cancellationToken);
                var bytes = await RegistryBody.TryReadAsync(
                    body, ManifestReader.Largest, channel.Options.IdleTimeout, cancellationToken);
                var why = WhyWrong(bytes, manifest, Header(answer, DigestHeader));
                return why is null ? (bytes, null) : (null, RegistryFailure.Damaged(Registry, asked, why));
            },
            cancellationToken);
    }

    private static string? WhyWrong(byte[]? bytes, string manifest, string? header)
    {
        if (bytes is null)
        {
            return $"it is larger than {ManifestReader.Largest} bytes";
        }

        var digest = Digest.Of(bytes);
        var isWrong = (Digest.TryParse(manifest, out var asked) && asked != digest)
            || (Digest.TryParse(header ?? "", out var said) && said != digest);
        return isWrong ? $"what came has the digest {digest}" : null;
    }

    private async Task<bool> IsThereAsync(HttpResponseMessage answer, string asked, CancellationToken cancellationToken)
    {
        if (answer.StatusCode == HttpStatusCode.NotFound)
        {
            return false;
        }

        await EnsureAsync(answer, asked, cancellationToken);
        return true;
    }

    private async Task EnsureAsync(HttpResponseMessage answer, string asked, CancellationToken cancellationToken)
    {
        if (!answer.IsSuccessStatusCode)
        {
            throw await RegistryFailure.OfAsync(Registry, asked, answer, cancellationToken);
        }
    }

    private HttpRequestMessage ForManifest(HttpMethod method, string manifest) =>
        new(method, At($"manifests/{manifest}"))
        {
            Headers = { Accept = { new(ModelPackMediaTypes.Manifest), new(ModelPackMediaTypes.Index) } },
        };

    private Uri At(string path) => new(Registry.Endpoint, path);
}
