using System.Linq;
using EnvelopeSdk.Generators.Model;
using EnvelopeSdk.Generators.Parsing.Rules;
using EnvelopeSdk.Generators.Parsing.Symbols;
using EnvelopeSdk.Generators.Parsing.Types;
using Microsoft.CodeAnalysis;

namespace EnvelopeSdk.Generators.Parsing.Constraints;

/// <summary>
/// Finds what checks an object as a whole, and so cannot be said of one of its members. What a model answers or stores
/// is checked by nobody.
/// </summary>
internal static class WholeChecks
{
    /// <summary>Why the value of a parameter cannot be taken; none when nothing in it is checked as a whole.</summary>
    public static Reason WhyNot(TypeSpec parameter, TypeParser types) =>
        SentTypes.In(parameter, types, []).Select(sent => WhyNot(sent.Type)).FirstOrDefault(reason => !reason.IsNone);

    private static Reason WhyNot(INamedTypeSymbol type) => Of(type) is not { } check
        ? default
        : new Reason(
            RuleIds.UnsaidConstraint,
            $"{type.Name} is checked as a whole by {check}, which no schema says and no service asks; leave it out, "
                + "and check the value in the method: throw a PredictionRefusedException that says what is wrong")
            .At(type, type);

    /// <summary>The attribute or interface, as C# writes it; null when there is none.</summary>
    private static string? Of(INamedTypeSymbol type) =>
        type.AllInterfaces.Any(one => one.IsNamed(KnownNames.ValidatableObject)) ? "IValidatableObject"
        : AttributeOf(type) is { Name: var name } ? $"[{name.Replace("Attribute", "")}]"
        : null;

    /// <summary>A validation attribute holds for the classes that are derived from its class, too.</summary>
    private static INamedTypeSymbol? AttributeOf(INamedTypeSymbol type)
    {
        for (var current = type; current is not null; current = current.BaseType)
        {
            if (current.GetAttributes().FirstOrDefault(ConstraintParser.IsValidation) is { } attribute)
            {
                return attribute.AttributeClass;
            }
        }

        return null;
    }
}
