using System.Globalization;
using System.Text.Json;

namespace EnvelopeSdk.Registry.Deploying.Gates;

/// <summary>Compares answers.</summary>
internal static class JsonTolerance
{
    /// <param name="expected">What is to be there.</param>
    /// <param name="actual">What is there.</param>
    /// <param name="tolerance">
    /// How far numbers may be apart, as a share of the greater of both; 0: they are the same numbers, written as they
    /// may be.
    /// </param>
    /// <returns>Where they differ and how, without more of the answers than two numbers; null: nowhere.</returns>
    public static string? Difference(JsonElement expected, JsonElement actual, double tolerance) =>
        Difference(expected, actual, tolerance, "");

    private static string? Difference(JsonElement expected, JsonElement actual, double tolerance, string at) =>
        (expected.ValueKind, actual.ValueKind) switch
        {
            (JsonValueKind.Number, JsonValueKind.Number) => IsNear(expected, actual, tolerance) ? null : Text(
                at, $"{actual.GetRawText()} in place of {expected.GetRawText()}"),
            (JsonValueKind.Array, JsonValueKind.Array) when expected.GetArrayLength() == actual.GetArrayLength() =>
                expected.EnumerateArray().Zip(actual.EnumerateArray())
                    .Select((pair, i) => Difference(
                        pair.First, pair.Second, tolerance, string.Create(CultureInfo.InvariantCulture, $"{at}/{i}")))
                    .FirstOrDefault(one => one is not null),
            (JsonValueKind.Array, JsonValueKind.Array) => Text(
                at, $"{actual.GetArrayLength()} items in place of {expected.GetArrayLength()}"),
            (JsonValueKind.Object, JsonValueKind.Object) => OfMembers(expected, actual, tolerance, at),
            _ => JsonElement.DeepEquals(expected, actual) ? null : Text(at, "another value"),
        };

    private static string? OfMembers(JsonElement expected, JsonElement actual, double tolerance, string at)
    {
        var (left, right) = (Members(expected), Members(actual));
        return left.Keys.Union(right.Keys).Select(name =>
            !right.TryGetValue(name, out var now) ? Text($"{at}/{name}", "nothing is there")
            : !left.TryGetValue(name, out var before) ? Text($"{at}/{name}", "something is there")
            : Difference(before, now, tolerance, $"{at}/{name}")).FirstOrDefault(one => one is not null);
    }

    private static Dictionary<string, JsonElement> Members(JsonElement value) =>
        value.EnumerateObject().ToDictionary(one => one.Name, one => one.Value, StringComparer.Ordinal);

    private static bool IsNear(JsonElement expected, JsonElement actual, double tolerance)
    {
        if (tolerance == 0 || JsonElement.DeepEquals(expected, actual))
        {
            return JsonElement.DeepEquals(expected, actual);
        }

        var (one, other) = (expected.GetDouble(), actual.GetDouble());
        return Math.Abs(one - other) <= tolerance * Math.Max(Math.Abs(one), Math.Abs(other));
    }

    private static string Text(string at, string difference) => $"{(at.Length == 0 ? "" : $"at '{at}', ")}{difference}.";
}
