using System.Collections.Generic;
using System.Globalization;
using EnvelopeSdk.Generators.Model;

namespace EnvelopeSdk.Generators.Parsing;

/// <summary>
/// Bounds of how long a string or collection is. A string's length is counted in Unicode code points, as JSON Schema does
/// (JSON Schema Validation 2020-12, section 6.3); C# counts UTF-16 units, which is more for characters beyond U+FFFF.
/// </summary>
internal static class LengthConstraint
{
    public static IEnumerable<ConstraintSpec>? Of(TypeSpec type, object? minimum, object? maximum)
    {
        var (of, noun, count) = type switch
        {
            ScalarSpec { Kind.Method: "String" } => ("Length", "characters", "global::EnvelopeSdk.Binding.Reading.JsonInput.LengthOf({0})"),
            CollectionSpec { Shape.Missing: null } => ("Items", "items", "{0}.Length"),
            CollectionSpec => ("Items", "items", "global::System.Linq.Enumerable.Count({0})"),
            MapSpec => ("Properties", "members", "global::System.Linq.Enumerable.Count({0})"),
            _ => ("", "", ""),
        };
        if (of.Length == 0)
        {
            return null;
        }

        var constraints = new List<ConstraintSpec>();
        Add("min", minimum, ">=", "at least");
        Add("max", maximum, "<=", "at most");
        return constraints;

        void Add(string keyword, object? bound, string comparison, string words)
        {
            if (bound is int value and >= 0)
            {
                var number = value.ToString(CultureInfo.InvariantCulture);
                constraints.Add(new ConstraintSpec(keyword + of, number, $"{count} {comparison} {number}", $"{words} {number} {noun}"));
            }
        }
    }
}
