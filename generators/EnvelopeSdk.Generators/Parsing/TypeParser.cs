using System;
using System.Collections.Generic;
using System.Linq;
using EnvelopeSdk.Generators.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace EnvelopeSdk.Generators.Parsing;

/// <summary>Derives what JSON values a C# type stands for. One parser serves one model, whose named types it collects.</summary>
internal sealed class TypeParser
{
    // By their code: symbols do not tell Box<string> from Box<string?>, or tell apart what is the same to a caller.
    private readonly Dictionary<string, string> _names = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _refused = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, NamedTypeSpec?> _named = new(StringComparer.Ordinal);

    /// <summary>The enums and objects met up to now, sorted by name.</summary>
    public IEnumerable<NamedTypeSpec> Named
    {
        get
        {
            foreach (var type in _named.Values)
            {
                if (type is not null)
                {
                    yield return type;
                }
            }
        }
    }

    public NamedTypeSpec? Find(string name) => _named.TryGetValue(name, out var type) ? type : null;

    /// <summary>Parses a type.</summary>
    /// <param name="type">The type, with its nullable annotation.</param>
    /// <param name="reason">Why it cannot be served, if the result is null.</param>
    public TypeSpec? Parse(ITypeSymbol type, out string reason)
    {
        reason = "";
        if (type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable)
        {
            return Parse(nullable.TypeArguments[0], out reason) is { } underlying
                ? underlying with { CSharp = underlying.CSharp + "?", Nullable = true }
                : null;
        }

        var isNullable = type is { IsReferenceType: true, NullableAnnotation: NullableAnnotation.Annotated };
        if (ScalarKind.Of(type.SpecialType) is { } scalar)
        {
            return new ScalarSpec(type.ToCode(), isNullable, scalar);
        }

        return type switch
        {
            IArrayTypeSymbol { IsSZArray: true } array => Collection(array, array.ElementType, isList: false, isNullable, out reason),
            INamedTypeSymbol { Arity: 1 } list when list.OriginalDefinition.ToDisplayString() == "System.Collections.Generic.List<T>" =>
                Collection(list, list.TypeArguments[0], isList: true, isNullable, out reason),
            INamedTypeSymbol named when named.TypeKind == TypeKind.Enum || named.IsAnyRecord() => NamedType(named, isNullable, out reason),
            _ => Refuse(type, out reason),
        };
    }

    private static TypeSpec? Refuse(ITypeSymbol type, out string reason)
    {
        reason = type switch
        {
            { SpecialType: SpecialType.System_Object } or { TypeKind: TypeKind.Dynamic } => "it could be anything, so no schema says what to send",
            { TypeKind: TypeKind.Pointer or TypeKind.FunctionPointer } or { IsRefLikeType: true } => "it is an address, which JSON cannot carry",
            { TypeKind: TypeKind.Delegate } => "it is code, which JSON cannot carry",
            IArrayTypeSymbol => "arrays of several dimensions are not served; use an array of arrays",
            { TypeKind: TypeKind.Error } => "it is not defined",
            _ when type.Name is "Task" or "ValueTask" => "asynchronous predict methods are not served; return the value itself",
            _ => "it is none of the types that can be served: bool, the integer and floating-point types, decimal, string, enums, records, and arrays and List<T> of these",
        };
        return null;
    }

    private CollectionSpec? Collection(ITypeSymbol type, ITypeSymbol item, bool isList, bool isNullable, out string reason)
    {
        if (Parse(item, out reason) is { } element)
        {
            return new CollectionSpec(type.ToCode(), isNullable, element, isList);
        }

        reason = $"of its items of type {item.ToReadable()}: {reason}";
        return null;
    }

    private NamedSpec? NamedType(INamedTypeSymbol type, bool isNullable, out string reason)
    {
        if (!type.IsVisibleOutside())
        {
            reason = $"{type.ToReadable()} is not public, so a service cannot use it";
            return null;
        }

        var code = type.ToCode();
        var plain = type.WithNullableAnnotation(NullableAnnotation.NotAnnotated).ToCode();
        if (_refused.TryGetValue(plain, out reason))
        {
            return null;
        }

        if (_names.TryGetValue(plain, out var known))
        {
            reason = "";
            return new NamedSpec(code, isNullable, known);
        }

        var before = _names.Keys.ToList();
        var name = UniqueName(type);
        _names.Add(plain, name);
        _named.Add(name, null); // known while its members are parsed: a type may contain itself
        _named[name] = type.TypeKind == TypeKind.Enum
            ? EnumParser.Parse(type, name, plain, out reason)
            : RecordParser.Parse((INamedTypeSymbol)type, name, plain, this, out reason);
        if (_named[name] is not null)
        {
            return new NamedSpec(code, isNullable, name);
        }

        Forget(_names.Keys.Except(before).ToList());
        _refused.Add(plain, reason);
        return null;
    }

    /// <summary>Types that were met inside a refused one may contain it; they are parsed anew when they are met elsewhere.</summary>
    private void Forget(List<string> types)
    {
        foreach (var type in types)
        {
            _named.Remove(_names[type]);
            _names.Remove(type);
        }
    }

    /// <summary>The type's own name; one that is taken, or could be that of a collection, gets the namespace in front.</summary>
    private string UniqueName(INamedTypeSymbol type)
    {
        var name = ShortName(type);
        if (_named.ContainsKey(name) || name.StartsWith("ArrayOf", StringComparison.Ordinal) || name.StartsWith("ListOf", StringComparison.Ordinal))
        {
            var container = type.ContainingSymbol is INamespaceSymbol { IsGlobalNamespace: true } ? "global" : type.ContainingSymbol.ToDisplayString();
            name = string.Concat(container.Select(one => SyntaxFacts.IsIdentifierPartCharacter(one) ? one : '_')) + "_" + name;
        }

        while (_named.ContainsKey(name))
        {
            name += "_";
        }

        return name;
    }

    private static string ShortName(ITypeSymbol type)
    {
        var name = type is IArrayTypeSymbol array ? "ArrayOf" + ShortName(array.ElementType) : type.Name;
        if (type is INamedTypeSymbol { Arity: > 0 } generic)
        {
            foreach (var argument in generic.TypeArguments)
            {
                name += (argument is { IsReferenceType: true, NullableAnnotation: NullableAnnotation.Annotated } ? "OfNullable" : "Of") + ShortName(argument);
            }
        }

        return name;
    }
}
