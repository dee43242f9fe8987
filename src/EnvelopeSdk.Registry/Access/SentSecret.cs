using System.Net.Http.Headers;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace EnvelopeSdk.Registry.Access;

/// <summary>What a request has in <c>Authorization</c>: as <c>Bearer</c>, or as the password of <c>Basic</c>.</summary>
internal static class SentSecret
{
    private const int LongestBasic = 12_000; // as long as a header line may be

    /// <returns>Null when there is no such header; empty when it has no secret in one of these forms.</returns>
    public static string? Of(HttpRequest request) =>
        request.Headers.Authorization.Count == 0 ? null
        : AuthenticationHeaderValue.TryParse(request.Headers.Authorization, out var sent) ? Of(sent) : "";

    private static string Of(AuthenticationHeaderValue sent)
    {
        if (string.Equals(sent.Scheme, "Bearer", StringComparison.OrdinalIgnoreCase))
        {
            return sent.Parameter ?? "";
        }

        var bytes = new byte[LongestBasic];
        return string.Equals(sent.Scheme, "Basic", StringComparison.OrdinalIgnoreCase)
            && Convert.TryFromBase64String(sent.Parameter ?? "", bytes, out var length)
                ? Encoding.UTF8.GetString(bytes, 0, length).Split(':', 2)[^1]
                : "";
    }
}
