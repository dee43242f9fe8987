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
        if (NumberText.Of(attribute.Argument(given), kind) is not { } minimum || NumberText.Of(attribute.Argument(given + 1), kind) is not { } maximum)
        {
            return null;
        }

        var constraints = new List<ConstraintSpec>();
        Add(minimum, attribute.Named("MinimumIsExclusive") is true, "inimum", '>', "at least", "more than");
        Add(maximum, attribute.Named("MaximumIsExclusive") is true, "aximum", '<', "at most", "less than");
        return constraints;

        void Add(string bound, bool exclusive, string keyword, char comparison, string words, string exclusiveWords)
        {
            if (bound.Contains("Infinity") || IsImplied(kind, bound, exclusive, comparison))
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

    private static bool IsImplied(ScalarKind kind, string bound, bool exclusive, char comparison)
    {
        if (NumberText.LimitsOf(kind) is not var (least, greatest))
        {
            return false;
        }

        var order = comparison == '>' ? NumberText.Compare(bound, least) : NumberText.Compare(greatest, bound);
        return order < 0 || (order == 0 && !exclusive);
    }

    /// <summary>The digits of a bound with which the values of an integer type can be compared exactly; null when there are none.</summary>
    private static string? Digits(ScalarKind kind, string bound) =>
        kind.IsInteger && NumberText.ToDecimal(bound) is { } number && number == decimal.Truncate(number) && number is >= long.MinValue and <= ulong.MaxValue
            ? number.ToString("0", CultureInfo.InvariantCulture)
            : null;

    /// <summary>An integer is compared as a floating-point number when its bound is one.</summary>
    private static string Value(ScalarKind kind, string bound) => kind.IsInteger && Digits(kind, bound) is null ? "(double){0}" : "{0}";

    private static string Literal(ScalarKind kind, string bound) => kind.Method switch
    {
        "Decimal" => NumberText.ToDecimal(bound) is not null ? $"{bound}m" : $"decimal.{(bound[0] == '-' ? "Min" : "Max")}Value",
        "Single" => $"{bound}f",
        "Half" => $"(global::System.Half)({bound}d)",
        "Int128" or "UInt128" when Digits(kind, bound) is { } digits => $"(global::System.{kind.Method})({digits})",
        _ when Digits(kind, bound) is { } digits => digits,
        _ => $"{bound}d",
    };
}
