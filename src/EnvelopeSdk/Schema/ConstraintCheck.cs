using System.Text.Json;
using EnvelopeSdk.Binding;

namespace EnvelopeSdk.Schema;

/// <summary>Says whether a value that has the right type fulfils what is asked for beside it.</summary>
internal static class ConstraintCheck
{
    public static bool Fulfils(JsonElement value, ConstraintsSchema constraints) =>
        (constraints.Allowed is not { } allowed || allowed.Any(one => JsonElement.DeepEquals(one, value)))
        && (constraints.Denied is not { } denied || !denied.Any(one => JsonElement.DeepEquals(one, value)))
        && value.ValueKind switch
        {
            JsonValueKind.Number => IsInRange(value, constraints),
            JsonValueKind.String when constraints is { Minimum: null, Maximum: null, ExclusiveMinimum: null, ExclusiveMaximum: null } => IsBetween(JsonInput.LengthOf(value.GetString()!), constraints.MinLength, constraints.MaxLength)
                && (constraints.Pattern ?? []).All(pattern => JsonInput.Matches(value.GetString()!, pattern)),
            JsonValueKind.Array => IsBetween(value.GetArrayLength(), constraints.MinItems, constraints.MaxItems),
            JsonValueKind.Object => IsBetween(value.GetPropertyCount(), constraints.MinProperties, constraints.MaxProperties),
            JsonValueKind.String => false, // a number in a string, whose bounds are not looked at
            _ => true,
        };

    private static bool IsInRange(JsonElement value, ConstraintsSchema constraints) =>
        (constraints.Minimum is not { } minimum || Compare(value, minimum) >= 0)
        && (constraints.Maximum is not { } maximum || Compare(value, maximum) <= 0)
        && (constraints.ExclusiveMinimum is not { } above || Compare(value, above) > 0)
        && (constraints.ExclusiveMaximum is not { } below || Compare(value, below) < 0);

    private static bool IsBetween(int count, int? minimum, int? maximum) => count >= (minimum ?? 0) && count <= (maximum ?? int.MaxValue);

    /// <summary>Compares two numbers. Those that have one nearest double are told apart by their digits, of which a decimal holds 28.</summary>
    public static int Compare(JsonElement one, JsonElement other) =>
        one.GetDouble().CompareTo(other.GetDouble()) is not 0 and var order ? order
        : one.TryGetDecimal(out var exact) && other.TryGetDecimal(out var otherExact) ? exact.CompareTo(otherExact)
        : 0;
}
