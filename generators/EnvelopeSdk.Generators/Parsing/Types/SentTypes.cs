using System.Collections.Generic;
using System.Linq;
using EnvelopeSdk.Generators.Model;
using Microsoft.CodeAnalysis;

namespace EnvelopeSdk.Generators.Parsing.Types;

/// <summary>Finds the objects that a caller sends in the value of a parameter, at whatever depth.</summary>
internal static class SentTypes
{
    /// <summary>What the schema says of each object, with its type; each once.</summary>
    /// <param name="type">The type of a parameter.</param>
    /// <param name="types">The parser that it comes from.</param>
    /// <param name="met">The names of those that are passed over; receives those that are found.</param>
    public static IEnumerable<(ObjectSpec Schema, INamedTypeSymbol Type)> In(
        TypeSpec? type, TypeParser types, HashSet<string> met) => type switch
        {
            CollectionSpec list => In(list.Element, types, met),
            TensorSpec tensor => In(tensor.Element, types, met),
            MapSpec map => In(map.Value, types, met),
            NamedSpec named => Named(named.Name, types, met),
            _ => [],
        };

    private static IEnumerable<(ObjectSpec, INamedTypeSymbol)> Named(
        string name, TypeParser types, HashSet<string> met) =>
        !met.Add(name) ? [] : types.Find(name) switch
        {
            ObjectSpec declared => declared.Members.Where(member => member.Kind != MemberKind.ReadOnly)
                .SelectMany(member => In(member.Type, types, met)).Prepend((declared, types.SymbolOf(name))),
            UnionSpec union => union.Cases.SelectMany(one => Named(one.Type, types, met)),
            _ => [],
        };
}
