using System.Text.Json;

namespace EnvelopeSdk.Metrics;

/// <summary>The structures that this version knows, by their types in JSON.</summary>
internal static class MetricStructures
{
    private static readonly Dictionary<string, Func<MetricMembers, MetricStructure>> Readers =
        new(StringComparer.Ordinal)
        {
            [RocCurve.TypeName] = RocCurve.Read,
            [PrecisionRecallCurve.TypeName] = PrecisionRecallCurve.Read,
            [ConfusionMatrix.TypeName] = ConfusionMatrix.Read,
            [Histogram.TypeName] = Histogram.Read,
            [CalibrationCurve.TypeName] = CalibrationCurve.Read,
        };

    /// <summary>Reads a structure.</summary>
    /// <returns>Null when the JSON does not say that it is one of these.</returns>
    /// <exception cref="EnvelopeException">It says that it is one, and is not.</exception>
    public static MetricStructure? Read(JsonElement json)
    {
        if (json.ValueKind != JsonValueKind.Object
            || !json.TryGetProperty("type", out var type) || type.ValueKind != JsonValueKind.String
            || !Readers.TryGetValue(type.GetString()!, out var read))
        {
            return null;
        }

        try
        {
            return read(new MetricMembers(json));
        }
        catch (Exception malformed) when (malformed is ArgumentException or FormatException)
        {
            throw new EnvelopeException(
                EnvelopeError.Invalid,
                $"The metric says that it is a {type.GetString()}, and is none: {Reason(malformed)} A record of your "
                + "own has another 'type', or none.",
                malformed);
        }
    }

    /// <summary>The message without .NET's line about the parameter.</summary>
    private static string Reason(Exception malformed) =>
        malformed is ArgumentException { ParamName: { } name }
            ? malformed.Message.Replace($" (Parameter '{name}')", "", StringComparison.Ordinal)
            : malformed.Message;
}
