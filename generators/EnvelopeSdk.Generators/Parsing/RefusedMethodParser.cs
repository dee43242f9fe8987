using System;
using System.Linq;
using EnvelopeSdk.Generators.Model;
using Microsoft.CodeAnalysis;

namespace EnvelopeSdk.Generators.Parsing;

/// <summary>Derives the signature of an example method whose predict method cannot be served, so that calls of it compile.</summary>
internal static class RefusedMethodParser
{
    private static readonly SymbolDisplayFormat Generics = new(
        globalNamespaceStyle: SymbolDisplayGlobalNamespaceStyle.Included,
        typeQualificationStyle: SymbolDisplayTypeQualificationStyle.NameAndContainingTypesAndNamespaces,
        genericsOptions: SymbolDisplayGenericsOptions.IncludeTypeParameters | SymbolDisplayGenericsOptions.IncludeTypeConstraints,
        miscellaneousOptions: SymbolDisplayMiscellaneousOptions.EscapeKeywordIdentifiers
            | SymbolDisplayMiscellaneousOptions.UseSpecialTypes
            | SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier);

    public static RefusedMethodSpec Parse(IMethodSymbol method)
    {
        var generics = method.ToDisplayString(Generics);
        var constraints = generics.IndexOf(" where ", StringComparison.Ordinal);
        return new RefusedMethodSpec(
            method.ToSimpleName(),
            Modifiers(method),
            method.IsGenericMethod ? $"<{string.Join(", ", method.TypeParameters.Select(parameter => "@" + parameter.Name))}>" : "",
            string.Join(", ", method.Parameters.Select(Declare)),
            constraints < 0 ? "" : generics.Substring(constraints),
            QueryParser.AnswerOf(method).Delivery);
    }

    private static string Declare(IParameterSymbol parameter)
    {
        var modifier = parameter.RefKind switch
        {
            RefKind.Ref => "ref ",
            RefKind.Out => "out ",
            RefKind.In => "in ",
            RefKind.RefReadOnlyParameter => "ref readonly ",
            _ => parameter.IsParams ? "params " : "",
        };

        // The method never runs, so any default value will do.
        return $"{modifier}{parameter.Type.ToCode()} @{parameter.Name}{(parameter.HasExplicitDefaultValue ? " = default!" : "")}";
    }

    private static string Modifiers(IMethodSymbol method)
    {
        var types = method.Parameters.Select(parameter => parameter.Type).ToList();
        var accessibility = types.Select(Reach).DefaultIfEmpty(Accessibility.Public).Min() switch
        {
            Accessibility.Public => "public",
            Accessibility.Internal => "internal",
            _ => "private",
        };
        return types.Any(type => type.TypeKind is TypeKind.Pointer or TypeKind.FunctionPointer) ? accessibility + " unsafe" : accessibility;
    }

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
