using System.Globalization;
using System.Text.Json;

namespace EnvelopeSdk.Generators.Tests.Harness;

/// <summary>JSON without what says nothing: the order of members, the choice of escapes, and whether a number without a point has zeros or an exponent. Digits behind a point stay: a decimal has 1.50 beside 1.5.</summary>
internal static class CanonicalJson
{
    public static string Of(string json)
    {
        using var document = JsonDocument.Parse(json);
        return Of(document.RootElement);
    }

    private static string Of(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => $"{{{string.Join(",", value.EnumerateObject().OrderBy(one => one.Name, StringComparer.Ordinal).Select(one => $"{JsonSerializer.Serialize(one.Name)}:{Of(one.Value)}"))}}}",
        JsonValueKind.Array => $"[{string.Join(",", value.EnumerateArray().Select(Of))}]",
        JsonValueKind.String => JsonSerializer.Serialize(value.GetString()),
        JsonValueKind.Number => Number(value.GetRawText()),
        _ => value.GetRawText(),
    };

    private static string Number(string text)
    {
        var parts = text.Split('E', 'e');
        if (parts.Length == 1 && text.Contains('.', StringComparison.Ordinal))
        {
            return text;
        }

        var point = parts[0].IndexOf('.', StringComparison.Ordinal);
        var digits = parts[0].Replace(".", "", StringComparison.Ordinal);
        var exponent = (parts.Length == 1 ? 0 : int.Parse(parts[1], CultureInfo.InvariantCulture)) - (point < 0 ? 0 : parts[0].Length - point - 1);
        var shortest = digits.TrimEnd('0');
        return shortest is "" or "-" ? digits : $"{shortest}E{exponent + digits.Length - shortest.Length}";
    }
}
