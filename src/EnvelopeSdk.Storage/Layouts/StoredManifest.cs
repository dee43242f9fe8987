using System.Text.Json;
using System.Text.Json.Serialization;
using EnvelopeSdk.Envelopes;

namespace EnvelopeSdk.Layouts;

/// <summary>What a repository knows of a manifest without reading it.</summary>
internal sealed record StoredManifest
{
    /// <summary>The media type under which it was pushed.</summary>
    public required string MediaType { get; init; }

    /// <summary>How many bytes it has.</summary>
    public required long Size { get; init; }

    /// <summary>What kind of artifact it is; of an image the media type of its config.</summary>
    public string? ArtifactType { get; init; }

    /// <summary>The manifest that it is about.</summary>
    public Digest? Subject { get; init; }

    /// <summary>The name of the envelope that it is; null when it is none.</summary>
    public string? Envelope { get; init; }

    /// <summary>When it was pushed, in UTC.</summary>
    public required DateTimeOffset Pushed { get; init; }

    public byte[] Write() =>
        JsonSerializer.SerializeToUtf8Bytes(this, StoredManifestJsonContext.Default.StoredManifest);

    /// <returns>Null when it is damaged.</returns>
    public static StoredManifest? TryRead(byte[] json)
    {
        try
        {
            return JsonSerializer.Deserialize(json, StoredManifestJsonContext.Default.StoredManifest);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectNullableAnnotations = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(StoredManifest))]
internal sealed partial class StoredManifestJsonContext : JsonSerializerContext;
