using System.Collections.Generic;
using Microsoft.CodeAnalysis;

namespace EnvelopeSdk.Analyzers.Bodies;

internal static class TypeExtensions
{
    /// <summary>The type and those it derives from, nearest first.</summary>
    public static IEnumerable<ITypeSymbol> SelfAndBases(this ITypeSymbol type)
    {
        for (ITypeSymbol? current = type; current is not null; current = current.BaseType)
        {
            yield return current;
        }
    }

    /// <summary>The namespace and the metadata name, as in <c>System.Collections.Generic.List`1</c>.</summary>
    public static string ToMetadataName(this ITypeSymbol type) =>
        type.ContainingNamespace is { IsGlobalNamespace: false } container
            ? $"{container.ToDisplayString()}.{type.MetadataName}"
            : type.MetadataName;
}
