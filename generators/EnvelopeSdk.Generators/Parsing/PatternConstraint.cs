using System.Collections.Generic;
using EnvelopeSdk.Generators.Emission;
using EnvelopeSdk.Generators.Model;
using Microsoft.CodeAnalysis.CSharp;

namespace EnvelopeSdk.Generators.Parsing;

/// <summary>A pattern that a string matches.</summary>
internal static class PatternConstraint
{
    public static IEnumerable<ConstraintSpec>? Of(TypeSpec type, string pattern, string expected) => type is not ScalarSpec { Kind.Method: "String" } ? null :
    [
        new("pattern", JsonText.Quote(pattern), $"global::EnvelopeSdk.Binding.JsonInput.Matches({{0}}, {SymbolDisplay.FormatLiteral(OfNet(pattern), quote: true)})", expected),
    ];

    /// <summary>The same as a regular expression of .NET, whose <c>$</c> stands before a last line feed too.</summary>
    private static string OfNet(string pattern) => pattern.EndsWith("$", System.StringComparison.Ordinal) ? pattern.Substring(0, pattern.Length - 1) + "\\z" : pattern;
}
