using System.Linq;
using EnvelopeSdk.Generators.Parsing.Symbols;
using Microsoft.CodeAnalysis;

namespace EnvelopeSdk.Generators.Parsing.Constraints;

/// <summary>Finds what checks an object as a whole, and so cannot be said of one of its members.</summary>
internal static class WholeChecks
{
    /// <summary>The attribute or interface, as C# writes it; null when there is none.</summary>
    public static string? Of(INamedTypeSymbol type) =>
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
