using System.Collections.Generic;
using System.Globalization;
using EnvelopeSdk.Generators.Model;
using EnvelopeSdk.Vocabulary;

namespace EnvelopeSdk.Generators.Parsing.Constraints;

/// <summary>Bounds of how long a string or collection is.</summary>
internal static class LengthConstraint
{
    public static IEnumerable<ConstraintSpec>? Of(TypeSpec type, object? minimum, object? maximum) => type switch
    {
        ScalarSpec { Kind.SchemaKind: KindNames.String } =>
            Of(minimum, Keywords.MinLength, maximum, Keywords.MaxLength, "characters"),
        CollectionSpec => Of(minimum, Keywords.MinItems, maximum, Keywords.MaxItems, "items"),
        MapSpec => Of(minimum, Keywords.MinProperties, maximum, Keywords.MaxProperties, "members"),
        _ => null,
    };

    private static IEnumerable<ConstraintSpec> Of(
        object? minimum, string lower, object? maximum, string upper, string noun)
    {
        if (minimum is int and >= 0)
        {
            yield return Bound(lower, (int)minimum, "at least", noun);
        }

        if (maximum is int and >= 0)
        {
            yield return Bound(upper, (int)maximum, "at most", noun);
        }
    }

    private static ConstraintSpec Bound(string keyword, int bound, string words, string noun)
    {
        var number = bound.ToString(CultureInfo.InvariantCulture);
        return new ConstraintSpec(keyword, number, $"{words} {number} {noun}");
    }
}
