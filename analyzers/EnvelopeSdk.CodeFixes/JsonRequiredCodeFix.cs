using System.Composition;
using EnvelopeSdk.Generators;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;
using Microsoft.CodeAnalysis.Simplification;

namespace EnvelopeSdk.CodeFixes;

/// <summary>
/// Requires the members of an input in JSON (ENV0027): programs may still create it with <c>new()</c>.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
[Shared]
public sealed class JsonRequiredCodeFix : RequireCodeFix
{
    private protected override string Name => "Require all members with [JsonRequired]";

    private protected override void Require(DocumentEditor document, MemberDeclarationSyntax member)
    {
        var type = document.SemanticModel.Compilation.GetTypeByMetadataName(KnownNames.JsonRequiredAttribute)!;
        var name = document.Generator.TypeExpression(type, addImport: true)
            .WithAdditionalAnnotations(Simplifier.Annotation);
        document.ReplaceNode(member, (current, _) => Mark((MemberDeclarationSyntax)current, (NameSyntax)name));
    }

    /// <summary>The mark stands on the line of the member, behind the marks that it has.</summary>
    private static MemberDeclarationSyntax Mark(MemberDeclarationSyntax member, NameSyntax name)
    {
        var first = member.Modifiers[0];
        var mark = SyntaxFactory.AttributeList(SyntaxFactory.SingletonSeparatedList(SyntaxFactory.Attribute(name)))
            .WithLeadingTrivia(first.LeadingTrivia).WithTrailingTrivia(SyntaxFactory.Space);
        return member
            .WithModifiers(member.Modifiers.Replace(first, first.WithLeadingTrivia()))
            .WithAttributeLists(member.AttributeLists.Add(mark));
    }
}
