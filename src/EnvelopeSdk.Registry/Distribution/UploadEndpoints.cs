using EnvelopeSdk.Distribution;
using EnvelopeSdk.Envelopes;
using EnvelopeSdk.Registry.Stores;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace EnvelopeSdk.Registry.Distribution;

/// <summary>Sending content to repositories: at once, in pieces, or by mounting what another repository has.</summary>
internal static class UploadEndpoints
{
    public static void MapUploads(
        this RouteTable routes, RegistryContent content, IUploads uploads, IDistributionAccess access)
    {
        routes.Map(Topic.Uploads, HttpMethods.Post, request => BeginAsync(request, content, uploads, access));
        routes.Map(Topic.Upload, HttpMethods.Patch, request => AppendAsync(request, uploads));
        routes.Map(Topic.Upload, HttpMethods.Put, request => EndAsync(request, uploads));
        routes.Map(Topic.Upload, HttpMethods.Get, async request =>
        {
            var upload = await FindAsync(request, uploads);
            await upload.SettleAsync(request.Aborted);
            await request.SayAsync(upload, StatusCodes.Status204NoContent);
        });
        routes.Map(Topic.Upload, HttpMethods.Delete, async request =>
        {
            var upload = await FindAsync(request, uploads);
            using var writer = await upload.TakeOverAsync(request.Aborted);
            await writer.EndAsync();
            request.Response.StatusCode = StatusCodes.Status204NoContent;
        });
    }

    /// <exception cref="RefusedException">There is no such upload.</exception>
    private static async Task<IUpload> FindAsync(DistributionRequest request, IUploads uploads) =>
        Guid.TryParseExact(request.Reference, "N", out var id)
        && await uploads.FindAsync(id, request.Aborted) is { } found
            ? found
            : throw Refusals.UploadUnknown(request.Reference);

    private static async Task BeginAsync(
        DistributionRequest request, RegistryContent content, IUploads uploads, IDistributionAccess access)
    {
        if (await TryMountAsync(request, content, access))
        {
            return;
        }

        if (request.Query("digest") is not { } text)
        {
            await request.SayAsync(await uploads.BeginAsync(request.Aborted), StatusCodes.Status202Accepted);
            return;
        }

        var digest = DistributionRequest.ParseDigest(text);
        var upload = await uploads.BeginAsync(request.Aborted);
        using var writer = await upload.TakeOverAsync(request.Aborted);
        try
        {
            await writer.AppendAsync(start: 0, Body(request));
            await FinishAsync(request, upload, writer, digest);
        }
        finally
        {
            await writer.EndAsync(); // nobody was told of it, so nobody goes on with it
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

        if (!await content.HasBlobAsync(from, digest, request.Aborted)
            || !await content.Repository(request.Name).LinkBlobAsync(digest, request.Aborted))
        {
            return false;
        }

        request.Created("blobs", digest);
        return true;
    }

    private static async Task AppendAsync(DistributionRequest request, IUploads uploads)
    {
        var upload = await FindAsync(request, uploads);
        await TakeAsync(request, upload, _ => request.SayAsync(upload, StatusCodes.Status202Accepted));
    }

    private static async Task EndAsync(DistributionRequest request, IUploads uploads)
    {
        var upload = await FindAsync(request, uploads);
        var digest = DistributionRequest.ParseDigest(request.Query("digest") ?? "");
        await TakeAsync(request, upload, writer => FinishAsync(request, upload, writer, digest));
    }

    /// <summary>Adds what a request brings, and does what is to follow.</summary>
    private static async Task TakeAsync(DistributionRequest request, IUpload upload, Func<IUploadWriter, Task> then)
    {
        try
        {
            using var writer = await upload.TakeOverAsync(request.Aborted);
            var start = await StartAsync(request, upload);
            await writer.AppendAsync(start, Body(request));
            await then(writer);
        }
        catch (RefusedException refused) when (
            refused.Status is StatusCodes.Status409Conflict or StatusCodes.Status416RangeNotSatisfiable)
        {
            throw await request.NotFollowingAsync(upload, refused.Message);
        }
    }

    /// <summary>
    /// Puts content that came into the store, when it is what its digest says, and ends the upload. While it is neither
    /// taken nor refused the upload stays: the connection may have broken, and the client asks again.
    /// </summary>
    private static async Task FinishAsync(
        DistributionRequest request, IUpload upload, IUploadWriter writer, Digest digest)
    {
        var came = await writer.DigestAsync();
        if (came != digest)
        {
            var length = await upload.LengthAsync(request.Aborted);
            await writer.EndAsync();
            throw Refusals.DigestInvalid(
                digest.ToString(), $"is not what came: that is {came}, {length} bytes. Send it again.");
        }

        await writer.CompleteAsync(request.Name, digest);
        await writer.EndAsync();
        request.Created("blobs", digest);
    }

    /// <summary>Where what comes begins: behind what has come.</summary>
    /// <exception cref="RefusedException">It says that it does not follow that.</exception>
    private static async Task<long> StartAsync(DistributionRequest request, IUpload upload)
    {
        var length = await upload.LengthAsync(request.Aborted);
        if (request.Request.Headers.ContentRange.ToString() is not { Length: > 0 } text)
        {
            return length;
        }

        if (PieceRange.TryParse(text) is not { } range || range.Start != length)
        {
            throw new RefusedException(
                StatusCodes.Status416RangeNotSatisfiable, "BLOB_UPLOAD_INVALID",
                $"The range '{SafeText.Of(text)}' does not follow the {length} bytes that have come. Go on from "
                + "there.");
        }

        if (request.Request.ContentLength is { } size && size != range.Length)
        {
            throw new RefusedException(
                StatusCodes.Status400BadRequest, "SIZE_INVALID",
                $"The range '{SafeText.Of(text)}' has {range.Length} bytes, and the request {size}.");
        }

        return length;
    }

    private static Stream Body(DistributionRequest request)
    {
        if (request.Context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = null;
        }

        return request.Request.Body;
    }
}
