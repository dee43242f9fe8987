using System.Collections.Generic;
using System.Linq;
using System.Xml;
using System.Xml.Linq;
using Microsoft.CodeAnalysis;

namespace EnvelopeSdk.Generators.Parsing.Documentation;

/// <summary>
/// Finds the comments that hold for a symbol: its own, and those that it inherits. A symbol of a compiled assembly has
/// none.
/// </summary>
internal static class InheritedComments
{
    /// <summary>The nearest first.</summary>
    public static IEnumerable<(ISymbol Symbol, XElement Root)> Of(ISymbol symbol)
    {
        var seen = new HashSet<ISymbol>(SymbolEqualityComparer.Default);
        for (var current = symbol; current is not null && seen.Add(current);)
        {
            var root = Parse(current.GetDocumentationCommentXml());
            if (root is not null)
            {
                yield return (current, root);
            }

            current = Next(current, root?.Element("inheritdoc"));
        }
    }

    private static XElement? Parse(string? xml)
    {
        if (string.IsNullOrEmpty(xml))
        {
            return null;
        }

        try
        {
            return XElement.Parse(xml);
        }
        catch (XmlException)
        {
            return null; // the compiler warns of it (CS1570)
        }
    }

    /// <summary>
    /// What an override says nothing of, the overridden member does; everything else has to ask for it with
    /// <c>inheritdoc</c>.
    /// </summary>
    private static ISymbol? Next(ISymbol symbol, XElement? inheritdoc)
    {
        if ((string?)inheritdoc?.Attribute("cref") is { } id)
        {
            return (symbol.ContainingAssembly as ISourceAssemblySymbol)?.Compilation is { } compilation
                ? DocumentationCommentId.GetFirstSymbolForDeclarationId(id, compilation)
                : null;
        }

        return symbol switch
        {
            IMethodSymbol { OverriddenMethod: { } overridden } => overridden,
            IPropertySymbol { OverriddenProperty: { } overridden } => overridden,
            _ when inheritdoc is null => null,
            INamedTypeSymbol { BaseType: { SpecialType: SpecialType.None } parent } => parent,
            INamedTypeSymbol type => type.Interfaces.FirstOrDefault(),
            _ => Implemented(symbol),
        };
    }

    private static ISymbol? Implemented(ISymbol member) => member.ContainingType.AllInterfaces
        .SelectMany(type => type.GetMembers(member.Name))
        .FirstOrDefault(one => SymbolEqualityComparer.Default.Equals(
            member.ContainingType.FindImplementationForInterfaceMember(one), member));
}
