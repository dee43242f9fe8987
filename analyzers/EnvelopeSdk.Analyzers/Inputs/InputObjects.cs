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
            foreach (var (schema, symbol) in SentTypes.In(type, types, met))
            {
                yield return new InputObject(parameter, symbol, schema);
            }
        }
    }
}
