using System;
using System.Linq;
using EnvelopeSdk.Generators.Model;
using EnvelopeSdk.Vocabulary;

namespace EnvelopeSdk.Generators.Emission;

/// <summary>Emits the expressions that say whether a value fulfils what is asked of it.</summary>
internal static class ConstraintCode
{
    private const string Input = "global::EnvelopeSdk.Binding.Reading.JsonInput";

    /// <param name="constraint">What is asked for.</param>
    /// <param name="type">The type of the value.</param>
    /// <param name="value">The expression of the value, which is not null.</param>
    public static string Holds(ConstraintSpec constraint, TypeSpec type, string value) => constraint.Keyword switch
    {
        Keywords.Minimum => Compare(">=", constraint, type, value),
        Keywords.ExclusiveMinimum => Compare(">", constraint, type, value),
        Keywords.Maximum => Compare("<=", constraint, type, value),
        Keywords.ExclusiveMaximum => Compare("<", constraint, type, value),
        Keywords.Pattern =>
            $"{Input}.Matches({value}, {Code.Literal(constraint.Pattern!)})",
        Keywords.Allowed when constraint.Values.Count == 0 => "(false)",
        Keywords.Allowed => $"({Compare(" || ", "==", constraint, type, value)})",
        Keywords.Denied when constraint.Values.Count == 0 => "(true)",
        Keywords.Denied => $"({Compare(" && ", "!=", constraint, type, value)})",
        var keyword when Keywords.IsLowerBound(keyword) => $"{Count(type, value)} >= {constraint.Json}",
        var keyword when Keywords.IsUpperBound(keyword) => $"{Count(type, value)} <= {constraint.Json}",
        _ => throw new ArgumentOutOfRangeException(nameof(constraint)),
    };

    /// <summary>The expression that says what came instead: a number or a length, and no text of a caller.</summary>
    public static string Actual(ConstraintSpec constraint, TypeSpec type, string value) => constraint.Keyword switch
    {
        Keywords.Pattern => Code.Literal("another string"),
        var keyword when IsOfCount(keyword) =>
            $"{Input}.Counted({Count(type, value)}, {Code.Literal(Part(type))})",
        _ when type is ScalarSpec { Kind.IsNumber: true } => $"{Input}.Shown({value})",
        _ when type is ScalarSpec { Kind.SchemaKind: KindNames.String } => Code.Literal("another string"),
        _ => Code.Literal("another value"),
    };

    private static bool IsOfCount(string keyword) =>
        (Keywords.IsLowerBound(keyword) || Keywords.IsUpperBound(keyword))
        && keyword is not (Keywords.Minimum or Keywords.ExclusiveMinimum or Keywords.Maximum
            or Keywords.ExclusiveMaximum);

    private static string Part(TypeSpec type) => type switch
    {
        ScalarSpec => "character",
        MapSpec => "member",
        _ => "item",
    };

    /// <summary>An integer is compared as a floating-point number when its bound is one.</summary>
    private static string Compare(string comparison, ConstraintSpec constraint, TypeSpec type, string value)
    {
        var kind = ((ScalarSpec)type).Kind;
        var compared = kind.IsInteger && Literals.Digits(constraint.Json) is null ? "(double)" + value : value;
        return $"{compared} {comparison} {Literals.Bound(kind, constraint.Json)}";
    }

    private static string Compare(
        string and, string comparison, ConstraintSpec constraint, TypeSpec type, string value) =>
        string.Join(and, constraint.Values.Select(one =>
            $"{value} {comparison} {Literals.Listed(one.Value, (ScalarSpec)type)}"));

    private static string Count(TypeSpec type, string value) => type switch
    {
        ScalarSpec => $"{Input}.LengthOf({value})",
        CollectionSpec { Shape: var shape } when CollectionCode.Missing(shape) is null => $"{value}.Length",
        _ => $"global::System.Linq.Enumerable.Count({value})",
    };
}
