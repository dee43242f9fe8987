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

internal sealed class TripBody
{
    [JsonRequired] public Guid Id { get; set; }

    [JsonRequired] public string Name { get; set; } = "";

    [JsonRequired] public Priority Priority { get; set; }

    [JsonRequired] public double? Age { get; set; }

    [JsonRequired] public int Bags { get; set; }

    [JsonRequired] public bool IsMember { get; set; }

    [JsonRequired] public decimal Fare { get; set; }

    [JsonRequired] public DateTimeOffset Departs { get; set; }

    [JsonRequired] public TimeOnly Boards { get; set; }

    [JsonRequired] public string? Seat { get; set; }
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
[JsonSerializable(typeof(TripBody[]))]
[JsonSerializable(typeof(double[]))]
internal sealed partial class PeerJson : JsonSerializerContext;
