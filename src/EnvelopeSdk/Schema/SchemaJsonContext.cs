using System.Text.Json.Serialization;

namespace EnvelopeSdk.Schema;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(ModelSchema))]
internal sealed partial class SchemaJsonContext : JsonSerializerContext;
