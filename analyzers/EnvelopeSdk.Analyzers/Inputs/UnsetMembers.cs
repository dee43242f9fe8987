using System.Collections.Generic;
using System.Linq;
using EnvelopeSdk.Generators.Model;
using EnvelopeSdk.Generators.Parsing.Types;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace EnvelopeSdk.Analyzers.Inputs;

/// <summary>
/// Finds the members that keep the <c>default</c> of their types when a caller leaves them out, and do not say so.
/// </summary>
internal static class UnsetMembers
{
    /// <summary>
    /// Those of a type. What may be null says so; so does what is left out of answers at its <c>default</c>, and the
    /// default value of a constructor's parameter. What a compiled class sets itself is not seen.
    /// </summary>
    public static IEnumerable<ISymbol> Of(InputObject input)
    {
        var assigned = Assigned(input.Type);
        return input.Schema.Members
            .Where(member => member.Kind is MemberKind.Settable or MemberKind.InitOnly
                && member is { Required: false, Type.Nullable: false, Omitted: Omission.Never })
            .Select(member => Find(input.Type, member.Name))
            .Where(member => !HasOwnValue(member) && !assigned.Contains(member.Name));
    }

    private static ISymbol Find(INamedTypeSymbol type, string name) => WithBases(type)
        .SelectMany(one => one.GetMembers(name))
        .First(member => member is IPropertySymbol or IFieldSymbol
            && member.DeclaredAccessibility == Accessibility.Public);

    private static IEnumerable<INamedTypeSymbol> WithBases(INamedTypeSymbol type)
    {
        for (var current = type; current is not null; current = current.BaseType)
        {
            yield return current;
        }
    }

    /// <summary>Whether its declaration says that it is not the <c>default</c> of its type.</summary>
    private static bool HasOwnValue(ISymbol member) => member is IPropertySymbol { IsPartialDefinition: true }
        || member.DeclaringSyntaxReferences.Select(one => one.GetSyntax()).Any(declaration => declaration switch
        {
            VariableDeclaratorSyntax field => field.Initializer is not null,
            PropertyDeclarationSyntax property => property.Initializer is not null || HasBody(property),
            ParameterSyntax => true, // of a record that is made through a constructor that gives it
            _ => false,
        });

    /// <summary>Whether what is read of a property is what its own code says.</summary>
    private static bool HasBody(PropertyDeclarationSyntax property) => property.AccessorList?.Accessors.Any(accessor =>
        accessor.IsKind(SyntaxKind.GetAccessorDeclaration)
        && (accessor.Body is not null || accessor.ExpressionBody is not null)) == true;

    /// <summary>The names of what is assigned while an object of the type is made.</summary>
    private static HashSet<string> Assigned(INamedTypeSymbol type) => new(
        Constructors(type)
            .Concat(WithBases(type).Skip(1).SelectMany(one => one.InstanceConstructors.SelectMany(Syntax)))
            .SelectMany(constructor => constructor.DescendantNodes().OfType<AssignmentExpressionSyntax>())
            .SelectMany(assignment => assignment.Left.DescendantNodesAndSelf().OfType<IdentifierNameSyntax>())
            .Select(name => name.Identifier.ValueText));

    /// <summary>The constructor that makes it from JSON, and the others if it calls one of them.</summary>
    private static IEnumerable<ConstructorDeclarationSyntax> Constructors(INamedTypeSymbol type)
    {
        var own = ConstructorFinder.Find(type, out _) is { } constructor ? Syntax(constructor).ToList() : [];
        return own.Any(one => one.Initializer.IsKind(SyntaxKind.ThisConstructorInitializer))
            ? type.InstanceConstructors.SelectMany(Syntax)
            : own;
    }

    private static IEnumerable<ConstructorDeclarationSyntax> Syntax(IMethodSymbol constructor) =>
        constructor.DeclaringSyntaxReferences.Select(one => one.GetSyntax()).OfType<ConstructorDeclarationSyntax>();
}
