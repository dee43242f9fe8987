using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;

namespace EnvelopeSdk.Generators.Parsing.Rules;

/// <summary>The place in a data type that has to be mended, which may be far from what uses the type.</summary>
/// <param name="Symbol">The member, or the type itself.</param>
/// <param name="Type">The type, as a message names it.</param>
/// <param name="Text">What is wrong, as seen from the type.</param>
internal sealed record Fault(ISymbol Symbol, string Type, string Text)
{
    /// <summary>
    /// Refuses the place itself, beside what uses the type: once, and only in the source of the project that uses it.
    /// </summary>
    public void AddTo(List<Refusal> refusals, string ruleId, IAssemblySymbol project, params object[] arguments)
    {
        var refusal = Refusal.At(Symbol, ruleId, arguments);
        if (refusal.Location.IsInSource
            && SymbolEqualityComparer.Default.Equals(Symbol.ContainingAssembly, project)
            && refusals.All(one => one.Location != refusal.Location || one.RuleId != ruleId))
        {
            refusals.Add(refusal);
        }
    }
}
