using System.Text.Json.Serialization;

namespace Measured.Peer;

internal sealed class Stone
{
    [JsonRequired] public float Carat { get; set; }

    [JsonRequired] public float Depth { get; set; }

    [JsonRequired] public float Table { get; set; }

    [JsonRequired] public float Length { get; set; }
}

internal sealed class FlatImage
{
    [JsonRequired] public float[] Pixels { get; set; } = [];
}

internal sealed class TensorImage
{
    [JsonRequired, JsonConverter(typeof(TensorConverter))]
    public float[,,] Pixels { get; set; } = new float[0, 0, 0];
}

internal sealed class OrderBody
{
    [JsonRequired] public Order Order { get; set; } = new();
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectNullableAnnotations = true,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(Stone))]
[JsonSerializable(typeof(Stone[]))]
[JsonSerializable(typeof(FlatImage))]
[JsonSerializable(typeof(TensorImage))]
[JsonSerializable(typeof(OrderBody[]))]
[JsonSerializable(typeof(Quote[]))]
[JsonSerializable(typeof(float[]))]
internal sealed partial class PeerJson : JsonSerializerContext;
