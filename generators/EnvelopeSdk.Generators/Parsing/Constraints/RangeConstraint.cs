using System.Collections.Generic;
using EnvelopeSdk.Generators.Model;
using EnvelopeSdk.Generators.Parsing.Symbols;
using EnvelopeSdk.Vocabulary;
using Microsoft.CodeAnalysis;

namespace EnvelopeSdk.Generators.Parsing.Constraints;

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
        if (NumberText.Of(attribute.Argument(given), kind) is not { } minimum
            || NumberText.Of(attribute.Argument(given + 1), kind) is not { } maximum)
        {
            return null;
        }

        var lower = attribute.Named("MinimumIsExclusive") is true
            ? new ConstraintSpec(Keywords.ExclusiveMinimum, minimum, $"a number of more than {minimum}")
            : new ConstraintSpec(Keywords.Minimum, minimum, $"a number of at least {minimum}");
        var upper = attribute.Named("MaximumIsExclusive") is true
            ? new ConstraintSpec(Keywords.ExclusiveMaximum, maximum, $"a number of less than {maximum}")
            : new ConstraintSpec(Keywords.Maximum, maximum, $"a number of at most {maximum}");
        List<ConstraintSpec> both = [lower, upper];
        both.RemoveAll(bound => bound.Json.Contains("Infinity") || IsImplied(kind, bound));
        return both;
    }

    /// <summary>Whether the type has that bound itself.</summary>
    private static bool IsImplied(ScalarKind kind, ConstraintSpec bound)
    {
        if (NumberText.LimitsOf(kind) is not var (least, greatest))
        {
            return false;
        }

        var order = Keywords.IsLowerBound(bound.Keyword)
            ? NumberOrder.Compare(bound.Json, least)
            : NumberOrder.Compare(greatest, bound.Json);
        return order < 0 || (order == 0 && !Keywords.IsExclusive(bound.Keyword));
    }
}
