using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace EnvelopeSdk.Service;

/// <summary>Which bodies are JSON in UTF-8.</summary>
internal static class JsonBody
{
    public static bool IsAccepted(HttpRequest request) =>
        request.ContentType is "application/json" // the usual one, without parsing
        || (request.HasJsonContentType()
            && MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
            && (!type.Charset.HasValue || type.Charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase) || type.Charset.Equals("\"utf-8\"", StringComparison.OrdinalIgnoreCase)));
}
