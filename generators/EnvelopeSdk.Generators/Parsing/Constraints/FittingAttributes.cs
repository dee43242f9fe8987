using System.Collections.Generic;
using System.Linq;
using EnvelopeSdk.Generators.Model;
using EnvelopeSdk.Vocabulary;

namespace EnvelopeSdk.Generators.Parsing.Constraints;

/// <summary>The validation attributes that a schema for a type can say.</summary>
internal static class FittingAttributes
{
    /// <summary>What to do about an attribute that cannot be said of a type.</summary>
    public static string CureOf(string attribute, TypeSpec type) =>
        attribute == "Required" ? "leave the '?' out, or the attribute"
        : Of(type) is not { Count: > 0 } fitting ? "leave it out, and check the value in the method"
        : fitting.Contains(attribute) ? "give it values of that type"
        : $"use {string.Join(", ", fitting.Take(fitting.Count - 1))} or {fitting[fitting.Count - 1]}, or check the "
            + "value in the method";

    private static IReadOnlyList<string> Of(TypeSpec type) => type switch
    {
        ScalarSpec { Kind.SchemaKind: KindNames.String } =>
        [
            "Length", "MinLength", "MaxLength", "StringLength", "RegularExpression", "AllowedValues", "DeniedValues",
            "EmailAddress", "Url",
        ],
        ScalarSpec { Kind.IsNumber: true } => ["Range", "AllowedValues", "DeniedValues"],
        ScalarSpec { Kind.SchemaKind: KindNames.Boolean } => ["AllowedValues", "DeniedValues"],
        CollectionSpec or MapSpec => ["Length", "MinLength", "MaxLength"],
        _ => [],
    };
}
