using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;

namespace EnvelopeSdk.Analyzers.Bodies;

/// <summary>Types whose instances serve one thread at a time, and what to use in place of one that calls share.</summary>
internal static class SingleThreadTypes
{
    private const string ForEachCall = "make one for each call";
    private const string Connection = "open one for each call, which the provider takes from a pool";
    private const string Hash = "call the static HashData, or make one for each call";
    private const string Pool = "use PredictionPool<TInput, TOutput> of EnvelopeSdk.MLNet";

    private static readonly Dictionary<string, string> Cures = new()
    {
        ["Microsoft.ML.PredictionEngine`2"] = Pool,
        ["Microsoft.ML.PredictionEngineBase`2"] = Pool,
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

    /// <summary>What to use in place of a shared instance; null for a type that is not known to serve one thread at a time.</summary>
    public static string? CureOf(ITypeSymbol type) =>
        type.SelfAndBases().Concat(type.AllInterfaces).Select(one => Cures.TryGetValue(one.ToMetadataName(), out var cure) ? cure : null).FirstOrDefault(cure => cure is not null);
}
