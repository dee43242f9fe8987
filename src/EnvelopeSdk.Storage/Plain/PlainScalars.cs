using System.Globalization;
using System.Numerics;
using System.Text.Json;
using System.Text.Json.Nodes;
using EnvelopeSdk.Journal;

namespace EnvelopeSdk.Plain;

/// <summary>Values without parts, each with one form, the same in every culture.</summary>
internal static class PlainScalars
{
    /// <summary>Writes a value, unless it has parts.</summary>
    public static bool TryWrite(Utf8JsonWriter writer, object? value)
    {
        switch (value)
        {
            case null: writer.WriteNullValue(); return true;
            case bool truth: writer.WriteBooleanValue(truth); return true;
            case JsonElement json: CanonicalJson.Write(writer, json); return true;
            case JsonDocument document: CanonicalJson.Write(writer, document.RootElement); return true;
            case JsonNode node: CanonicalJson.Write(writer, JsonElement.Parse(node.ToJsonString())); return true;
            case DateTime time: writer.WriteStringValue(time); return true;
            case DateTimeOffset time: writer.WriteStringValue(time); return true;
            default: return TryWriteNumber(writer, value) || TryWriteText(writer, value);
        }
    }

    /// <summary>The text of a key.</summary>
    /// <returns>Null when it is none.</returns>
    public static string? Key(object key) => Text(key) ?? (key is IFormattable and ValueType
        ? ((IFormattable)key).ToString(null, CultureInfo.InvariantCulture)
        : key is bool truth ? (truth ? "true" : "false") : null);

    private static bool TryWriteNumber(Utf8JsonWriter writer, object value)
    {
        switch (value)
        {
            case double number when !double.IsFinite(number): writer.WriteStringValue(MetricValue.Name(number)); break;
            case float number when !float.IsFinite(number): writer.WriteStringValue(MetricValue.Name(number)); break;
            case Half number when !Half.IsFinite(number):
                writer.WriteStringValue(MetricValue.Name((double)number));
                break;
            case double number: writer.WriteNumberValue(number); break;
            case float number: writer.WriteNumberValue(number); break;
            case decimal number: writer.WriteNumberValue(number); break;
            case sbyte or byte or short or ushort or int or uint or long or ulong or Int128 or UInt128 or BigInteger
                or Half:
                writer.WriteRawValue(((IFormattable)value).ToString(null, CultureInfo.InvariantCulture));
                break;
            default: return false;
        }

        return true;
    }

    private static bool TryWriteText(Utf8JsonWriter writer, object value)
    {
        var text = Text(value);
        if (text is not null)
        {
            writer.WriteStringValue(text);
        }

        return text is not null;
    }

    private static string? Text(object value) => value switch
    {
        string text => text,
        char character => character.ToString(),
        Enum constant => constant.ToString(),
        Guid id => id.ToString(),
        DateOnly date => date.ToString("O", CultureInfo.InvariantCulture),
        TimeOnly time => time.ToString("O", CultureInfo.InvariantCulture),
        TimeSpan time => time.ToString("c", CultureInfo.InvariantCulture),
        Uri address => address.OriginalString,
        Version version => version.ToString(),
        CultureInfo culture => culture.Name,
        Type type => type.FullName ?? type.Name,
        _ => null,
    };
}
