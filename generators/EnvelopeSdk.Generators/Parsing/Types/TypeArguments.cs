using System.Linq;
using EnvelopeSdk.Generators.Parsing.Symbols;
using Microsoft.CodeAnalysis;

namespace EnvelopeSdk.Generators.Parsing.Types;

/// <summary>
/// Whether a type can stand for the type parameter of a codec. The compiler checks it too, but in generated code.
/// </summary>
internal static class TypeArguments
{
    /// <summary>
    /// Whether a type is the base type or derives from it, and fulfils the constraints of a type parameter.
    /// </summary>
    public static bool Fulfils(ITypeSymbol type, ITypeSymbol @base, ITypeParameterSymbol parameter) =>
        IsA(type, @base) && WhyNot(type, parameter).Length == 0;

    /// <summary>Whether a type is another, derives from it or implements it.</summary>
    public static bool IsA(ITypeSymbol type, ITypeSymbol other) => Distance(type, other) < int.MaxValue;

    /// <summary>How many steps a base type is away; an interface is further than each base class.</summary>
    public static int Distance(ITypeSymbol type, ITypeSymbol other)
    {
        var steps = 0;
        for (var current = type; current is not null; current = current.BaseType, steps++)
        {
            if (SymbolEqualityComparer.Default.Equals(current, other))
            {
                return steps;
            }
        }

        return type.AllInterfaces.Any(one => SymbolEqualityComparer.Default.Equals(one, other)) ? steps : int.MaxValue;
    }

    /// <summary>Which constraint a type does not fulfil, in words; empty when it fulfils them.</summary>
    public static string WhyNot(ITypeSymbol type, ITypeParameterSymbol parameter)
    {
        if (parameter.HasConstructorConstraint && !HasParameterlessConstructor(type))
        {
            return "it has no public constructor without parameters, which creates one to load the state into";
        }

        if (parameter.HasReferenceTypeConstraint && !type.IsReferenceType)
        {
            return "it is no class";
        }

        if (parameter.HasValueTypeConstraint && !type.IsValueType)
        {
            return "it is no structure";
        }

        var missing = parameter.ConstraintTypes
            .FirstOrDefault(one => one is not ITypeParameterSymbol && !IsA(type, one));
        return missing is null ? "" : $"it is no {missing.ToReadable()}";
    }

    private static bool HasParameterlessConstructor(ITypeSymbol type) => type.IsValueType
        || (type is INamedTypeSymbol { IsAbstract: false } named && named.InstanceConstructors.Any(constructor =>
            constructor is { Parameters.Length: 0, DeclaredAccessibility: Accessibility.Public }));
}
