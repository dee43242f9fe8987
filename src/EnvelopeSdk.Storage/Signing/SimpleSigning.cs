using System.Text.Json;
using EnvelopeSdk.Envelopes;

namespace EnvelopeSdk.Signing;

/// <summary>
/// The payload that cosign signs (cosign signature specification; containers/image "atomic signature" for its form).
/// </summary>
internal static class SimpleSigning
{
    public const string MediaType = "application/vnd.dev.cosign.simplesigning.v1+json";
    public const string SignatureAnnotation = "dev.cosignproject.cosign/signature";

    private const string Type = "cosign container image signature";

    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 16 };

    /// <summary>The same claim gives the same bytes.</summary>
    public static byte[] Write(
        string identity, Digest envelope, IReadOnlyDictionary<string, string>? annotations)
    {
        using var text = new MemoryStream();
        using (var json = new Utf8JsonWriter(text))
        {
            json.WriteStartObject();
            json.WriteStartObject("critical");
            json.WriteStartObject("identity");
            json.WriteString("docker-reference", identity);
            json.WriteEndObject();
            json.WriteStartObject("image");
            json.WriteString("docker-manifest-digest", envelope.ToString());
            json.WriteEndObject();
            json.WriteString("type", Type);
            json.WriteEndObject();
            WriteAnnotations(json, annotations);
            json.WriteEndObject();
        }

        return text.ToArray();
    }

    /// <exception cref="EnvelopeException">
    /// It is not such a payload, or says more than is known here: what a signer calls critical must be understood.
    /// </exception>
    public static SignedClaim Read(ReadOnlyMemory<byte> payload)
    {
        try
        {
            using var document = JsonDocument.Parse(payload, Strict);
            var root = Members(document.RootElement, "the payload", ["critical"], ["optional"]);
            var critical = Members(root["critical"], "'critical'", ["identity", "image", "type"], []);
            var identity = Members(critical["identity"], "'identity'", ["docker-reference"], []);
            var image = Members(critical["image"], "'image'", ["docker-manifest-digest"], []);
            if (Text(critical, "type") is var type && type != Type)
            {
                throw new JsonException($"its type is '{type}' and not '{Type}'");
            }

            return Digest.TryParse(Text(image, "docker-manifest-digest"), out var envelope)
                ? new(Text(identity, "docker-reference"), envelope, Annotations(root.GetValueOrDefault("optional")))
                : throw new JsonException("'docker-manifest-digest' is not sha256: and 64 lower-case digits");
        }
        catch (Exception malformed) when (malformed is JsonException or InvalidOperationException)
        {
            throw new EnvelopeException(
                EnvelopeError.Damaged,
                "A signature has a payload that is not of cosign's form: "
                + $"{malformed.Message.TrimEnd('.')}. Sign again.",
                malformed);
        }
    }

    private static void WriteAnnotations(Utf8JsonWriter json, IReadOnlyDictionary<string, string>? annotations)
    {
        if (annotations is not { Count: > 0 })
        {
            json.WriteNull("optional"); // as cosign does
            return;
        }

        json.WriteStartObject("optional");
        foreach (var (name, value) in annotations.OrderBy(one => one.Key, StringComparer.Ordinal))
        {
            json.WriteString(name, value);
        }

        json.WriteEndObject();
    }

    private static Dictionary<string, JsonElement> Members(
        JsonElement element, string what, string[] required, string[] optional)
    {
        if (element.ValueKind != JsonValueKind.Object)
        {
            throw new JsonException($"{what} is no object");
        }

        var members = element.EnumerateObject().ToDictionary(one => one.Name, one => one.Value, StringComparer.Ordinal);
        return required.FirstOrDefault(name => !members.ContainsKey(name)) is { } missing
            ? throw new JsonException($"{what} has no '{missing}'")
            : members.Keys.Except(required).Except(optional).FirstOrDefault() is { } unknown
                ? throw new JsonException($"{what} has a member that nobody knows: '{unknown}'")
                : members;
    }

    private static string Text(Dictionary<string, JsonElement> members, string name) =>
        members[name] is { ValueKind: JsonValueKind.String } text
            ? text.GetString()!
            : throw new JsonException($"'{name}' is no string");

    private static Dictionary<string, JsonElement> Annotations(JsonElement optional) => optional.ValueKind switch
    {
        JsonValueKind.Undefined or JsonValueKind.Null => [],
        JsonValueKind.Object => optional.EnumerateObject()
            .ToDictionary(one => one.Name, one => one.Value.Clone(), StringComparer.Ordinal),
        _ => throw new JsonException("'optional' is no object"),
    };
}
