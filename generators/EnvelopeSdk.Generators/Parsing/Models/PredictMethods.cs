using System;
using System.Collections.Generic;
using System.Linq;
using EnvelopeSdk.Generators.Parsing.Symbols;
using Microsoft.CodeAnalysis;

namespace EnvelopeSdk.Generators.Parsing.Models;

/// <summary>
/// Finds the predict methods of a class: those that it or a base class of it declares and marks. An override of a
/// marked method is the same one, whether it has the mark or not; a method that hides a marked one stands in its place.
/// </summary>
internal static class PredictMethods
{
    /// <summary>
    /// The most derived implementation of each: those of bases first, and sorted, so that the names given to types do
    /// not depend on the order of files.
    /// </summary>
    public static IReadOnlyList<IMethodSymbol> Of(INamedTypeSymbol type)
    {
        var methods = new List<IMethodSymbol>();
        var nearer = new List<ISymbol>();
        for (var current = type; current is { SpecialType: not SpecialType.System_Object }; current = current.BaseType)
        {
            var members = current.GetMembers();
            methods.InsertRange(0, members.OfType<IMethodSymbol>()
                .Where(method => IsMarked(method) && !nearer.Any(other => Replaces(other, method)))
                .OrderBy(method => method.ToDisplayString(), StringComparer.Ordinal));
            nearer.AddRange(members);
        }

        return methods;
    }

    /// <summary>The method, the one that it overrides, and so on.</summary>
    public static IEnumerable<IMethodSymbol> WithOverridden(IMethodSymbol method)
    {
        for (var current = method; current is not null; current = current.OverriddenMethod)
        {
            yield return current;
        }
    }

    /// <summary>The name that the nearest mark with a name gives; null when none does.</summary>
    public static string? NameOf(IMethodSymbol method) =>
        WithOverridden(method)
            .Select(one => one.Find(KnownNames.PredictAttribute)?.FirstString())
            .FirstOrDefault(name => name is not null);

    /// <summary>
    /// Whether a service may call a predict method of a model class for several requests at once: neither it nor the
    /// class, nor what they derive from, says otherwise.
    /// </summary>
    public static bool IsConcurrent(IMethodSymbol method, INamedTypeSymbol? type)
    {
        for (; type is not null; type = type.BaseType)
        {
            if (type.Find(KnownNames.NotConcurrentAttribute) is not null)
            {
                return false;
            }
        }

        return WithOverridden(method).All(one => one.Find(KnownNames.NotConcurrentAttribute) is null);
    }

    /// <summary>
    /// Whether the mark can be on it: property accessors, operators and the like are never called by name.
    /// </summary>
    public static bool CanBeMarked(IMethodSymbol method) =>
        method.MethodKind is MethodKind.Ordinary or MethodKind.ExplicitInterfaceImplementation;

    private static bool IsMarked(IMethodSymbol method) =>
        CanBeMarked(method) && WithOverridden(method).Any(one => one.Find(KnownNames.PredictAttribute) is not null);

    /// <summary>Whether a member of a derived class overrides or hides the method.</summary>
    private static bool Replaces(ISymbol member, IMethodSymbol method) =>
        member is not IMethodSymbol other ? member.Name == method.Name
        : WithOverridden(other).Contains(method, SymbolEqualityComparer.Default)
            || (other.Name == method.Name && other.Arity == method.Arity
                && other.Parameters.Select(one => one.Type)
                    .SequenceEqual(method.Parameters.Select(one => one.Type), SymbolEqualityComparer.Default));
}
