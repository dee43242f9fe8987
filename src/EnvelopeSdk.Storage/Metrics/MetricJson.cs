using System.Runtime.InteropServices;
using System.Text.Json;
using EnvelopeSdk.Journal;
using EnvelopeSdk.Plain;

namespace EnvelopeSdk.Metrics;

/// <summary>The JSON form of metrics, and how far it may go.</summary>
internal static class MetricJson
{
    /// <summary>Why JSON is no value of a metric; null when it is one.</summary>
    public static string? WhyUnsound(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Object when JsonMarshal.GetRawUtf8Value(json).Length > CanonicalJson.MaxBytes =>
            $"The value of a metric has at most {CanonicalJson.MaxBytes} bytes of JSON, and this one has "
            + $"{JsonMarshal.GetRawUtf8Value(json).Length}. Record a summary of it.",
        JsonValueKind.Object when !IsWithin(json, CanonicalJson.MaxDepth) =>
            $"The value of a metric is nested at most {CanonicalJson.MaxDepth} levels deep. Record a flatter one.",
        JsonValueKind.Object => null,
        _ when MetricValue.TryRead(json, out _) => null,
        _ => "The value of a metric is a number, or \"NaN\", \"Infinity\" or \"-Infinity\", or an object.",
    };

    /// <summary>A number, a structure, or the JSON itself where it is neither or is wrong.</summary>
    public static object Read(JsonElement json)
    {
        try
        {
            return ReadStrictly(json);
        }
        catch (EnvelopeException)
        {
            return json.Clone();
        }
    }

    /// <exception cref="EnvelopeException">It says the type of a structure and is none.</exception>
    public static object ReadStrictly(JsonElement json) => MetricValue.TryRead(json, out var number)
        ? number
        : MetricStructures.Read(json) ?? (object)json.Clone();

    public static JsonElement Write(object value) => value switch
    {
        double number => MetricValue.Write(number),
        MetricStructure structure => structure.ToJson(),
        _ => (JsonElement)value,
    };

    private static bool IsWithin(JsonElement json, int depth) => json.ValueKind switch
    {
        JsonValueKind.Object => depth > 0 && json.EnumerateObject().All(member => IsWithin(member.Value, depth - 1)),
        JsonValueKind.Array => depth > 0 && json.EnumerateArray().All(item => IsWithin(item, depth - 1)),
        _ => true,
    };
}
