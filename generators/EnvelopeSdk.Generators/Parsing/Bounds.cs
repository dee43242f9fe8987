using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using EnvelopeSdk.Generators.Model;

namespace EnvelopeSdk.Generators.Parsing;

/// <summary>What several bounds of one value come to. A schema has room for one of each kind.</summary>
internal static class Bounds
{
    private static readonly (string Lower, string Upper)[] Pairs =
    [
        ("minimum", "maximum"), ("exclusiveMinimum", "maximum"), ("minimum", "exclusiveMaximum"), ("exclusiveMinimum", "exclusiveMaximum"),
        ("minLength", "maxLength"), ("minItems", "maxItems"), ("minProperties", "maxProperties"),
    ];

    /// <summary>Leaves the strongest of the bounds of each kind.</summary>
    public static IEnumerable<ConstraintSpec> Strongest(IEnumerable<ConstraintSpec> constraints) =>
        constraints.GroupBy(one => one.Keyword).SelectMany(alike =>
            Pairs.Any(pair => pair.Lower == alike.Key) ? [alike.Aggregate((one, other) => Compare(one.Json, other.Json) >= 0 ? one : other)]
            : Pairs.Any(pair => pair.Upper == alike.Key) ? [alike.Aggregate((one, other) => Compare(one.Json, other.Json) <= 0 ? one : other)]
            : alike.AsEnumerable());

    /// <summary>Two bounds between which there is no value; null when there are none.</summary>
    public static (ConstraintSpec Lower, ConstraintSpec Upper)? Crossed(IReadOnlyList<ConstraintSpec> strongest)
    {
        foreach (var (lower, upper) in Pairs)
        {
            if (strongest.FirstOrDefault(one => one.Keyword == lower) is { } from && strongest.FirstOrDefault(one => one.Keyword == upper) is { } to
                && Compare(from.Json, to.Json) is var order && (order > 0 || (order == 0 && (lower + upper).Contains("exclusive"))))
            {
                return (from, to);
            }
        }

        return null;
    }

    /// <summary>Compares two numbers of JSON: exactly, where a decimal holds both.</summary>
    public static int Compare(string one, string other) =>
        decimal.TryParse(one, NumberStyles.Float, CultureInfo.InvariantCulture, out var exact) && decimal.TryParse(other, NumberStyles.Float, CultureInfo.InvariantCulture, out var otherExact)
            ? exact.CompareTo(otherExact)
            : double.Parse(one, CultureInfo.InvariantCulture).CompareTo(double.Parse(other, CultureInfo.InvariantCulture));
}
