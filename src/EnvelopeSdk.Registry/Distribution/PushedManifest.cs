using System.Net.Http.Headers;
using EnvelopeSdk.Distribution;
using EnvelopeSdk.Envelopes;
using EnvelopeSdk.Layouts;
using Microsoft.AspNetCore.Http;

namespace EnvelopeSdk.Registry.Distribution;

/// <summary>A manifest that somebody sends.</summary>
/// <param name="Bytes">The manifest.</param>
/// <param name="Digest">Its digest.</param>
/// <param name="Tag">The tag under which it is sent; null: under its digest.</param>
/// <param name="MediaType">What kind of manifest it is.</param>
/// <param name="Outline">What it refers to.</param>
internal sealed record PushedManifest(
    byte[] Bytes, Digest Digest, string? Tag, string MediaType, ManifestOutline Outline)
{
    private const string DockerManifest = "application/vnd.docker.distribution.manifest.v2+json";
    private const string DockerList = "application/vnd.docker.distribution.manifest.list.v2+json";

    /// <summary>It is given to others under this type, so it is none that a browser would show.</summary>
    private static readonly string[] MediaTypes =
        [ModelPackMediaTypes.Manifest, ModelPackMediaTypes.Index, DockerManifest, DockerList];

    /// <exception cref="RefusedException">It is none, or not what its digest says.</exception>
    public static async Task<PushedManifest> ReadAsync(DistributionRequest request)
    {
        var bytes = await ReadBytesAsync(request);
        var digest = Digest.Of(bytes);
        var isTag = OciReference.IsTag(request.Reference);
        if (!isTag && request.Digest() != digest)
        {
            throw Refusals.DigestInvalid(request.Reference, $"is not what came: that is {digest}. Send it again.");
        }

        var outline = Outlined(bytes);
        return new(bytes, digest, isTag ? request.Reference : null, MediaTypeOf(request, outline), outline);
    }

    private static ManifestOutline Outlined(byte[] bytes)
    {
        try
        {
            return ManifestOutline.Read(bytes);
        }
        catch (EnvelopeException malformed)
        {
            throw Refusals.ManifestInvalid(malformed.Message);
        }
    }

    private static string MediaTypeOf(DistributionRequest request, ManifestOutline outline)
    {
        var sent = MediaTypeHeaderValue.TryParse(request.Request.ContentType, out var type) ? type.MediaType : null;
        var said = outline.MediaType ?? sent
            ?? (outline.IsIndex ? ModelPackMediaTypes.Index : ModelPackMediaTypes.Manifest);
        return (sent ?? said) == said && MediaTypes.Contains(said) ? said : throw Refusals.ManifestInvalid(
            $"The manifest is of the media type '{SafeText.Of(outline.MediaType ?? "")}' and was sent as "
            + $"'{SafeText.Of(sent ?? "")}'. Both have to be the same, and one of {string.Join(", ", MediaTypes)}.");
    }

    private static async Task<byte[]> ReadBytesAsync(DistributionRequest request)
    {
        using var bytes = new MemoryStream();
        var buffer = new byte[64 << 10];
        for (int read; (read = await request.Request.Body.ReadAsync(buffer, request.Aborted)) > 0;)
        {
            bytes.Write(buffer, 0, read);
            if (bytes.Length > ManifestReader.Largest)
            {
                throw new RefusedException(
                    StatusCodes.Status413PayloadTooLarge, "MANIFEST_INVALID",
                    $"The manifest has more than {ManifestReader.Largest} bytes.");
            }
        }

        return bytes.ToArray();
    }
}
