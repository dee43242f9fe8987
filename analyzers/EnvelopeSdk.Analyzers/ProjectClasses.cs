using System;
using System.Collections.Generic;
using System.Linq;
using EnvelopeSdk.Generators;
using EnvelopeSdk.Generators.Parsing.Models;
using EnvelopeSdk.Generators.Parsing.Symbols;
using Microsoft.CodeAnalysis;

namespace EnvelopeSdk.Analyzers;

/// <summary>
/// The classes of a project, and what its model classes serve. They are gone through when the first question is asked.
/// </summary>
internal sealed class ProjectClasses
{
    private readonly Lazy<IReadOnlyList<INamedTypeSymbol>> _classes;
    private readonly Lazy<HashSet<ISymbol>> _served;

    public ProjectClasses(IAssemblySymbol assembly)
    {
        _classes = new(() => Below(assembly.GlobalNamespace).Where(type => type.TypeKind == TypeKind.Class).ToList());
        _served = new(() => new(
            Models
                .SelectMany(PredictMethods.Of)
                .SelectMany(PredictMethods.WithOverridden)
                .Select(method => method.OriginalDefinition),
            SymbolEqualityComparer.Default));
    }

    /// <summary>The model classes.</summary>
    public IEnumerable<INamedTypeSymbol> Models => _classes.Value.Where(IsModel);

    public static bool IsModel(INamedTypeSymbol type) => type.Find(KnownNames.EnvelopeModelAttribute) is not null;

    /// <summary>Whether a model class has the method for a query, be it that a derived one overrides it.</summary>
    public bool Serve(IMethodSymbol method) => _served.Value.Contains(method);

    /// <summary>The classes that derive from another, at whatever distance.</summary>
    public IReadOnlyList<INamedTypeSymbol> DerivedFrom(INamedTypeSymbol type) =>
        [.. _classes.Value.Where(one => DerivesFrom(one, type))];

    private static bool DerivesFrom(INamedTypeSymbol type, INamedTypeSymbol other)
    {
        var current = type.BaseType;
        while (current is not null && !SymbolEqualityComparer.Default.Equals(current.OriginalDefinition, other))
        {
            current = current.BaseType;
        }

        return current is not null;
    }

    private static IEnumerable<INamedTypeSymbol> Below(INamespaceOrTypeSymbol container) =>
        container.GetMembers().SelectMany(member => member switch
        {
            INamedTypeSymbol type => Below(type).Prepend(type),
            INamespaceSymbol space => Below(space),
            _ => [],
        });
}
