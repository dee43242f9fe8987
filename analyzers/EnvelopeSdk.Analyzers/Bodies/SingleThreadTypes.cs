using System.Collections.Generic;
using System.Linq;
using EnvelopeSdk.Generators;
using EnvelopeSdk.Generators.Parsing.Symbols;
using Microsoft.CodeAnalysis;

namespace EnvelopeSdk.Analyzers.Bodies;

/// <summary>
/// Types whose instances serve one thread at a time, and what to use in place of one that calls share.
/// </summary>
internal static class SingleThreadTypes
{
    private const string ForEachCall = "make one for each call";
    private const string Connection = "open one for each call, which the provider takes from a pool";
    private const string Hash = "call the static HashData, or make one for each call";

    private static readonly Dictionary<string, string> Cures = new()
    {
        ["System.Random"] = "use Random.Shared, or make one with a seed for each call",
        ["System.Text.StringBuilder"] = ForEachCall,
        ["System.Text.Encoder"] = ForEachCall,
        ["System.Text.Decoder"] = ForEachCall,
        ["System.IO.Stream"] = "keep what it holds, or open one for each call",
        ["System.IO.TextReader"] = "keep what it holds, or open one for each call",
        ["System.IO.BinaryReader"] = "keep what it holds, or open one for each call",
        ["System.IO.BinaryWriter"] = ForEachCall,
        ["System.Collections.IEnumerator"] = "enumerate anew for each call",
        ["System.Data.IDbConnection"] = Connection,
        ["System.Data.IDbCommand"] = Connection,
        ["System.Data.IDataReader"] = Connection,
        ["System.Security.Cryptography.HashAlgorithm"] = Hash,
        ["System.Security.Cryptography.IncrementalHash"] = Hash,
        ["System.IO.Hashing.NonCryptographicHashAlgorithm"] = "call the static Hash, or make one for each call",
    };

    /// <summary>
    /// What to use in place of a shared instance; null for a type that is not known to serve one thread at a time.
    /// </summary>
    /// <param name="type">The type.</param>
    /// <param name="project">
    /// The project that uses it: the framework rooms among its references know more types.
    /// </param>
    public static string? CureOf(ITypeSymbol type, IAssemblySymbol project)
    {
        var types = type.SelfAndBases().Concat(type.AllInterfaces).ToList();
        return types.Select(one => Cures.TryGetValue(one.ToMetadataName(), out var cure) ? cure : null)
            .Concat(types.Select(one => Declared(project, one)))
            .FirstOrDefault(cure => cure is not null);
    }

    private static string? Declared(IAssemblySymbol project, ITypeSymbol type) => project.Modules
        .SelectMany(module => module.ReferencedAssemblySymbols).Append(project)
        .SelectMany(assembly => assembly.GetAttributes())
        .Where(one => one.AttributeClass?.IsNamed(KnownNames.SingleThreadedAttribute) == true)
        .Where(one => SymbolEqualityComparer.Default.Equals(
            (one.Argument(0) as ITypeSymbol)?.OriginalDefinition, type.OriginalDefinition))
        .Select(one => one.Argument(1) as string)
        .FirstOrDefault();
}
