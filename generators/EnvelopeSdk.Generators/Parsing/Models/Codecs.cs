using System.Collections.Generic;
using System.Linq;
using EnvelopeSdk.Generators.Parsing.Types;
using Microsoft.CodeAnalysis;

namespace EnvelopeSdk.Generators.Parsing.Models;

/// <summary>The codecs that assemblies offer with an attribute, each for a type.</summary>
internal sealed class Codecs
{
    private readonly Dictionary<ITypeSymbol, INamedTypeSymbol> _exact = new(SymbolEqualityComparer.Default);
    private readonly List<(ITypeSymbol Base, INamedTypeSymbol Codec)> _open = [];

    private Codecs()
    {
    }

    /// <summary>The types that are stored by a codec for just them.</summary>
    public IEnumerable<ITypeSymbol> Types => _exact.Keys;

    /// <summary>
    /// Those that the references of an assembly offer, and the assembly itself. A compiled assembly refers to those
    /// that its generated code uses.
    /// </summary>
    /// <param name="assembly">A project being compiled, or a reference of one.</param>
    /// <param name="attribute">The attribute, which names the type and its codec.</param>
    public static Codecs Of(IAssemblySymbol assembly, string attribute)
    {
        var codecs = new Codecs();
        var offering = assembly.Modules.SelectMany(module => module.ReferencedAssemblySymbols).Where(KnowsTheContract);
        foreach (var offer in offering.Append(assembly).SelectMany(one => one.GetAttributes()))
        {
            if (offer.AttributeClass?.ToDisplayString() == attribute
                && offer.ConstructorArguments is { Length: 2 } arguments
                && arguments[0].Value is ITypeSymbol type && arguments[1].Value is INamedTypeSymbol codec)
            {
                codecs.Add(type, codec);
            }
        }

        return codecs;
    }

    /// <summary>
    /// The codec of a type: one for just it, or else an open one of the nearest base whose constraints it fulfils.
    /// </summary>
    /// <returns>Null when there is none.</returns>
    public INamedTypeSymbol? Find(ITypeSymbol type)
    {
        if (_exact.TryGetValue(type, out var codec))
        {
            return codec;
        }

        return _open
            .Where(one => one.Codec.TypeParameters[0] is var parameter
                && TypeArguments.Fulfils(type, one.Base, parameter))
            .OrderBy(one => TypeArguments.Distance(type, one.Base))
            .Select(one => one.Codec.OriginalDefinition.Construct(
                type.WithNullableAnnotation(NullableAnnotation.NotAnnotated)))
            .FirstOrDefault();
    }

    /// <summary>
    /// The base type whose open codec does not take a type that derives from it, and why; null when there is none.
    /// </summary>
    public (ITypeSymbol Base, string Reason)? WhyNot(ITypeSymbol type)
    {
        var near = _open.FirstOrDefault(one => TypeArguments.IsA(type, one.Base));
        return near.Codec is null ? null : (near.Base, TypeArguments.WhyNot(type, near.Codec.TypeParameters[0]));
    }

    private void Add(ITypeSymbol type, INamedTypeSymbol codec)
    {
        if (codec is { IsUnboundGenericType: true, Arity: 1 })
        {
            _open.Add((type, codec.OriginalDefinition));
        }
        else
        {
            _exact[type] = codec;
        }
    }

    private static bool KnowsTheContract(IAssemblySymbol assembly) => assembly.Modules.Any(module =>
        module.ReferencedAssemblies.Any(reference => reference.Name == KnownNames.ContractAssembly));
}
