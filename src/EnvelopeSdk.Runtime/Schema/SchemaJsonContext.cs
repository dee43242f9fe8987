using System.Text.Json.Serialization;

namespace EnvelopeSdk.Schema;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(ModelSchema))]
[JsonSerializable(typeof(ConstraintsSchema))]
internal sealed partial class SchemaJsonContext : JsonSerializerContext;
