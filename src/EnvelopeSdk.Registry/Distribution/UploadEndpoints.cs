using System.Globalization;
using EnvelopeSdk.Distribution;
using EnvelopeSdk.Envelopes;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace EnvelopeSdk.Registry.Distribution;

/// <summary>Sending content to repositories: at once, in pieces, or by mounting what another repository has.</summary>
internal static class UploadEndpoints
{
    public static void MapUploads(
        this RouteTable routes, RegistryContent content, UploadSessions sessions, IDistributionAccess access)
    {
        routes.Map(Topic.Uploads, HttpMethods.Post, request => BeginAsync(request, content, sessions, access));
        routes.Map(Topic.Upload, HttpMethods.Patch, request => AppendAsync(request, sessions));
        routes.Map(Topic.Upload, HttpMethods.Put, request => EndAsync(request, content, sessions));
        routes.Map(Topic.Upload, HttpMethods.Get, async request =>
        {
            var session = sessions.Find(request.Reference);
            await session.SettleAsync(request.Aborted);
            Say(request, session, StatusCodes.Status204NoContent);
        });
        routes.Map(Topic.Upload, HttpMethods.Delete, async request =>
        {
            var session = sessions.Find(request.Reference);
            using var writer = await session.TakeOverAsync(request.Aborted);
            sessions.Remove(session);
            request.Response.StatusCode = StatusCodes.Status204NoContent;
        });
    }

    private static async Task BeginAsync(
        DistributionRequest request, RegistryContent content, UploadSessions sessions, IDistributionAccess access)
    {
        if (await TryMountAsync(request, content, access))
        {
            return;
        }

        if (request.Query("digest") is not { } text)
        {
            Say(request, sessions.Begin(), StatusCodes.Status202Accepted);
            return;
        }

        var digest = DistributionRequest.ParseDigest(text);
        var session = sessions.Begin();
        using var writer = await session.TakeOverAsync(request.Aborted);
        try
        {
            await writer.AppendAsync(Body(request));
            await FinishAsync(request, content, session, writer, digest);
        }
        finally
        {
            sessions.Remove(session); // nobody was told of it, so nobody goes on with it
        }
    }

    private static async Task<bool> TryMountAsync(
        DistributionRequest request, RegistryContent content, IDistributionAccess access)
    {
        if (request.Query("mount") is not { } text || !Digest.TryParse(text, out var digest)
            || request.Query("from") is not { } from || !OciReference.IsRepository(from)
            || await access.AuthorizeAsync(request.Context, from, isWrite: false) != DistributionPermission.Granted)
        {
            return false;
        }

        using (await content.Repositories.LockAsync(request.Aborted))
        {
            if (!await content.HasBlobAsync(from, digest, request.Aborted))
            {
                return false;
            }

            content.Folder(request.Name).LinkBlob(digest);
        }

        request.Created("blobs", digest);
        return true;
    }

    private static async Task AppendAsync(DistributionRequest request, UploadSessions sessions)
    {
        var session = sessions.Find(request.Reference);
        using var writer = await session.TakeOverAsync(request.Aborted);
        CheckRange(request, session);
        await writer.AppendAsync(Body(request));
        Say(request, session, StatusCodes.Status202Accepted);
    }

    private static async Task EndAsync(DistributionRequest request, RegistryContent content, UploadSessions sessions)
    {
        var session = sessions.Find(request.Reference);
        var digest = DistributionRequest.ParseDigest(request.Query("digest") ?? "");
        using var writer = await session.TakeOverAsync(request.Aborted);
        CheckRange(request, session);
        await writer.AppendAsync(Body(request));
        try
        {
            await FinishAsync(request, content, session, writer, digest);
        }
        finally
        {
            sessions.Remove(session);
        }
    }

    /// <summary>Puts content that came into the store, when it is what its digest says.</summary>
    private static async Task FinishAsync(
        DistributionRequest request, RegistryContent content, UploadSession session, UploadSession.Writer writer,
        Digest digest)
    {
        var came = await writer.DigestAsync();
        if (came != digest)
        {
            throw Refusals.DigestInvalid(
                digest.ToString(), $"is not what came: that is {came}, {session.Length} bytes. Send it again.");
        }

        using (await content.Repositories.LockAsync(request.Aborted))
        {
            content.Folder(request.Name).LinkBlob(digest); // first: gc keeps what has a link
            content.Store.Blobs.Take(session.FilePath, digest);
        }

        request.Created("blobs", digest);
    }

    /// <exception cref="RefusedException">What comes does not follow what has come.</exception>
    private static void CheckRange(DistributionRequest request, UploadSession session)
    {
        var length = session.Length;
        if (request.Request.Headers.ContentRange.ToString() is not { Length: > 0 } text)
        {
            return;
        }

        if (PieceRange.TryParse(text) is not { } range || range.Start != length)
        {
            throw new RefusedException(
                StatusCodes.Status416RangeNotSatisfiable, "BLOB_UPLOAD_INVALID",
                $"The range '{SafeText.Of(text)}' does not follow the {length} bytes that have come. Go on from there.")
            {
                Headers = new Dictionary<string, string>
                {
                    ["Location"] = AddressOf(request, session),
                    ["Range"] = RangeOf(length),
                },
            };
        }

        if (request.Request.ContentLength is { } size && size != range.Length)
        {
            throw new RefusedException(
                StatusCodes.Status400BadRequest, "SIZE_INVALID",
                $"The range '{SafeText.Of(text)}' has {range.Length} bytes, and the request {size}.");
        }
    }

    private static void Say(DistributionRequest request, UploadSession session, int status)
    {
        var length = session.Length;
        request.Response.StatusCode = status;
        request.Response.Headers.Location = AddressOf(request, session);
        request.Response.Headers.Range = RangeOf(length);
        request.Response.Headers["Docker-Upload-UUID"] = session.Id.ToString();
    }

    private static string AddressOf(DistributionRequest request, UploadSession session) =>
        $"/v2/{request.Name}/blobs/uploads/{session.Id:N}";

    /// <summary>Of nothing it is that of one byte: the form has no other.</summary>
    private static string RangeOf(long length) =>
        string.Create(CultureInfo.InvariantCulture, $"0-{Math.Max(0, length - 1)}");

    private static Stream Body(DistributionRequest request)
    {
        if (request.Context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = null;
        }

        return request.Request.Body;
    }
}
