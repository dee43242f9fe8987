using System.Text.Json;
using System.Text.Json.Nodes;
using EnvelopeSdk.Envelopes;
using EnvelopeSdk.Signing;

namespace EnvelopeSdk.Distribution;

/// <summary>
/// The image manifest that holds the signatures of an artifact, as cosign writes it: a layer for each payload, with the
/// signature as an annotation. What others put into it stays as it is.
/// </summary>
internal sealed class SignatureManifest
{
    private const string ConfigType = "application/vnd.oci.image.config.v1+json";
    private const string NoTime = "0001-01-01T00:00:00Z";

    /// <summary>Of members that are there twice, two readers might take different ones.</summary>
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    private readonly JsonObject _manifest;

    private SignatureManifest(JsonObject manifest) => _manifest = manifest;

    /// <summary>The layers that hold signatures; those of other media types are passed over.</summary>
    public IReadOnlyList<OciDescriptor> Signatures { get; private init; } = [];

    private JsonArray Layers => _manifest["layers"]!.AsArray();

    /// <summary>One without signatures.</summary>
    public static SignatureManifest Empty() => new(new JsonObject
    {
        ["schemaVersion"] = 2,
        ["mediaType"] = ModelPackMediaTypes.Manifest,
        ["config"] = null,
        ["layers"] = new JsonArray(),
    });

    /// <returns>Null when it is no manifest with layers.</returns>
    public static SignatureManifest? TryRead(byte[] bytes)
    {
        try
        {
            var read = JsonSerializer.Deserialize(bytes, DistributionJsonContext.Default.SignatureLayers);
            return read?.Layers is { } layers && layers.All(one => one is not null)
                ? new(JsonNode.Parse(bytes, documentOptions: Strict)!.AsObject())
                {
                    Signatures =
                    [
                        .. layers.OfType<OciDescriptor>().Where(one => one.MediaType == SimpleSigning.MediaType),
                    ],
                }
                : null;
        }
        catch (Exception malformed) when (malformed is JsonException or InvalidOperationException or ArgumentException)
        {
            return null;
        }
    }

    /// <summary>Whether a signature is among those that it has.</summary>
    public bool Has(EnvelopeSignature signature) => Signatures.Any(
        one => (one.Digest, one.Annotations?.GetValueOrDefault(SimpleSigning.SignatureAnnotation)) == signature.Id);

    public void Add(EnvelopeSignature signature)
    {
        var annotations = new JsonObject();
        foreach (var (name, value) in signature.Annotations)
        {
            annotations[name] = value;
        }

        var layer = Descriptor(SimpleSigning.MediaType, signature.Payload.Span);
        layer["annotations"] = annotations;
        Layers.Add((JsonNode)layer);
    }

    /// <summary>
    /// The manifest, and the config that it names: that of an image which is nothing but its layers. Registries and
    /// tools that know images alone look for it.
    /// </summary>
    public (byte[] Manifest, byte[] Config) Write()
    {
        var config = Bytes(new JsonObject
        {
            ["architecture"] = "",
            ["created"] = NoTime,
            ["history"] = new JsonArray([.. Layers.Select(_ => new JsonObject { ["created"] = NoTime })]),
            ["os"] = "",
            ["rootfs"] = new JsonObject
            {
                ["type"] = "layers",
                ["diff_ids"] = new JsonArray([.. Layers.Select(one => one!["digest"]!.DeepClone())]),
            },
            ["config"] = new JsonObject(),
        });
        _manifest["config"] = Descriptor(ConfigType, config);
        return (Bytes(_manifest), config);
    }

    private static JsonObject Descriptor(string mediaType, ReadOnlySpan<byte> bytes) => new()
    {
        ["mediaType"] = mediaType,
        ["size"] = bytes.Length,
        ["digest"] = Digest.Of(bytes).ToString(),
    };

    private static byte[] Bytes(JsonObject json)
    {
        using var text = new MemoryStream();
        using (var writer = new Utf8JsonWriter(text))
        {
            json.WriteTo(writer);
        }

        return text.ToArray();
    }
}

/// <summary>What is read of such a manifest.</summary>
internal sealed record SignatureLayers(IReadOnlyList<OciDescriptor?>? Layers);
