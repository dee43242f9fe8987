using System;
using System.Collections.Generic;
using System.Linq;
using EnvelopeSdk.Generators.Model;
using EnvelopeSdk.Generators.Parsing.Symbols;
using Microsoft.CodeAnalysis;

namespace EnvelopeSdk.Generators.Parsing.Models;

/// <summary>The example methods that one model class gets.</summary>
internal sealed class Recorders(INamedTypeSymbol model)
{
    private readonly List<(string Name, IMethodSymbol Method, IReadOnlyList<IParameterSymbol> Parameters)> _given = [];

    /// <summary>The name of the example method of a predict method.</summary>
    public static string NameOf(IMethodSymbol method) =>
        QuerySpec.RecorderOf(method.ToSimpleName(), QueryParser.AnswerOf(method).Delivery);

    /// <summary>Gives a predict method its example method.</summary>
    /// <param name="method">The predict method.</param>
    /// <param name="parameters">Those of the example method, in order.</param>
    /// <returns>Null; or else what the class has already, in words, so that it gets none.</returns>
    public string? Give(IMethodSymbol method, IReadOnlyList<IParameterSymbol> parameters)
    {
        var name = NameOf(method);
        if (model.Name == name)
        {
            return "the class itself";
        }

        if (model.GetMembers(name).Any(member => IsWritten(member)
            && (member is not IMethodSymbol other
                || IsSame(other.Arity, other.Parameters, method.Arity, parameters))))
        {
            return $"another member of '{model.Name}'";
        }

        var given = _given.FirstOrDefault(
            one => one.Name == name && IsSame(one.Method.Arity, one.Parameters, method.Arity, parameters));
        if (given.Method is { } same)
        {
            return $"that of '{same.Name}'";
        }

        _given.Add((name, method, parameters));
        return null;
    }

    /// <summary>
    /// Whether a member is in the sources of the user. Those that analyzers see hold the generated part too.
    /// </summary>
    private static bool IsWritten(ISymbol member) =>
        member.DeclaringSyntaxReferences.Any(
            one => !one.SyntaxTree.FilePath.EndsWith(KnownNames.ModelFileSuffix, StringComparison.Ordinal));

    /// <summary>Whether C# takes two methods of one name for the same.</summary>
    private static bool IsSame(
        int arity, IReadOnlyList<IParameterSymbol> parameters,
        int otherArity, IReadOnlyList<IParameterSymbol> others) =>
        arity == otherArity && parameters.Count == others.Count && parameters.Zip(others, IsSame).All(isSame => isSame);

    private static bool IsSame(IParameterSymbol parameter, IParameterSymbol other) =>
        SymbolEqualityComparer.Default.Equals(parameter.Type, other.Type)
        && (parameter.RefKind == RefKind.None) == (other.RefKind == RefKind.None);
}
