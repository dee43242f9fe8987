using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace EnvelopeSdk.Journal;

/// <summary>How events are written: a line each.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true,
    RespectNullableAnnotations = true)]
[JsonSerializable(typeof(JournalEvent))]
[JsonSerializable(typeof(JournalVersion))]
[JsonSerializable(typeof(NewerEvent))]
[JsonSerializable(typeof(string))]
[JsonSerializable(typeof(double))]
internal sealed partial class JournalJsonContext : JsonSerializerContext
{
    /// <summary>The context with text left readable: a journal never becomes part of an HTML page.</summary>
    public static JournalJsonContext Readable =>
        field ??= new(
            new JsonSerializerOptions(Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
}
