using System;
using System.Linq;
using EnvelopeSdk.Generators.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace EnvelopeSdk.Generators.Parsing.Types;

/// <summary>The names that C# types have in a schema.</summary>
internal static class TypeNames
{
    /// <summary>A type's own name, with those of its type arguments behind it.</summary>
    public static string Short(ITypeSymbol type)
    {
        var name = type is IArrayTypeSymbol array ? "ArrayOf" + Short(array.ElementType) : type.Name;
        if (type is INamedTypeSymbol { Arity: > 0 } generic)
        {
            foreach (var argument in generic.TypeArguments)
            {
                var isNullable =
                    argument is { IsReferenceType: true, NullableAnnotation: NullableAnnotation.Annotated };
                name += (isNullable ? "OfNullable" : "Of") + Short(argument);
            }
        }

        return name;
    }

    /// <summary>
    /// A name that no other type has: one that is taken, or could be that of the methods for a collection or a scalar,
    /// gets the namespace in front.
    /// </summary>
    public static string Unique(string name, INamedTypeSymbol type, Func<string, bool> isTaken)
    {
        if (isTaken(name) || IsCollection(name) || ScalarKind.IsName(name))
        {
            var container = type.ContainingSymbol is null or INamespaceSymbol { IsGlobalNamespace: true }
                ? "global"
                : type.ContainingSymbol.ToDisplayString();
            name = string.Concat(container.Select(one => SyntaxFacts.IsIdentifierPartCharacter(one) ? one : '_'))
                + "_" + name;
        }

        while (isTaken(name))
        {
            name += "_";
        }

        return name;
    }

    public static string ToPascalCase(string name) => char.ToUpperInvariant(name[0]) + name.Substring(1);

    /// <summary>
    /// Whether a generated method for a collection could have the name: its part before <c>Of</c> is that of a shape.
    /// </summary>
    private static bool IsCollection(string name)
    {
        var end = name.IndexOf("Of", StringComparison.Ordinal);
        return end > 0 && CollectionShapes.IsName(name.Substring(0, end).TrimEnd("0123456789".ToCharArray()));
    }
}
