using System.Collections.Generic;
using System.Composition;
using System.Linq;
using EnvelopeSdk.Generators;
using EnvelopeSdk.Generators.Parsing.Symbols;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;

namespace EnvelopeSdk.CodeFixes;

/// <summary>
/// Requires the members of an input in JSON (ENV0027): programs may still create it with <c>new()</c>.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
[Shared]
public sealed class JsonRequiredCodeFix : RequireCodeFix
{
    private const string Namespace = "System.Text.Json.Serialization";
    private const string Mark = "JsonRequired";

    private protected override string Name => "Require all members with [JsonRequired]";

    private protected override void Require(
        DocumentEditor document, MemberDeclarationSyntax member, HashSet<string> names)
    {
        // Other libraries have an attribute of that name.
        var known = document.SemanticModel.LookupNamespacesAndTypes(member.SpanStart, name: Mark + "Attribute");
        var isOther = known.Any(one => one is not ITypeSymbol type || !type.IsNamed(KnownNames.JsonRequiredAttribute));
        if (known.IsEmpty && names.Add($"{document.OriginalDocument.FilePath} {Namespace}"))
        {
            Imports.Add(document, Namespace);
        }

        var name = SyntaxFactory.ParseName(isOther ? $"{Namespace}.{Mark}" : Mark);
        document.ReplaceNode(member, (current, _) => With(name, (MemberDeclarationSyntax)current));
    }

    /// <summary>
    /// The mark stands on the line of the member, behind the marks that it has. Tokens without trivia would be
    /// formatted onto a line of their own.
    /// </summary>
    private static MemberDeclarationSyntax With(NameSyntax name, MemberDeclarationSyntax member)
    {
        var first = member.Modifiers[0];
        var mark = SyntaxFactory.AttributeList(
            SyntaxFactory.Token(first.LeadingTrivia, SyntaxKind.OpenBracketToken, []),
            target: null,
            SyntaxFactory.SingletonSeparatedList(SyntaxFactory.Attribute(name)),
            SyntaxFactory.Token([], SyntaxKind.CloseBracketToken, [SyntaxFactory.Space]));
        return member
            .WithModifiers(member.Modifiers.Replace(first, first.WithLeadingTrivia()))
            .WithAttributeLists(member.AttributeLists.Add(mark));
    }
}
