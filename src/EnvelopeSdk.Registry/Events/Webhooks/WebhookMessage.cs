using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using EnvelopeSdk.Registries;

namespace EnvelopeSdk.Registry.Events.Webhooks;

/// <summary>
/// A message to a webhook, signed as Standard Webhooks 1.0 has it (https://www.standardwebhooks.com): an HMAC with
/// SHA-256 of its id, its time and its body, with dots between them.
/// </summary>
internal static class WebhookMessage
{
    private const string SecretPrefix = "whsec_";
    private const int SecretBytes = 32;

    public static string NewSecret() =>
        SecretPrefix + Convert.ToBase64String(RandomNumberGenerator.GetBytes(SecretBytes));

    public static HttpRequestMessage Of(RegistryEvent what, string url, string secret, DateTimeOffset now)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(what, JsonSerializerOptions.Web);
        var id = string.Create(CultureInfo.InvariantCulture, $"evt_{what.Id}");
        var time = now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        return new(HttpMethod.Post, url)
        {
            Headers =
            {
                { "webhook-id", id },
                { "webhook-timestamp", time },
                { "webhook-signature", Sign(id, time, body, secret) },
                { "User-Agent", "EnvelopeSdk" },
            },
            Content = new ByteArrayContent(body)
            {
                Headers = { ContentType = new MediaTypeHeaderValue("application/json") },
            },
        };
    }

    /// <summary>What proves that a message comes from who knows the secret, and was not changed.</summary>
    public static string Sign(string id, string time, ReadOnlySpan<byte> body, string secret)
    {
        byte[] signed = [.. Encoding.UTF8.GetBytes($"{id}.{time}."), .. body];
        var key = Convert.FromBase64String(secret[SecretPrefix.Length..]);
        return "v1," + Convert.ToBase64String(HMACSHA256.HashData(key, signed));
    }
}
