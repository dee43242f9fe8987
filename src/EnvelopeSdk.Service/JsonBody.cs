using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace EnvelopeSdk.Service;

/// <summary>
/// Which bodies are JSON in UTF-8, as they come. Types that end in <c>+json</c> are JSON that means something else,
/// such as a change to make. One in gzip would need <c>UseRequestDecompression</c>, which takes the header away.
/// </summary>
internal static class JsonBody
{
    public static bool IsAccepted(HttpRequest request) =>
        HasType(request)
        && (StringValues.IsNullOrEmpty(request.Headers.ContentEncoding)
            || string.Equals(request.Headers.ContentEncoding, "identity", StringComparison.OrdinalIgnoreCase));

    private static bool HasType(HttpRequest request) =>
        request.ContentType is "application/json" // the usual one, without parsing
        || (MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
            && type.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase)
            && (!type.Charset.HasValue || type.Charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase)
                || type.Charset.Equals("\"utf-8\"", StringComparison.OrdinalIgnoreCase)));
}
