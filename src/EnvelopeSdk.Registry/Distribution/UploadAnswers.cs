using System.Globalization;
using EnvelopeSdk.Registry.Stores;
using Microsoft.AspNetCore.Http;

namespace EnvelopeSdk.Registry.Distribution;

/// <summary>Says where an upload goes on, and how much has come.</summary>
internal static class UploadAnswers
{
    public static async Task SayAsync(this DistributionRequest request, IUpload upload, int status)
    {
        var length = await upload.LengthAsync(request.Aborted);
        request.Response.StatusCode = status;
        request.Response.Headers.Location = AddressOf(request, upload);
        request.Response.Headers.Range = RangeOf(length);
        request.Response.Headers["Docker-Upload-UUID"] = upload.Id.ToString();
    }

    /// <summary>
    /// Refuses a piece that does not follow what has come: the client goes on from there. A piece in whose place a
    /// later request came is refused so too, since after any other refusal clients give the upload up.
    /// </summary>
    public static async Task<RefusedException> NotFollowingAsync(
        this DistributionRequest request, IUpload upload, string message)
    {
        var headers = new Dictionary<string, string>();
        try
        {
            headers["Range"] = RangeOf(await upload.LengthAsync(request.Aborted));
            headers["Location"] = AddressOf(request, upload);
        }
        catch (RefusedException)
        {
            // The later request ended the upload. Who asks for it is told so.
        }

        return new(StatusCodes.Status416RangeNotSatisfiable, "BLOB_UPLOAD_INVALID", message) { Headers = headers };
    }

    private static string AddressOf(DistributionRequest request, IUpload upload) =>
        $"/v2/{request.Name}/blobs/uploads/{upload.Id:N}";

    /// <summary>Of nothing it is that of one byte: the form has no other.</summary>
    private static string RangeOf(long length) =>
        string.Create(CultureInfo.InvariantCulture, $"0-{Math.Max(0, length - 1)}");
}
