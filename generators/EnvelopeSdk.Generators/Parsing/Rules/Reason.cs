using EnvelopeSdk.Generators.Parsing.Symbols;
using Microsoft.CodeAnalysis;

namespace EnvelopeSdk.Generators.Parsing.Rules;

/// <summary>Why a type cannot be served; the default value when it can.</summary>
/// <param name="RuleId">The family of reasons that it is of: one of <see cref="RuleIds"/>.</param>
/// <param name="Text">The reason itself, and the cure.</param>
internal readonly record struct Reason(string RuleId, string Text)
{
    public bool IsNone => RuleId is null;

    /// <summary>Where in a data type the fault is; null when it is in how the type is used.</summary>
    public Fault? Fault { get; private init; }

    /// <summary>
    /// The reason of a type that holds the refused one: it names the part, and is of the same family.
    /// </summary>
    /// <param name="part">The part, such as <c>its items of type object</c>.</param>
    public Reason In(string part) => this with { Text = $"of {part}: {Text}" };

    /// <summary>
    /// The same, of a type that is mended at one of its members, or at itself; the innermost place holds.
    /// </summary>
    public Reason At(ISymbol place, ITypeSymbol type) =>
        this with { Fault = Fault ?? new Fault(place, type.ToReadable(), Text) };
}
