using System.Collections.Generic;
using System.Linq;
using EnvelopeSdk.Generators.Model;
using EnvelopeSdk.Generators.Parsing.Models;
using EnvelopeSdk.Generators.Parsing.Types;
using Microsoft.CodeAnalysis;

namespace EnvelopeSdk.Analyzers.Inputs;

/// <summary>A class, structure or record that callers of a model send, as the schema describes it.</summary>
/// <param name="Parameter">The first parameter that holds it, at whatever depth.</param>
/// <param name="Type">The type.</param>
/// <param name="Schema">What the schema says of it.</param>
internal sealed record InputObject(IParameterSymbol Parameter, INamedTypeSymbol Type, ObjectSpec Schema);

/// <summary>Finds what callers of a model send; what it only answers is none of it.</summary>
internal static class InputObjects
{
    public static IEnumerable<InputObject> Of(INamedTypeSymbol model)
    {
        var types = TypeParser.Of(model);
        var met = new HashSet<string>();
        foreach (var parameter in PredictMethods.Of(model).SelectMany(method => method.Parameters))
        {
            // What cannot be served has an error of its own.
            var type = types.ParseWhole(parameter.Type, parameter.Name, out _, Forms.Of(parameter));
            foreach (var schema in Within(type, types, met))
            {
                yield return new InputObject(parameter, types.SymbolOf(schema.Name), schema);
            }
        }
    }

    private static IEnumerable<ObjectSpec> Within(TypeSpec? type, TypeParser types, HashSet<string> met) => type switch
    {
        CollectionSpec list => Within(list.Element, types, met),
        MapSpec map => Within(map.Value, types, met),
        NamedSpec named => Named(named.Name, types, met),
        _ => [],
    };

    private static IEnumerable<ObjectSpec> Named(string name, TypeParser types, HashSet<string> met) =>
        !met.Add(name) ? [] : types.Find(name) switch
        {
            ObjectSpec declared => declared.Members.Where(member => member.Kind != MemberKind.ReadOnly)
                .SelectMany(member => Within(member.Type, types, met)).Prepend(declared),
            UnionSpec union => union.Cases.SelectMany(one => Named(one.Type, types, met)),
            _ => [],
        };
}
