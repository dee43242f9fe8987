using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;

namespace EnvelopeSdk.Analyzers.Bodies;

/// <summary>An operation that predict methods reach.</summary>
/// <param name="Operation">It.</param>
/// <param name="Methods">The predict methods.</param>
internal sealed record Reached(IOperation Operation, IReadOnlyList<IMethodSymbol> Methods)
{
    private const int MaxNames = 3;

    /// <summary>
    /// A diagnostic whose message names the predict methods first, and whose further locations are theirs.
    /// </summary>
    public Diagnostic Breaks(DiagnosticDescriptor rule, SyntaxNode place, params object[] arguments) =>
        Diagnostic.Create(
            rule, place.GetLocation(), Methods.Select(method => method.Locations[0]), [Names, .. arguments]);

    private string Names
    {
        get
        {
            var names = Methods.Select(method => $"'{method.Name}'").Distinct().ToList();
            return names.Count <= MaxNames
                ? string.Join(" or ", names)
                : $"{string.Join(", ", names.Take(MaxNames))} or {names.Count - MaxNames} more";
        }
    }
}
