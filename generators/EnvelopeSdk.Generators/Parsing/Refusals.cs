using System;
using System.Linq;
using Microsoft.CodeAnalysis;

namespace EnvelopeSdk.Generators.Parsing;

/// <summary>The reasons why a type has no JSON form of its own.</summary>
internal static class Refusals
{
    /// <summary>The reason for a type that is none of those that can be served.</summary>
    public static string WhyNotServable(ITypeSymbol type) => type switch
    {
        { SpecialType: SpecialType.System_Object } or { TypeKind: TypeKind.Dynamic } =>
            "it could be anything, so no schema says what to send; declare a record with the members it has, or JsonElement for a value that is really open",
        { TypeKind: TypeKind.Pointer or TypeKind.FunctionPointer } or { IsRefLikeType: true } => "it is an address, which JSON cannot carry; use an array",
        { TypeKind: TypeKind.Delegate } => "it is code, which JSON cannot carry",
        { TypeKind: TypeKind.Error } => "it is not defined",
        { TypeKind: TypeKind.TypeParameter } => "it is not known when the model is built; write a method for each type",
        _ when type.Name == "CancellationToken" => "the method has one already, and all are cancelled at once; leave it out",
        _ when type.Name is "IAsyncEnumerable" or "IAsyncEnumerator" => "streams of answers are not served; return the items as a list",
        _ => "no JSON form of it is known; use a record of what it holds",
    };

    /// <summary>The reason why a class, structure or enum cannot be derived from its declaration; null when it can be tried.</summary>
    public static string? WhyNotAnObject(INamedTypeSymbol type) => type switch
    {
        { TypeKind: not (TypeKind.Class or TypeKind.Struct or TypeKind.Enum or TypeKind.Interface) } or { IsRefLikeType: true } or { SpecialType: SpecialType.System_Object } => WhyNotServable(type),
        _ when IsOfTheFramework(type) => WhyNotServable(type),
        _ when !type.IsVisibleOutside() => $"{type.ToReadable()} is not public, so a service cannot use it",
        _ when type.Find(KnownNames.JsonConverterAttribute) is not null && type.TypeKind != TypeKind.Enum =>
            $"{type.Name} has a JSON converter, which cannot be read at build time; use a record without it",
        { TypeKind: TypeKind.Enum } => null,
        _ when UnionParser.IsUnion(type) => null,
        { TypeKind: TypeKind.Interface } => $"{type.Name} is an interface, so it could be anything; mark it with [JsonDerivedType] for each class that it stands for",
        { IsAbstract: true } => $"{type.Name} is abstract; mark it with [JsonDerivedType] for each class that it stands for",
        _ when type.AllInterfaces.Any(one => one.SpecialType == SpecialType.System_Collections_IEnumerable) =>
            $"{type.Name} is a collection of its own, whose items System.Text.Json would write without its members; use List<T> or a record that has one",
        _ => null,
    };

    /// <summary>Types of .NET, and of ML.NET, have a JSON form only when it is written down here.</summary>
    private static bool IsOfTheFramework(INamedTypeSymbol type)
    {
        var name = type.ContainingNamespace.ToDisplayString();
        return type.TypeKind != TypeKind.Enum && (IsIn(name, "System") || IsIn(name, "Microsoft"));
    }

    private static bool IsIn(string name, string root) => name == root || name.StartsWith(root + ".", StringComparison.Ordinal);
}
