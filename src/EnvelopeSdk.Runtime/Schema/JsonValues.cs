using System.Text.Json;

namespace EnvelopeSdk.Schema;

/// <summary>
/// Compares JSON values by what they mean: neither how a character is escaped nor how a number is written tells two
/// apart.
/// </summary>
internal sealed class JsonValues : IEqualityComparer<JsonElement>
{
    public static readonly JsonValues Comparer = new();

    public bool Equals(JsonElement one, JsonElement other) => one.ValueKind == JsonValueKind.Undefined
        || other.ValueKind == JsonValueKind.Undefined
            ? one.ValueKind == other.ValueKind
            : JsonElement.DeepEquals(one, other);

    public int GetHashCode(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString()!.GetHashCode(StringComparison.Ordinal),
        JsonValueKind.Number when value.TryGetDouble(out var number) => number.GetHashCode(),
        _ => (int)value.ValueKind,
    };
}
