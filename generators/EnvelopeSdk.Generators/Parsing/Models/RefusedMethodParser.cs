using System;
using System.Linq;
using EnvelopeSdk.Generators.Model;
using EnvelopeSdk.Generators.Parsing.Symbols;
using Microsoft.CodeAnalysis;

namespace EnvelopeSdk.Generators.Parsing.Models;

/// <summary>
/// Derives the signature of an example method whose predict method cannot be served, so that calls of it compile.
/// </summary>
internal static class RefusedMethodParser
{
    private static readonly SymbolDisplayFormat Generics = new(
        globalNamespaceStyle: SymbolDisplayGlobalNamespaceStyle.Included,
        typeQualificationStyle: SymbolDisplayTypeQualificationStyle.NameAndContainingTypesAndNamespaces,
        genericsOptions: SymbolDisplayGenericsOptions.IncludeTypeParameters
            | SymbolDisplayGenericsOptions.IncludeTypeConstraints,
        miscellaneousOptions: SymbolDisplayMiscellaneousOptions.EscapeKeywordIdentifiers
            | SymbolDisplayMiscellaneousOptions.UseSpecialTypes
            | SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier);

    public static RefusedMethodSpec Parse(IMethodSymbol method)
    {
        var generics = method.ToDisplayString(Generics);
        var constraints = generics.IndexOf(" where ", StringComparison.Ordinal);
        return new RefusedMethodSpec(
            method.ToSimpleName(),
            Accessible(method),
            method.Parameters.Any(parameter => parameter.Type.TypeKind is TypeKind.Pointer or TypeKind.FunctionPointer),
            new(method.TypeParameters.Select(parameter => parameter.Name)),
            new(method.Parameters.Select(Parse)),
            constraints < 0 ? "" : generics.Substring(constraints),
            QueryParser.AnswerOf(method).Delivery);
    }

    private static RefusedParameterSpec Parse(IParameterSymbol parameter)
    {
        var modifier = parameter.RefKind switch
        {
            RefKind.Ref => "ref",
            RefKind.Out => "out",
            RefKind.In => "in",
            RefKind.RefReadOnlyParameter => "ref readonly",
            _ => parameter.IsParams ? "params" : null,
        };
        return new(parameter.Name, parameter.Type.ToCode(), modifier, parameter.HasExplicitDefaultValue);
    }

    private static string Accessible(IMethodSymbol method) => method.Parameters
        .Select(parameter => Reach(parameter.Type)).DefaultIfEmpty(Accessibility.Public).Min() switch
    {
        Accessibility.Public => "public",
        Accessibility.Internal => "internal",
        _ => "private",
    };

    /// <summary>From where a type can be named: everywhere, in its assembly, or only in its class.</summary>
    private static Accessibility Reach(ITypeSymbol type) => type switch
    {
        IArrayTypeSymbol array => Reach(array.ElementType),
        IPointerTypeSymbol pointer => Reach(pointer.PointedAtType),
        INamedTypeSymbol { TypeKind: not TypeKind.Error } named => named.TypeArguments.Select(Reach)
            .Append(named.ContainingType is { } container ? Reach(container) : Accessibility.Public)
            .Append(named.DeclaredAccessibility switch
            {
                Accessibility.Public => Accessibility.Public,
                Accessibility.Internal or Accessibility.ProtectedOrInternal => Accessibility.Internal,
                _ => Accessibility.Private,
            })
            .Min(),
        _ => Accessibility.Public,
    };
}
