using System;
using System.Collections.Generic;
using System.Linq;
using EnvelopeSdk.Generators.Model;
using EnvelopeSdk.Vocabulary;

namespace EnvelopeSdk.Generators.Parsing.Constraints;

/// <summary>What several bounds of one value come to. A schema has room for one of each kind.</summary>
internal static class Bounds
{
    private static readonly (string Lower, string Upper)[] Pairs =
    [
        (Keywords.Minimum, Keywords.Maximum), (Keywords.ExclusiveMinimum, Keywords.Maximum),
        (Keywords.Minimum, Keywords.ExclusiveMaximum), (Keywords.ExclusiveMinimum, Keywords.ExclusiveMaximum),
        (Keywords.MinLength, Keywords.MaxLength), (Keywords.MinItems, Keywords.MaxItems),
        (Keywords.MinProperties, Keywords.MaxProperties),
    ];

    /// <summary>Leaves the strongest of the bounds of each kind.</summary>
    public static IEnumerable<ConstraintSpec> Strongest(IEnumerable<ConstraintSpec> constraints) =>
        constraints.GroupBy(one => one.Keyword).SelectMany(alike =>
            Keywords.IsLowerBound(alike.Key)
                ? [alike.Aggregate((one, other) => Compare(one, other) >= 0 ? one : other)]
            : Keywords.IsUpperBound(alike.Key)
                ? [alike.Aggregate((one, other) => Compare(one, other) <= 0 ? one : other)]
            : alike.AsEnumerable());

    /// <summary>
    /// Two bounds between which there is no value, be one of them that of the type; null when there are none.
    /// </summary>
    public static (ConstraintSpec Lower, ConstraintSpec Upper)? Crossed(
        IReadOnlyList<ConstraintSpec> strongest, TypeSpec type)
    {
        var kind = (type as ScalarSpec)?.Kind;
        List<ConstraintSpec> all = [.. strongest, .. OfType(kind)];
        foreach (var (lower, upper) in Pairs)
        {
            foreach (var from in all.Where(one => one.Keyword == lower))
            {
                if (all.FirstOrDefault(
                    to => to.Keyword == upper && AreCrossed(from, to, kind?.IsInteger == true)) is { } to)
                {
                    return (from, to);
                }
            }
        }

        return null;
    }

    private static IEnumerable<ConstraintSpec> OfType(ScalarKind? kind) =>
        kind is null || NumberText.LimitsOf(kind) is not var (least, greatest) ? [] :
        [
            new ConstraintSpec(Keywords.Minimum, least, $"a number of at least {least}"),
            new ConstraintSpec(Keywords.Maximum, greatest, $"a number of at most {greatest}"),
        ];

    private static bool AreCrossed(ConstraintSpec from, ConstraintSpec to, bool isInteger)
    {
        var isExclusive = Keywords.IsExclusive(from.Keyword) || Keywords.IsExclusive(to.Keyword);
        var order = Compare(from, to);
        return order > 0 || (order == 0 && isExclusive)
            || (isInteger && Inwards(from, decimal.Ceiling, 1) is { } least
                && Inwards(to, decimal.Floor, -1) is { } greatest && least > greatest);
    }

    /// <summary>The integer nearest to a bound that it allows; null for one that no decimal holds.</summary>
    private static decimal? Inwards(ConstraintSpec bound, Func<decimal, decimal> round, int step) =>
        NumberOrder.ToDecimal(bound.Json) is { } number && number is > long.MinValue and < ulong.MaxValue
            ? Keywords.IsExclusive(bound.Keyword) && round(number) == number ? number + step : round(number)
            : null;

    private static int Compare(ConstraintSpec one, ConstraintSpec other) => NumberOrder.Compare(one.Json, other.Json);
}
