using System.Text.Json;
using EnvelopeSdk.Binding.Reading;
using EnvelopeSdk.Vocabulary;

namespace EnvelopeSdk.Schema;

/// <summary>Says whether a value that has the right type fulfils what is asked for beside it.</summary>
internal static class ConstraintCheck
{
    public static bool Fulfils(JsonElement value, ConstraintsSchema constraints) =>
        (constraints.Allowed is not { } allowed || allowed.Any(one => IsSame(one, value)))
        && (constraints.Denied is not { } denied || !denied.Any(one => IsSame(one, value)))
        && value.ValueKind switch
        {
            JsonValueKind.Number => IsInRange(value, constraints),
            JsonValueKind.String when HasBounds(constraints) => IsInRange(value.GetString()!, constraints),
            JsonValueKind.String =>
                IsBetween(CodePoints.Count(value.GetString()!), constraints.MinLength, constraints.MaxLength)
                && (constraints.Pattern ?? []).All(pattern => JsonInput.Matches(value.GetString()!, pattern)),
            JsonValueKind.Array => IsBetween(value.GetArrayLength(), constraints.MinItems, constraints.MaxItems),
            JsonValueKind.Object =>
                IsBetween(value.GetPropertyCount(), constraints.MinProperties, constraints.MaxProperties),
            _ => true,
        };

    /// <summary>
    /// Whether a value is a listed one; of a number, also as the text that <c>JsonNumberHandling</c> lets stand for it.
    /// </summary>
    private static bool IsSame(JsonElement listed, JsonElement value) =>
        JsonElement.DeepEquals(listed, value)
        || (listed.ValueKind == JsonValueKind.Number && value.ValueKind == JsonValueKind.String
            && IsFinite(value.GetString()!) && JsonElement.DeepEquals(listed, JsonElement.Parse(value.GetString()!)));

    private static bool IsFinite(string number) => number is not ("NaN" or "Infinity" or "-Infinity");

    private static bool IsInRange(JsonElement value, ConstraintsSchema constraints) =>
        (constraints.Minimum is not { } minimum || Compare(value, minimum) >= 0)
        && (constraints.Maximum is not { } maximum || Compare(value, maximum) <= 0)
        && (constraints.ExclusiveMinimum is not { } above || Compare(value, above) > 0)
        && (constraints.ExclusiveMaximum is not { } below || Compare(value, below) < 0);

    private static bool HasBounds(ConstraintsSchema constraints) =>
        constraints is not { Minimum: null, Maximum: null, ExclusiveMinimum: null, ExclusiveMaximum: null };

    /// <summary>A number that <c>JsonNumberHandling</c> let into a string: NaN is within no bounds.</summary>
    private static bool IsInRange(string number, ConstraintsSchema constraints) => number switch
    {
        "NaN" => false,
        "Infinity" => constraints is { Maximum: null, ExclusiveMaximum: null },
        "-Infinity" => constraints is { Minimum: null, ExclusiveMinimum: null },
        _ => IsInRange(JsonElement.Parse(number), constraints),
    };

    private static bool IsBetween(int count, int? minimum, int? maximum) =>
        count >= (minimum ?? 0) && count <= (maximum ?? int.MaxValue);

    /// <summary>Compares two numbers.</summary>
    public static int Compare(JsonElement one, JsonElement other) =>
        NumberOrder.Compare(one.GetRawText(), other.GetRawText());
}
