using System.Collections.Generic;
using System.Globalization;
using EnvelopeSdk.Generators.Model;
using Microsoft.CodeAnalysis;

namespace EnvelopeSdk.Generators.Parsing;

/// <summary>Bounds of a number.</summary>
internal static class RangeConstraint
{
    public static IEnumerable<ConstraintSpec>? Of(AttributeData attribute, TypeSpec type)
    {
        if (type is not ScalarSpec { Kind: { IsNumber: true } kind })
        {
            return null;
        }

        var given = attribute.ConstructorArguments.Length == 3 ? 1 : 0; // behind the type, as strings
        if (!TryRead(attribute.Argument(given), out var minimum) || !TryRead(attribute.Argument(given + 1), out var maximum))
        {
            return null;
        }

        var constraints = new List<ConstraintSpec>();
        Add(minimum, attribute.Named("MinimumIsExclusive") is true, "inimum", '>', "at least", "more than");
        Add(maximum, attribute.Named("MaximumIsExclusive") is true, "aximum", '<', "at most", "less than");
        return constraints;

        void Add(string bound, bool exclusive, string keyword, char comparison, string words, string exclusiveWords)
        {
            var isImplied = comparison == '>' && kind.IsUnsigned && (bound[0] == '-' || (bound == "0" && !exclusive));
            if (isImplied || bound.Contains("Infinity"))
            {
                return; // the type has that bound itself
            }

            constraints.Add(new ConstraintSpec(
                exclusive ? "exclusiveM" + keyword : "m" + keyword,
                bound,
                $"{Value(kind, bound)} {comparison}{(exclusive ? "" : "=")} {Literal(kind, bound)}",
                $"a number of {(exclusive ? exclusiveWords : words)} {bound}"));
        }
    }

    /// <summary>A bound as JSON writes it.</summary>
    private static bool TryRead(object? argument, out string bound)
    {
        bound = argument switch
        {
            int number => number.ToString(CultureInfo.InvariantCulture),
            double number when double.IsInfinity(number) => "Infinity",
            double number => number.ToString("R", CultureInfo.InvariantCulture),
            string text when decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) => number.ToString(CultureInfo.InvariantCulture),
            _ => "NaN",
        };
        return bound != "NaN";
    }

    private static bool IsInteger(string bound) => long.TryParse(bound, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _);

    /// <summary>An integer is compared as a floating-point number when its bound is one.</summary>
    private static string Value(ScalarKind kind, string bound) => kind.IsInteger && !IsInteger(bound) ? "(double){0}" : "{0}";

    private static string Literal(ScalarKind kind, string bound) => kind.Method switch
    {
        "Decimal" => decimal.TryParse(bound, NumberStyles.Float, CultureInfo.InvariantCulture, out _) ? $"{bound}m" : $"decimal.{(bound[0] == '-' ? "Min" : "Max")}Value",
        "Single" => $"(float)({bound}d)",
        "Half" => $"(global::System.Half)({bound}d)",
        "Int128" or "UInt128" when IsInteger(bound) => $"(global::System.{kind.Method})({bound})",
        _ when kind.IsInteger && IsInteger(bound) => bound,
        _ => $"{bound}d",
    };
}
