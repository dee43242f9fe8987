using EnvelopeSdk.Layouts;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace EnvelopeSdk.Registry.Distribution;

/// <summary>Content of repositories.</summary>
internal static class BlobEndpoints
{
    /// <summary>How old a note may be that somebody wants to refer to content.</summary>
    private static readonly TimeSpan Fresh = RepositoryCollection.Patience / 24;

    public static void MapBlobs(this RouteTable routes, RegistryContent content)
    {
        routes.Map(Topic.Blob, HttpMethods.Get, request => GiveAsync(request, content));
        routes.Map(Topic.Blob, HttpMethods.Head, async request =>
        {
            await GiveAsync(request, content);
            await RefreshAsync(request, content.Repositories);
        });
        routes.Map(Topic.Blob, HttpMethods.Delete, request => DeleteAsync(request, content));
    }

    /// <summary>With ranges and conditions, as HTTP has them.</summary>
    private static async Task GiveAsync(DistributionRequest request, RegistryContent content)
    {
        var digest = request.Digest();
        var stream = await content.OpenBlobAsync(request.Name, digest, request.Aborted);
        request.Response.Headers["Docker-Content-Digest"] = digest.ToString();
        request.Response.Headers.CacheControl = "private, max-age=31536000, immutable";
        await Results.Stream(
            stream, "application/octet-stream", entityTag: new EntityTagHeaderValue($"\"{digest}\""),
            enableRangeProcessing: true).ExecuteAsync(request.Context);
    }

    /// <summary>
    /// Who asks whether content is there wants to push a manifest that refers to it, and will not send it: until then
    /// it counts as sent now.
    /// </summary>
    private static async Task RefreshAsync(DistributionRequest request, Repositories repositories)
    {
        var (folder, digest) = (repositories.Open(request.Name), request.Digest());
        if (folder.HasBlob(digest) && DateTime.UtcNow - folder.LinkedAt(digest) > Fresh)
        {
            using (await repositories.LockAsync(request.Aborted))
            {
                folder.LinkBlob(digest);
            }
        }
    }

    private static async Task DeleteAsync(DistributionRequest request, RegistryContent content)
    {
        var (folder, digest) = (content.Folder(request.Name), request.Digest());
        using (await content.Repositories.LockAsync(request.Aborted))
        {
            var isThere = folder.HasBlob(digest);
            folder.RemoveBlob(digest);
            if (await content.HasBlobAsync(request.Name, digest, request.Aborted))
            {
                throw Refusals.Unsupported(
                    StatusCodes.Status405MethodNotAllowed,
                    $"{digest} belongs to an envelope '{request.Name}'. It goes with it: 'envelope delete', and "
                    + "'envelope gc'.");
            }

            request.Response.StatusCode = isThere
                ? StatusCodes.Status202Accepted
                : throw Refusals.BlobUnknown(digest.ToString());
        }
    }
}
