using System.Collections.Generic;
using EnvelopeSdk.Generators.Model;
using EnvelopeSdk.Vocabulary;

namespace EnvelopeSdk.Generators.Parsing.Constraints;

/// <summary>A pattern that a string matches.</summary>
internal static class PatternConstraint
{
    /// <summary>A pattern that means the same to JSON Schema and to .NET.</summary>
    public static IEnumerable<ConstraintSpec>? Of(TypeSpec type, string pattern, string expected) =>
        type is not ScalarSpec { Kind.Method: "String" } || PatternDialect.Of(pattern, out _) is not { } published
            ? null
            :
            [
                new(Keywords.Pattern, JsonText.Quote(published), expected) { Pattern = published },
            ];

    /// <summary>A pattern that the whole of a string matches, if it is not empty.</summary>
    public static IEnumerable<ConstraintSpec>? OfWhole(TypeSpec type, string pattern) =>
        WhyNotSaid(pattern) is null ? Of(type, $"^(?:{pattern})?$", $"a string that matches {pattern}") : null;

    /// <summary>Why a schema cannot say a pattern; null when it can.</summary>
    public static string? WhyNotSaid(string pattern) => PatternDialect.Of(pattern, out var why) is null ? why : null;
}
