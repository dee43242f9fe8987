using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace EnvelopeSdk.Envelopes;

/// <summary>How the documents of an envelope are written: the same bytes on every machine.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true,
    WriteIndented = true,
    NewLine = "\n",
    RespectNullableAnnotations = true,
    AllowDuplicateProperties = false)]
[JsonSerializable(typeof(OciManifest))]
[JsonSerializable(typeof(OciIndex))]
[JsonSerializable(typeof(ModelPackConfig))]
[JsonSerializable(typeof(RecordNumbers))]
[JsonSerializable(typeof(EnvelopeRecord))]
[JsonSerializable(typeof(EnvelopeLabels))]
[JsonSerializable(typeof(FileStamps))]
[JsonSerializable(typeof(PackageLock))]
[JsonSerializable(typeof(IReadOnlyList<PredictionExample>))]
internal sealed partial class EnvelopeJsonContext : JsonSerializerContext
{
    /// <summary>The context with text left readable: the documents never become part of an HTML page.</summary>
    public static EnvelopeJsonContext Readable =>
        field ??= new(
            new JsonSerializerOptions(Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    public static byte[] Write<T>(T document, Func<EnvelopeJsonContext, JsonTypeInfo<T>> type) =>
        JsonSerializer.SerializeToUtf8Bytes(document, type(Readable));

    /// <exception cref="EnvelopeException">The bytes are not such a document.</exception>
    public static T Read<T>(ReadOnlySpan<byte> utf8Json, Func<EnvelopeJsonContext, JsonTypeInfo<T>> type, string path)
        where T : class
    {
        try
        {
            var document = JsonSerializer.Deserialize(utf8Json, type(Readable))
                ?? throw new JsonException("It is null.");
            return WholeDocument.WhyNot(document, type(Readable)) is { } reason
                ? throw new JsonException(reason)
                : document;
        }
        catch (JsonException malformed)
        {
            throw new EnvelopeException(
                EnvelopeError.Damaged,
                $"'{path}' cannot be read: {malformed.Message} Restore it from a copy.",
                malformed);
        }
    }
}
