using EnvelopeSdk.Envelopes;
using EnvelopeSdk.Registry.Records;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace EnvelopeSdk.Registry.Distribution;

/// <summary>Content of repositories.</summary>
internal static class BlobEndpoints
{
    public static void MapBlobs(this RouteTable routes, RegistryContent content)
    {
        routes.Map(Topic.Blob, HttpMethods.Get, request => GiveAsync(request, content));
        routes.Map(Topic.Blob, HttpMethods.Head, async request =>
        {
            if (!await content.HasBlobAsync(request.Name, request.Digest(), request.Aborted))
            {
                // Also of what the registry makes and has not: who asks means to refer to it in a manifest.
                throw Refusals.BlobUnknown(request.Digest().ToString());
            }

            await GiveAsync(request, content);

            // Who asks whether content is there wants to push a manifest that refers to it, and will not send it: until
            // then it counts as sent now.
            await content.Repository(request.Name).RefreshBlobAsync(request.Digest(), request.Aborted);
        });
        routes.Map(Topic.Blob, HttpMethods.Delete, request => DeleteAsync(request, content));
    }

    /// <summary>With ranges and conditions, as HTTP has them.</summary>
    private static async Task GiveAsync(DistributionRequest request, RegistryContent content)
    {
        var digest = request.Digest();
        var stream = await content.OpenBlobAsync(request.Name, digest, request.Names, request.Aborted);
        request.Response.Headers["Docker-Content-Digest"] = digest.ToString();
        if (PieceRange.IsReversed(request.Request.Headers.Range.ToString()))
        {
            await using (stream)
            {
                // HTTP lets a server pass over such a range too. Whoever asked for little would be sent all.
                request.Response.StatusCode = StatusCodes.Status416RangeNotSatisfiable;
                request.Response.Headers.ContentRange = $"bytes */{stream.Length}";
                return;
            }
        }

        request.Response.Headers.CacheControl = "private, max-age=31536000, immutable";
        await Results.Stream(
            stream, "application/octet-stream", entityTag: new EntityTagHeaderValue($"\"{digest}\""),
            enableRangeProcessing: true).ExecuteAsync(request.Context);
    }

    private static async Task DeleteAsync(DistributionRequest request, RegistryContent content)
    {
        var digest = request.Digest();
        var entry = new AuditEntry(AuditAction.Delete) { Envelope = request.Name, Digest = digest, Subject = "blob" };
        await request.RunAsync(entry, () => RemoveAsync(request, content, digest));
    }

    private static async Task RemoveAsync(DistributionRequest request, RegistryContent content, Digest digest)
    {
        var wasThere = await content.Repository(request.Name).RemoveBlobAsync(digest, request.Aborted);
        if (await content.HasBlobAsync(request.Name, digest, request.Aborted))
        {
            throw Refusals.Unsupported(
                StatusCodes.Status405MethodNotAllowed,
                $"{digest} belongs to an envelope '{request.Name}'. It goes with it: 'envelope delete', and "
                + "'envelope gc'.");
        }

        request.Response.StatusCode = wasThere
            ? StatusCodes.Status202Accepted
            : throw Refusals.BlobUnknown(digest.ToString());
    }
}
