using System;
using System.Collections.Generic;
using System.Linq;
using EnvelopeSdk.Generators.Model;

namespace EnvelopeSdk.Generators.Parsing.Rules;

/// <summary>Finds types whose every value would be infinite.</summary>
internal static class Endings
{
    /// <summary>A type no value of which ends; null when there is none.</summary>
    public static NamedTypeSpec? FindEndless(IEnumerable<NamedTypeSpec> types)
    {
        var open = types.ToList();
        var ended = new HashSet<string>(StringComparer.Ordinal);
        while (open.RemoveAll(type => Ends(type, ended) && ended.Add(type.Name)) > 0)
        {
        }

        return open.FirstOrDefault();
    }

    private static bool Ends(NamedTypeSpec type, HashSet<string> ended) => type switch
    {
        ObjectSpec declared => declared.Members.All(member => !IsAlwaysThere(member) || Ends(member.Type, ended)),
        UnionSpec union => union.Cases.Any(one => ended.Contains(one.Type)),
        _ => true,
    };

    private static bool IsAlwaysThere(MemberSpec member) =>
        member is { Required: true } or { Kind: MemberKind.ReadOnly };

    /// <summary>Arrays and dictionaries end by being empty.</summary>
    private static bool Ends(TypeSpec type, HashSet<string> ended) =>
        type is not NamedSpec { Nullable: false, Name: var name } || ended.Contains(name);
}
