using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;

namespace EnvelopeSdk.Generators.Parsing;

/// <summary>Finds the codecs that assemblies offer with an attribute.</summary>
internal static class Codecs
{
    /// <summary>Those that the references of an assembly offer, and the assembly itself. A compiled assembly refers to those that its generated code uses.</summary>
    /// <param name="assembly">A project being compiled, or a reference of one.</param>
    /// <param name="attribute">The attribute, which names the type and its codec.</param>
    public static Dictionary<ITypeSymbol, INamedTypeSymbol> Of(IAssemblySymbol assembly, string attribute)
    {
        var codecs = new Dictionary<ITypeSymbol, INamedTypeSymbol>(SymbolEqualityComparer.Default);
        foreach (var offer in assembly.Modules.SelectMany(module => module.ReferencedAssemblySymbols).Where(KnowsTheSdk).Append(assembly).SelectMany(one => one.GetAttributes()))
        {
            if (offer.AttributeClass?.ToDisplayString() == attribute
                && offer.ConstructorArguments is { Length: 2 } arguments
                && arguments[0].Value is ITypeSymbol type && arguments[1].Value is INamedTypeSymbol codec)
            {
                codecs[type] = codec;
            }
        }

        return codecs;
    }

    private static bool KnowsTheSdk(IAssemblySymbol assembly) =>
        assembly.Modules.Any(module => module.ReferencedAssemblies.Any(reference => reference.Name == KnownNames.SdkAssembly));
}
