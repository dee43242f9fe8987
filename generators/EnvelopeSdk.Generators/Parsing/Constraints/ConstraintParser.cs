using System;
using System.Collections.Generic;
using System.Linq;
using EnvelopeSdk.Generators.Model;
using EnvelopeSdk.Generators.Parsing.Rules;
using EnvelopeSdk.Generators.Parsing.Symbols;
using EnvelopeSdk.Vocabulary;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace EnvelopeSdk.Generators.Parsing.Constraints;

/// <summary>Derives what the attributes of <c>System.ComponentModel.DataAnnotations</c> ask of a value.</summary>
internal static class ConstraintParser
{
    /// <summary>Adds the constraints of a member.</summary>
    /// <param name="member">The member.</param>
    /// <param name="symbols">Where the attributes may stand: the parameter, the property, or both.</param>
    /// <param name="constant">
    /// The default value; null when there is none, or when it is null, of which no bound or pattern asks anything.
    /// </param>
    /// <param name="reason">Why an attribute cannot be served, if the result is null.</param>
    public static MemberSpec? AddTo(
        MemberSpec member, IReadOnlyList<ISymbol> symbols, object? constant, out Reason reason)
    {
        var constraints = new List<ConstraintSpec>();
        foreach (var attribute in symbols.SelectMany(symbol => symbol.GetAttributes()).Where(IsValidation))
        {
            var name = attribute.AttributeClass!.Name.Replace("Attribute", "");
            var added = Of(attribute, attribute.AttributeClass.Name, member.Type)?.ToList();
            if (added is null || (constant is not null && !DefaultCheck.Allows(attribute, added, constant)))
            {
                reason = new(RuleIds.UnsaidConstraint, added is null
                    ? WhyNotSaid(attribute, name, member)
                    : $"[{name}] of '{member.Name}' does not allow its default value "
                        + $"{Shown(constant!)}, so no caller could send what an absent member means; change one of the "
                        + "two");
                return null;
            }

            constraints.AddRange(added);
        }

        constraints = [.. Bounds.Strongest(constraints)];
        reason = WhyContradictory(member, constraints) is { } why ? new(RuleIds.UnsaidConstraint, why) : default;
        return !reason.IsNone ? null : constraints.Count == 0 ? member : member with { Constraints = new(constraints) };
    }

    private static string? WhyContradictory(MemberSpec member, IReadOnlyList<ConstraintSpec> constraints) =>
        Bounds.Crossed(constraints, member.Type) is var (lower, upper)
            ? $"'{member.Name}' can have no value: it would be {lower.Expected} and {upper.Expected}; change one of "
                + "the bounds"
        : constraints.GroupBy(one => one.Keyword)
            .Any(alike => alike.Key is Keywords.Allowed or Keywords.Denied && alike.Count() > 1)
            ? $"'{member.Name}' has two lists of values, on the parameter and on the property; leave one out"
        : null;

    private static string WhyNotSaid(AttributeData attribute, string name, MemberSpec member) =>
        name is "AllowedValues" or "DeniedValues"
            && ValuesConstraint.LeavesNullOpen(ValuesConstraint.Of(attribute), member.Type, name == "AllowedValues")
            ? $"[{name}] of '{member.Name}' allows no null, and {member.Type.CSharp.Replace("global::", "")} does; "
                + $"{(name == "AllowedValues" ? "list null, or " : "")}leave the '?' out"
        : member.Type is not ScalarSpec { Kind.Method: "String" }
            ? WhyNotFitting(name, member)
        : name == "RegularExpression"
            && attribute.FirstString() is { } pattern
            && PatternConstraint.WhyNotSaid(pattern) is { } why
            ? $"the pattern of '{member.Name}' {why}"
        : ValuesConstraint.Of(attribute).Any(value => value.Value is string text && !JsonText.CanCarry(text))
            ? $"[{name}] of '{member.Name}' names half of a surrogate pair, which JSON cannot carry; leave it out"
        : WhyNotFitting(name, member);

    private static string WhyNotFitting(string name, MemberSpec member) =>
        $"[{name}] of '{member.Name}' cannot be part of a schema for {member.Type.CSharp.Replace("global::", "")}; "
            + FittingAttributes.CureOf(name, member.Type);

    public static bool IsValidation(AttributeData attribute)
    {
        for (var type = attribute.AttributeClass; type is not null; type = type.BaseType)
        {
            if (type.IsNamed(KnownNames.ValidationAttribute))
            {
                return true;
            }
        }

        return false;
    }

    private static IEnumerable<ConstraintSpec>? Of(AttributeData attribute, string name, TypeSpec type) => name switch
    {
        "RangeAttribute" => RangeConstraint.Of(attribute, type),
        "LengthAttribute" => LengthConstraint.Of(type, attribute.Argument(0), attribute.Argument(1)),
        "MinLengthAttribute" => LengthConstraint.Of(type, attribute.Argument(0), null),
        "MaxLengthAttribute" => LengthConstraint.Of(type, null, attribute.Argument(0)),
        "StringLengthAttribute" => LengthConstraint.Of(type, attribute.Named("MinimumLength"), attribute.Argument(0)),
        "AllowedValuesAttribute" => ValuesConstraint.Of(attribute, type, allowed: true),
        "DeniedValuesAttribute" => ValuesConstraint.Of(attribute, type, allowed: false),
        "RequiredAttribute" => Required(attribute, type),
        "RegularExpressionAttribute" when attribute.FirstString() is { } pattern =>
            PatternConstraint.OfWhole(type, pattern),
        "EmailAddressAttribute" => PatternConstraint.Of(type, "^[^@\\r\\n]+@[^@\\r\\n]+$", "an e-mail address"),
        "UrlAttribute" => PatternConstraint.Of(
            type, "^([Hh][Tt][Tt][Pp][Ss]?|[Ff][Tt][Pp])://", "a URL that begins with http://, https:// or ftp://"),
        _ => null,
    };

    /// <summary>
    /// A value that is there; a string that has more than white space in it, unless empty ones are allowed.
    /// </summary>
    private static IEnumerable<ConstraintSpec>? Required(AttributeData attribute, TypeSpec type)
    {
        if (type.Nullable)
        {
            return null; // the type says the opposite
        }

        return type is ScalarSpec { Kind.Method: "String" } && attribute.Named("AllowEmptyStrings") is not true
            ? PatternConstraint.Of(type, "\\S", "a string that is more than white space")
            : [];
    }

    private static string Shown(object constant) => constant is Array
        ? "[]"
        : SymbolDisplay.FormatPrimitive(constant, quoteStrings: true, useHexadecimalNumbers: false)!;
}
