using System.Collections.Generic;
using System.Linq;
using EnvelopeSdk.Generators.Parsing.Symbols;
using EnvelopeSdk.Generators.Parsing.Types;
using Microsoft.CodeAnalysis;

namespace EnvelopeSdk.Generators.Parsing.Rules;

/// <summary>
/// Finds generic types that lead to ever larger ones, as <c>Grow&lt;T&gt;</c> with a member of type
/// <c>Grow&lt;List&lt;T&gt;&gt;</c> does: following its members would never end.
/// </summary>
/// <remarks>
/// What is looked at are the declarations, and so nothing grows here. A type parameter leads to each one that it stands
/// for in the type of a member; where it does so inside another type, that step grows. The types end unless a growing
/// step can be taken again and again: unless it lies on a circle (ECMA-335, section II.9.2, says the same of
/// inheritance).
/// </remarks>
internal sealed class Growth
{
    private readonly Dictionary<ISymbol, HashSet<(ISymbol To, bool IsGrowing)>> _steps =
        new(SymbolEqualityComparer.Default);

    private readonly Dictionary<ISymbol, Reason> _reasons = new(SymbolEqualityComparer.Default);
    private readonly HashSet<ISymbol> _read = new(SymbolEqualityComparer.Default);

    /// <summary>
    /// Why the types that a type leads to never end: which of its type arguments grows; none when they end.
    /// </summary>
    public Reason WhyEndless(INamedTypeSymbol type)
    {
        var declaration = type.OriginalDefinition;
        if (!_reasons.TryGetValue(declaration, out var reason))
        {
            _reasons[declaration] = reason = Find(declaration);
        }

        return reason;
    }

    private Reason Find(INamedTypeSymbol declaration)
    {
        Read(declaration);
        var growing = ParametersOf(declaration).SelectMany(one => LedToBy(one.Parameter))
            .SelectMany(from => Steps(from).Where(step => step.IsGrowing), (from, step) => (From: from, step.To))
            .FirstOrDefault(step => LedToBy(step.To).Contains(step.From));
        return growing.From is not { ContainingType: var declared }
            ? default
            : new(
                RuleIds.EndlessValue,
                $"{declared.ToReadable()} leads to itself with an ever larger type in the place of "
                    + $"{growing.From.Name}, so its schema would never end; let it contain itself with "
                    + $"{growing.From.Name} as it is");
    }

    /// <summary>Follows the members of a declaration, and of those that it names.</summary>
    private void Read(INamedTypeSymbol declaration)
    {
        var waiting = new Stack<INamedTypeSymbol>([declaration]);
        while (waiting.Count > 0)
        {
            var declared = waiting.Pop();
            if (_read.Add(declared))
            {
                foreach (var member in ObjectParser.ServedTypes(declared))
                {
                    Read(member, waiting);
                }
            }
        }
    }

    private void Read(ITypeSymbol member, Stack<INamedTypeSymbol> waiting)
    {
        if (member is IArrayTypeSymbol array)
        {
            Read(array.ElementType, waiting);
        }

        if (member is not INamedTypeSymbol named)
        {
            return;
        }

        waiting.Push(named.OriginalDefinition);
        foreach (var (parameter, argument) in ParametersOf(named))
        {
            Read(argument, waiting);
            foreach (var inside in ParametersIn(argument))
            {
                Steps(inside).Add((parameter, !SymbolEqualityComparer.Default.Equals(inside, argument)));
            }
        }
    }

    private HashSet<(ISymbol To, bool IsGrowing)> Steps(ISymbol parameter) =>
        _steps.TryGetValue(parameter, out var steps) ? steps : _steps[parameter] = [];

    private HashSet<ISymbol> LedToBy(ISymbol parameter)
    {
        var found = new HashSet<ISymbol>([parameter], SymbolEqualityComparer.Default);
        var waiting = new Stack<ISymbol>([parameter]);
        while (waiting.Count > 0)
        {
            foreach (var (to, _) in Steps(waiting.Pop()).Where(step => found.Add(step.To)).ToList())
            {
                waiting.Push(to);
            }
        }

        return found;
    }

    /// <summary>The type parameters of a type and of those around it, with what stands for each.</summary>
    private static List<(ITypeParameterSymbol Parameter, ITypeSymbol Argument)> ParametersOf(INamedTypeSymbol? type)
    {
        var parameters = new List<(ITypeParameterSymbol, ITypeSymbol)>();
        for (; type is not null; type = type.ContainingType)
        {
            parameters.AddRange(
                type.OriginalDefinition.TypeParameters.Zip(type.TypeArguments, (one, two) => (one, two)));
        }

        return parameters;
    }

    private static IEnumerable<ITypeParameterSymbol> ParametersIn(ITypeSymbol type) => type switch
    {
        ITypeParameterSymbol parameter => [parameter],
        IArrayTypeSymbol array => ParametersIn(array.ElementType),
        INamedTypeSymbol named => ParametersOf(named).SelectMany(one => ParametersIn(one.Argument)),
        _ => [],
    };
}
