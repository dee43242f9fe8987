using EnvelopeSdk.Envelopes;
using Microsoft.AspNetCore.Http;

namespace EnvelopeSdk.Registry.Distribution;

/// <summary>What is refused, and how it is said.</summary>
internal static class Refusals
{
    public static RefusedException NameInvalid(string repository) => new(
        StatusCodes.Status400BadRequest, "NAME_INVALID",
        $"'{SafeText.Of(repository)}' is no repository. Use lower-case letters and digits, with '.', '_', '__' or '-' "
        + "between them and '/' between parts.");

    public static RefusedException NameUnknown(string repository) => new(
        StatusCodes.Status404NotFound, "NAME_UNKNOWN",
        $"There is no repository '{repository}', and no envelope of that name. Push something to it first.");

    public static RefusedException BlobUnknown(string digest) => Of(
        StatusCodes.Status404NotFound, "BLOB_UNKNOWN", digest,
        "is not in this repository. Send it, or mount it from a repository that has it.");

    public static RefusedException ManifestBlobUnknown(Digest digest) => Of(
        StatusCodes.Status404NotFound, "MANIFEST_BLOB_UNKNOWN", digest.ToString(),
        "is named by the manifest and is not in this repository. Send it first.");

    public static RefusedException ManifestUnknown(string reference) => new(
        StatusCodes.Status404NotFound, "MANIFEST_UNKNOWN",
        $"There is no manifest '{SafeText.Of(reference)}' in this repository. Its tags are listed at 'tags/list'.");

    public static RefusedException ManifestInvalid(string message) =>
        new(StatusCodes.Status400BadRequest, "MANIFEST_INVALID", message);

    public static RefusedException UploadUnknown(string id) => new(
        StatusCodes.Status404NotFound, "BLOB_UPLOAD_UNKNOWN",
        $"There is no upload '{SafeText.Of(id)}': it ended, was given up, or nothing came for a day. Begin a new one.");

    public static RefusedException DigestInvalid(string digest, string reason) =>
        Of(StatusCodes.Status400BadRequest, "DIGEST_INVALID", digest, reason);

    public static RefusedException NoSuchMethod(string method, IEnumerable<string> methods) => new(
        StatusCodes.Status405MethodNotAllowed, "UNSUPPORTED",
        $"There is no {method} at this address. It knows {string.Join(", ", methods)}.")
    {
        Headers = new Dictionary<string, string> { ["Allow"] = string.Join(", ", methods) },
    };

    public static RefusedException Unsupported(int status, string message) => new(status, "UNSUPPORTED", message);

    private static RefusedException Of(int status, string code, string digest, string reason) =>
        new(status, code, $"'{SafeText.Of(digest)}' {reason}")
        {
            Detail = new Dictionary<string, string> { ["digest"] = SafeText.Of(digest) },
        };
}
