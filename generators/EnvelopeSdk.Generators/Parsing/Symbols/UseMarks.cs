using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace EnvelopeSdk.Generators.Parsing.Symbols;

/// <summary>
/// What declarations make the compiler say of their use: <c>[Obsolete]</c> and <c>[Experimental]</c>.
/// </summary>
internal static class UseMarks
{
    /// <summary>Why generated code cannot use what <see cref="IsForbidden"/>, and the cure.</summary>
    public const string WhyForbidden =
        "marked [Obsolete] as an error, so generated code cannot use it; make it a warning";

    /// <summary>
    /// Whether the compiler stops at a use. It looks at the declaration that is overridden, if one is.
    /// </summary>
    public static bool IsForbidden(this ISymbol symbol) =>
        symbol.Find(KnownNames.ObsoleteAttribute)?.Argument(1) is true || symbol switch
        {
            IPropertySymbol property =>
                new ISymbol?[] { property.OverriddenProperty, property.GetMethod, property.SetMethod }
                    .Any(one => one?.IsForbidden() == true),
            IMethodSymbol method => method.OverriddenMethod?.IsForbidden() == true,
            INamedTypeSymbol { ContainingType: { } container } => container.IsForbidden(),
            _ => false,
        };

    /// <summary>The ids of the warnings about a use of a type, of a type in its name, or of a member of it.</summary>
    public static IEnumerable<string> Ids(INamedTypeSymbol type)
    {
        var ids = new List<string>();
        for (INamedTypeSymbol? current = type;
            current is { SpecialType: not SpecialType.System_Object };
            current = current.BaseType)
        {
            ISymbol?[] around = [current, current.ContainingModule, current.ContainingAssembly];
            ids.AddRange(around.OfType<ISymbol>().Concat(current.GetMembers()).SelectMany(Own));
        }

        var named = type.TypeArguments.OfType<INamedTypeSymbol>()
            .Concat(type.ContainingType is { } container ? [container] : []);
        return ids.Concat(named.SelectMany(Ids)).Where(SyntaxFacts.IsValidIdentifier);
    }

    private static IEnumerable<string> Own(ISymbol symbol) => new[]
    {
        symbol.Find(KnownNames.ExperimentalAttribute)?.FirstString(),
        symbol.Find(KnownNames.ObsoleteAttribute)?.Named("DiagnosticId") as string,
    }.OfType<string>();
}
