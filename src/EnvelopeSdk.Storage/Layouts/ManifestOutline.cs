using System.Text.Json;
using EnvelopeSdk.Envelopes;

namespace EnvelopeSdk.Layouts;

/// <summary>What a manifest or an index of any kind of artifact refers to (OCI image specification 1.1).</summary>
internal sealed record ManifestOutline
{
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    /// <summary>What it says of itself; null where it says nothing.</summary>
    public string? MediaType { get; private init; }

    /// <summary>What kind of artifact it is; of an image the media type of its config.</summary>
    public string? ArtifactType { get; private init; }

    /// <summary>Whether it is an index: it lists manifests.</summary>
    public bool IsIndex { get; private init; }

    /// <summary>Config and layers. Those are left out that it says are to be had elsewhere.</summary>
    public IReadOnlyList<(Digest Digest, long Size)> Blobs { get; private init; } = [];

    /// <summary>The manifests of an index.</summary>
    public IReadOnlyList<Digest> Manifests { get; private init; } = [];

    /// <summary>What it is about.</summary>
    public Digest? Subject { get; private init; }

    public IReadOnlyDictionary<string, string> Annotations { get; private init; } = new Dictionary<string, string>();

    /// <exception cref="EnvelopeException">It is no manifest.</exception>
    public static ManifestOutline Read(ReadOnlyMemory<byte> json)
    {
        try
        {
            using var document = JsonDocument.Parse(json, Strict);
            return Read(document.RootElement);
        }
        catch (Exception malformed) when (malformed is JsonException or InvalidOperationException or FormatException)
        {
            throw new EnvelopeException(
                EnvelopeError.Invalid,
                $"This is no manifest: {malformed.Message} Send what the OCI image specification calls an image "
                + "manifest or an image index.",
                malformed);
        }
    }

    private static ManifestOutline Read(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("schemaVersion", out var version)
            || version.GetInt32() != 2)
        {
            throw new JsonException("It has not the schemaVersion 2.");
        }

        var config = Member(root, "config");
        var isIndex = Member(root, "manifests") is not null;
        return config is null && !isIndex ? throw new JsonException("It has neither 'config' nor 'manifests'.") : new()
        {
            MediaType = Member(root, "mediaType")?.GetString(),
            ArtifactType = Member(root, "artifactType")?.GetString() is { Length: > 0 } type
                ? type
                : config is { } image ? Member(image, "mediaType")?.GetString() : null,
            IsIndex = isIndex,
            Blobs =
            [
                .. (config is { } one ? [one] : Array.Empty<JsonElement>()).Concat(Items(root, "layers"))
                    .Where(blob => Items(blob, "urls").Count == 0).Select(blob => (DigestOf(blob), SizeOf(blob))),
            ],
            Manifests = [.. Items(root, "manifests").Select(DigestOf)],
            Subject = Member(root, "subject") is { } subject ? DigestOf(subject) : null,
            Annotations = Member(root, "annotations") is { } annotations
                ? annotations.EnumerateObject().ToDictionary(pair => pair.Name, pair => pair.Value.GetString() ?? "")
                : new Dictionary<string, string>(),
        };
    }

    private static JsonElement? Member(JsonElement owner, string name) =>
        owner.TryGetProperty(name, out var member) && member.ValueKind != JsonValueKind.Null ? member : null;

    private static List<JsonElement> Items(JsonElement owner, string name) =>
        Member(owner, name) is { } list ? [.. list.EnumerateArray()] : [];

    private static long SizeOf(JsonElement descriptor) =>
        Member(descriptor, "size")?.GetInt64() ?? throw new JsonException("A descriptor has no 'size'.");

    private static Digest DigestOf(JsonElement descriptor) =>
        Digest.TryParse(Member(descriptor, "digest")?.GetString() ?? "", out var digest)
            ? digest
            : throw new JsonException("A descriptor has no digest of the form sha256: and 64 hexadecimal digits.");
}
