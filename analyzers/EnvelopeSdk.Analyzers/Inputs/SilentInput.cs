using System;
using System.Collections.Generic;
using System.Linq;
using EnvelopeSdk.Generators.Model;
using EnvelopeSdk.Generators.Parsing.Symbols;
using EnvelopeSdk.Generators.Parsing.Types;
using Microsoft.CodeAnalysis;

namespace EnvelopeSdk.Analyzers.Inputs;

/// <summary>An input that is accepted without any of its members, and is zeros then.</summary>
internal sealed class SilentInput
{
    private const int MaxNamed = 3;

    private readonly InputObject _input;
    private readonly INamedTypeSymbol _model;
    private readonly IReadOnlyList<ISymbol> _unset;

    private SilentInput(InputObject input, INamedTypeSymbol model, IReadOnlyList<ISymbol> unset) =>
        (_input, _model, _unset) = (input, model, unset);

    /// <summary>The input as such a one; null when it is none.</summary>
    public static SilentInput? Find(InputObject input, INamedTypeSymbol model)
    {
        if (input.Schema.Members.Any(member => member.Required))
        {
            return null;
        }

        var unset = UnsetMembers.Of(input).ToList();
        return unset.Exists(IsZero) ? new SilentInput(input, model, unset) : null;
    }

    /// <summary>The class whose author can mend it: the type itself, or else the model class that takes it.</summary>
    public INamedTypeSymbol Class => IsOwn(_input.Type) ? _input.Type.OriginalDefinition : _model;

    /// <summary>Its members that can be required are marked beside it.</summary>
    public Diagnostic ToDiagnostic() => Diagnostic.Create(
        Descriptors.NothingRequired,
        Place.Locations[0],
        _unset.Where(IsOwn).Select(member => member.Locations[0]),
        _input.Type.WithNullableAnnotation(NullableAnnotation.NotAnnotated).ToReadable(),
        _input.Schema.Tag is { } tag ? $"{{{JsonText.Quote(tag.Name)}:{tag.Value}}}" : "{}",
        Listed([.. _unset.Where(IsZero).Select(member => member.Name)]),
        IsOwn(_input.Type) ? "" : " unless the type sets them itself",
        IsOwn(_input.Type)
            ? "mark what a caller has to send as required, or with [JsonRequired] where something creates the type "
                + "with new()"
            : "mark what a caller has to send as required in the project of the type, or take a type of your own");

    private ISymbol Place =>
        IsOwn(_input.Type) ? _input.Type : IsOwn(_input.Parameter) ? _input.Parameter : _model;

    private bool IsOwn(ISymbol symbol) =>
        SymbolEqualityComparer.Default.Equals(symbol.ContainingAssembly, _model.ContainingAssembly);

    /// <summary>Null, which a reference is without a value, is seen sooner than a zero.</summary>
    private static bool IsZero(ISymbol member) => MemberParser.TypeOf(member).IsValueType;

    private static string Listed(string[] names)
    {
        var first = names.Length > MaxNamed ? MaxNamed : Math.Max(names.Length - 1, 1);
        var last = names.Length > MaxNamed ? $"{names.Length - MaxNamed} more" : names[names.Length - 1];
        var start = string.Join(", ", names.Take(first));
        return names.Length == 1 ? start : $"{start} and {last}";
    }
}
