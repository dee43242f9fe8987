using System.Globalization;
using EnvelopeSdk.Envelopes;

namespace EnvelopeSdk.Distribution;

/// <summary>What a registry says of an upload beside the body of an answer.</summary>
internal static class UploadHeaders
{
    /// <summary>The last byte that it has, as in <c>0-1023</c>; null when it does not say.</summary>
    public static long? End(HttpResponseMessage answer) => Number(answer, "Range");

    /// <summary>The least that it takes in one piece, but for the last.</summary>
    public static long SmallestChunk(HttpResponseMessage answer) => Number(answer, "OCI-Chunk-Min-Length") ?? 0;

    /// <summary>The address that ends an upload.</summary>
    public static Uri WithDigest(Uri location, Digest digest) => new UriBuilder(location)
    {
        Query = $"{(location.Query is ['?', .. { Length: > 0 } query] ? query + "&" : "")}digest={digest}",
    }.Uri;

    private static long? Number(HttpResponseMessage answer, string header) =>
        answer.Headers.TryGetValues(header, out var values)
        && long.TryParse(
            values.First().Split('-')[^1], NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;
}
