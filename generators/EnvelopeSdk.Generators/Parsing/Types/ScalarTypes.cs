using EnvelopeSdk.Generators.Model;
using Microsoft.CodeAnalysis;

namespace EnvelopeSdk.Generators.Parsing.Types;

/// <summary>Knows the types that JSON writes as one value without parts.</summary>
internal static class ScalarTypes
{
    /// <summary>The kind of a type; null for a type that has parts.</summary>
    public static ScalarKind? Of(ITypeSymbol type) => ScalarKind.Of(FullName(type));

    private static string FullName(ITypeSymbol type) => type switch
    {
        IArrayTypeSymbol { IsSZArray: true, ElementType.SpecialType: SpecialType.System_Byte } => ScalarKind.Bytes.Type,
        INamedTypeSymbol { Name: "ReadOnlyMemory" or "Memory", Arity: 1 } memory =>
            $"{memory.ContainingNamespace}.{memory.Name}<{FullName(memory.TypeArguments[0])}>",
        INamedTypeSymbol { Arity: 0, ContainingType: null } named => $"{named.ContainingNamespace}.{named.Name}",
        _ => "",
    };
}
