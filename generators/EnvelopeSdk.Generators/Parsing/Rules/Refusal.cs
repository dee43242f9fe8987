using Microsoft.CodeAnalysis;

namespace EnvelopeSdk.Generators.Parsing.Rules;

/// <summary>
/// A rule that a model class breaks: the analyzer reports it, and the generator leaves out what it is about.
/// </summary>
/// <param name="RuleId">One of <see cref="RuleIds"/>.</param>
/// <param name="Location">Where.</param>
/// <param name="Arguments">What the rule's message names.</param>
internal sealed record Refusal(string RuleId, Location Location, params object[] Arguments)
{
    public static Refusal At(ISymbol symbol, string ruleId, params object[] arguments) =>
        new(ruleId, symbol.Locations.Length > 0 ? symbol.Locations[0] : Location.None, arguments);
}
