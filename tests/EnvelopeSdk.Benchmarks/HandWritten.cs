using System.Text.Json;
using System.Text.Json.Serialization;
using Diamonds;

namespace EnvelopeSdk.Benchmarks;

/// <summary>What an engineer would write by hand for the same endpoint: a record and a source-generated serializer.</summary>
internal sealed record DiamondRequest(
    float Carat, Cut Cut, Color Color, Clarity Clarity, float Depth, float Table, float X, float Y, float Z);

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(List<DiamondRequest>))]
[JsonSerializable(typeof(List<float>))]
internal sealed partial class DiamondRequestContext : JsonSerializerContext;
