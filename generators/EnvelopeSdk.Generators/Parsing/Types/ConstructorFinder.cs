using System.Linq;
using EnvelopeSdk.Generators.Parsing.Rules;
using EnvelopeSdk.Generators.Parsing.Symbols;
using Microsoft.CodeAnalysis;

namespace EnvelopeSdk.Generators.Parsing.Types;

/// <summary>Finds the constructor that an object is made with.</summary>
internal static class ConstructorFinder
{
    /// <summary>
    /// The one marked with <c>[JsonConstructor]</c>, else the only public one, else the one without parameters.
    /// </summary>
    /// <param name="reason">Why there is none, if the result is null.</param>
    public static IMethodSymbol? Find(INamedTypeSymbol type, out Reason reason)
    {
        reason = default;
        var marked = type.InstanceConstructors
            .Where(one => one.Find(KnownNames.JsonConstructorAttribute) is not null)
            .ToList();
        if (marked.Count > 0)
        {
            if (marked.Count == 1 && marked[0].DeclaredAccessibility == Accessibility.Public)
            {
                return marked[0];
            }

            reason = new(
                RuleIds.DisputedMember,
                $"[JsonConstructor] of {type.Name} must be on one constructor, and that must be public");
            return null;
        }

        var constructors = type.InstanceConstructors
            .Where(one => one.DeclaredAccessibility == Accessibility.Public && !IsCopyConstructor(one, type))
            .ToList();
        if (constructors.Count > 1 && type.IsValueType)
        {
            constructors.RemoveAll(one => one.IsImplicitlyDeclared && one.Parameters.Length == 0);
        }

        if (constructors.Count == 1 || constructors.Any(one => one.Parameters.Length == 0))
        {
            return constructors.Count == 1 ? constructors[0] : constructors.First(one => one.Parameters.Length == 0);
        }

        reason = new(RuleIds.DisputedMember, constructors.Count == 0
            ? $"{type.Name} has no public constructor"
            : $"{type.Name} has several public constructors, so none is the one to call; mark it with "
                + "[JsonConstructor]");
        return null;
    }

    private static bool IsCopyConstructor(IMethodSymbol constructor, INamedTypeSymbol type) =>
        type.IsAnyRecord()
        && constructor.Parameters.Length == 1
        && SymbolEqualityComparer.Default.Equals(constructor.Parameters[0].Type, type);
}
