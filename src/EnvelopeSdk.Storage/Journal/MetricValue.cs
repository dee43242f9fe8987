using System.Text.Json;

namespace EnvelopeSdk.Journal;

/// <summary>
/// The value of a metric in an event: a number, or one of the strings <c>NaN</c>, <c>Infinity</c> and <c>-Infinity</c>,
/// as JSON has no numbers for these.
/// </summary>
internal static class MetricValue
{
    public static JsonElement Write(double value) => double.IsFinite(value)
        ? JsonSerializer.SerializeToElement(value, JournalJsonContext.Default.Double)
        : JsonSerializer.SerializeToElement(Name(value), JournalJsonContext.Default.String);

    public static double Read(JsonElement value) => TryRead(value, out var number)
        ? number
        : throw new InvalidOperationException($"{value.GetRawText()} is not the value of a metric.");

    public static bool TryRead(JsonElement value, out double number)
    {
        number = double.NaN;
        return value.ValueKind switch
        {
            JsonValueKind.Number => value.TryGetDouble(out number) && double.IsFinite(number),
            JsonValueKind.String => TryReadName(value.GetString()!, out number),
            _ => false,
        };
    }

    public static string Name(double value) =>
        double.IsNaN(value) ? "NaN" : double.IsPositive(value) ? "Infinity" : "-Infinity";

    private static bool TryReadName(string name, out double number)
    {
        number = name switch
        {
            "Infinity" => double.PositiveInfinity,
            "-Infinity" => double.NegativeInfinity,
            _ => double.NaN,
        };
        return Name(number) == name;
    }
}
