using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using EnvelopeSdk.Generators.Model;
using EnvelopeSdk.Generators.Parsing.Documentation;
using EnvelopeSdk.Generators.Parsing.Rules;
using EnvelopeSdk.Generators.Parsing.Symbols;
using Microsoft.CodeAnalysis;

namespace EnvelopeSdk.Generators.Parsing.Types;

/// <summary>Derives the types that a class or interface with <c>[JsonDerivedType]</c> stands for.</summary>
internal static class UnionParser
{
    public static bool IsUnion(INamedTypeSymbol type) => type.Find(KnownNames.JsonDerivedTypeAttribute) is not null;

    public static UnionSpec? Parse(INamedTypeSymbol type, string name, string code, TypeParser types, out Reason reason)
    {
        var polymorphic = type.Find(KnownNames.JsonPolymorphicAttribute);
        if (polymorphic?.NamedArguments.FirstOrDefault(one => one.Key is not "TypeDiscriminatorPropertyName")
            is { Key: { } option })
        {
            reason = new(
                RuleIds.DisputedMember,
                $"{type.Name} sets {option} of [JsonPolymorphic], which is not served; leave it out");
            return null;
        }

        var discriminator = polymorphic?.Named("TypeDiscriminatorPropertyName") as string ?? "$type";
        var cases = new List<UnionCaseSpec>();
        foreach (var (derived, tag) in Derived(type))
        {
            if (Case(type, derived, tag, discriminator, types, out reason) is not { } one)
            {
                return null;
            }

            cases.Add(one);
        }

        reason = cases.GroupBy(one => one.Tag).FirstOrDefault(group => group.Count() > 1)?.ToList() is { } alike
            ? new(
                RuleIds.DisputedMember,
                $"{Short(alike[0])} and {Short(alike[1])}, derived from {type.Name}, have the same discriminator "
                    + $"{alike[0].Tag}; give each [JsonDerivedType] another second argument")
            : default;
        return !reason.IsNone ? null : new UnionSpec(name, code, DocComment.Of(type).Symbol, discriminator, new(cases));
    }

    /// <summary>
    /// The types that the attributes name; a class that can be made stands for itself without a discriminator.
    /// </summary>
    private static IEnumerable<(INamedTypeSymbol Type, object? Tag)> Derived(INamedTypeSymbol type)
    {
        var named = type.GetAttributes()
            .Where(attribute => attribute.AttributeClass?.ToDisplayString().Split('<')[0]
                == KnownNames.JsonDerivedTypeAttribute)
            .Select(attribute => (Type: attribute.Argument(0) as INamedTypeSymbol, Tag: attribute.Argument(1)))
            .Where(one => one.Type is not null).Select(one => (one.Type!, one.Tag)).ToList();
        var isItself = type is { IsAbstract: false, TypeKind: not TypeKind.Interface }
            && named.All(one => !SymbolEqualityComparer.Default.Equals(one.Item1, type));
        return isItself ? named.Append((type, null)) : named;
    }

    private static string Short(UnionCaseSpec one) => one.CSharp.Replace("global::", "");

    private static UnionCaseSpec? Case(
        INamedTypeSymbol union,
        INamedTypeSymbol type,
        object? tag,
        string discriminator,
        TypeParser types,
        out Reason reason)
    {
        if (tag is null && !SymbolEqualityComparer.Default.Equals(union, type))
        {
            reason = new(
                RuleIds.DisputedMember,
                $"the derived type {type.Name} has no discriminator, so a caller could not say that it is meant; give "
                    + "[JsonDerivedType] a second argument");
            return null;
        }

        if (tag is string name && !JsonText.CanCarry(name))
        {
            reason = new(
                RuleIds.DisputedMember,
                $"the discriminator of the derived type {type.Name} has half of a surrogate pair, which JSON cannot "
                    + "carry; give [JsonDerivedType] another second argument");
            return null;
        }

        var literal = tag switch
        {
            null => null,
            string text => JsonText.Quote(text),
            _ => System.Convert.ToString(tag, CultureInfo.InvariantCulture),
        };
        var parsed = types.ParseCase(
            type, union, literal is null ? null : new TagSpec(discriminator, literal), out reason);
        if (parsed is null)
        {
            reason = reason.In($"the derived type {type.Name}");
            return null;
        }

        return new UnionCaseSpec(literal, parsed.Name, parsed.CSharp);
    }
}
