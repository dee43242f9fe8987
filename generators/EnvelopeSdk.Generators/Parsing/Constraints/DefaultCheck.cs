using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.RegularExpressions;
using EnvelopeSdk.Generators.Model;
using EnvelopeSdk.Generators.Parsing.Types;
using EnvelopeSdk.Vocabulary;
using Microsoft.CodeAnalysis;

namespace EnvelopeSdk.Generators.Parsing.Constraints;

/// <summary>Says whether a default value is one that an attribute allows.</summary>
internal static class DefaultCheck
{
    private static readonly TimeSpan MatchLimit = TimeSpan.FromSeconds(0.1);

    public static bool Allows(AttributeData attribute, IEnumerable<ConstraintSpec> constraints, object constant) =>
        constraints.All(constraint => constraint.Keyword switch
        {
            Keywords.Minimum => Order(constant, constraint) is null or >= 0,
            Keywords.Maximum => Order(constant, constraint) is null or <= 0,
            Keywords.ExclusiveMinimum => Order(constant, constraint) is null or > 0,
            Keywords.ExclusiveMaximum => Order(constant, constraint) is null or < 0,
            // The only constant of a collection is that of memory, which is empty.
            Keywords.MinItems => Bound(constraint) == 0,
            Keywords.MinLength => constant is string text && CodePoints.Count(text) >= Bound(constraint),
            Keywords.MaxLength => constant is string text && CodePoints.Count(text) <= Bound(constraint),
            Keywords.Pattern => constant is string text && Matches(text, constraint.Pattern!),
            Keywords.Allowed => IsListed(attribute, constant),
            Keywords.Denied => !IsListed(attribute, constant),
            _ => true,
        });

    /// <summary>
    /// How the value compares to a bound; null for a value that JSON has no number for, of which the bound says
    /// nothing.
    /// </summary>
    private static int? Order(object constant, ConstraintSpec bound) =>
        DefaultValue.ToJson(constant) is { } number ? NumberOrder.Compare(number, bound.Json) : null;

    private static int Bound(ConstraintSpec constraint) => int.Parse(constraint.Json, CultureInfo.InvariantCulture);

    private static bool IsListed(AttributeData attribute, object constant) =>
        ValuesConstraint.Of(attribute).Any(value => value.Value is { } listed && IsSame(listed, constant));

    private static bool IsSame(object listed, object constant) => constant switch
    {
        string or bool => constant.Equals(listed),
        float number => Convert.ToSingle(listed, CultureInfo.InvariantCulture) == number,
        _ => DefaultValue.ToJson(constant) is { } number
            && NumberOrder.Compare(number, DefaultValue.ToJson(listed)!) == 0, // 1 is 1.0
    };

    private static bool Matches(string text, string pattern)
    {
        try
        {
            return text.Any(character => character > 127) // of these .NET has other classes than the pattern
                || Regex.IsMatch(text, pattern, RegexOptions.CultureInvariant, MatchLimit);
        }
        catch (RegexMatchTimeoutException)
        {
            return true; // the editor does not wait for it
        }
    }
}
