using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace EnvelopeSdk.Distribution;

/// <summary>The documents that registries, and what keeps their passwords, speak in.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ErrorDocument))]
[JsonSerializable(typeof(TagDocument))]
[JsonSerializable(typeof(TokenDocument))]
[JsonSerializable(typeof(LoginDocument))]
[JsonSerializable(typeof(HelperDocument))]
[JsonSerializable(typeof(CallerDocument))]
[JsonSerializable(typeof(JournalManifest))]
[JsonSerializable(typeof(SignatureLayers))]
internal sealed partial class DistributionJsonContext : JsonSerializerContext
{
    /// <returns>Null when the bytes are no such document.</returns>
    public static T? TryRead<T>(ReadOnlySpan<byte> utf8Json, JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize(utf8Json, type);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

/// <summary>
/// Why a registry refused: codes of the distribution specification, or the detail of a problem (RFC 9457).
/// </summary>
internal sealed record ErrorDocument(IReadOnlyList<ErrorReason?>? Errors, string? Detail);

internal sealed record ErrorReason(string? Code, string? Message);

/// <summary>A page of a repository's tags.</summary>
internal sealed record TagDocument(IReadOnlyList<string>? Tags);

/// <summary>What a token endpoint gives; older ones know the first name, OAuth 2 the second.</summary>
internal sealed record TokenDocument(string? Token, [property: JsonPropertyName("access_token")] string? AccessToken);
