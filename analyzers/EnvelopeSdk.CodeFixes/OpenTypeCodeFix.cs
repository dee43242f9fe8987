using System.Collections.Generic;
using System.Collections.Immutable;
using System.Composition;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using EnvelopeSdk.Generators.Parsing.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;
using Microsoft.CodeAnalysis.Formatting;

namespace EnvelopeSdk.CodeFixes;

/// <summary>
/// Declares a record for <c>object</c> or <c>dynamic</c> in a parameter or an answer (ENV0007), for its author to fill.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
[Shared]
public sealed class OpenTypeCodeFix : ModelCodeFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [RuleIds.OpenType];

    private protected override string? Title(FixPlace place) =>
        place.Symbol is IMethodSymbol method && !Signatures.IsShared(method) && OpenTypes(place).Any()
            ? "Declare a record for it"
            : null;

    private protected override async Task EditAsync(
        SolutionEditor editor, FixPlace place, HashSet<string> names, CancellationToken cancellation)
    {
        var document = await editor.GetDocumentEditorAsync(place.Document.Id, cancellation).ConfigureAwait(false);
        var name = Candidates(place).First(one =>
            place.Model.LookupNamespacesAndTypes(place.Node.SpanStart, name: one).IsEmpty && names.Add(one));
        foreach (var type in OpenTypes(place))
        {
            document.ReplaceNode(type, SyntaxFactory.IdentifierName(name).WithTriviaFrom(type));
        }

        var model = place.Node.AncestorsAndSelf().OfType<TypeDeclarationSyntax>().Last();
        document.InsertAfter(model, Record(name, model));
    }

    /// <summary>A record with one member, a blank line and the line ends of the file around it.</summary>
    private static MemberDeclarationSyntax Record(string name, TypeDeclarationSyntax model)
    {
        var end = model.SyntaxTree.GetRoot().DescendantTrivia()
            .FirstOrDefault(trivia => trivia.IsKind(SyntaxKind.EndOfLineTrivia));
        SyntaxTrivia[] line = [end == default ? SyntaxFactory.LineFeed : end];
        var isLastLine = !model.GetTrailingTrivia().Any(trivia => trivia.IsKind(SyntaxKind.EndOfLineTrivia));
        return SyntaxFactory.ParseMemberDeclaration($"public sealed record {name}(double Value);")!
            .WithLeadingTrivia(isLastLine ? [.. line, .. line] : line)
            .WithTrailingTrivia(isLastLine ? [] : line)
            .WithAdditionalAnnotations(Formatter.Annotation);
    }

    /// <summary>
    /// The places in the type of a parameter, or else in what a method returns, that could be anything.
    /// </summary>
    private static IEnumerable<TypeSyntax> OpenTypes(FixPlace place)
    {
        var declared = place.Node is ParameterSyntax parameter
            ? parameter.Type
            : (place.Member as MethodDeclarationSyntax)?.ReturnType;
        return declared is null
            ? []
            : declared.DescendantNodesAndSelf(node => !IsOpen(node, place.Model)).OfType<TypeSyntax>()
                .Where(type => IsOpen(type, place.Model));
    }

    private static bool IsOpen(SyntaxNode node, SemanticModel model) => node is TypeSyntax and not NullableTypeSyntax
        && model.GetTypeInfo(node).Type is { SpecialType: SpecialType.System_Object } or { TypeKind: TypeKind.Dynamic };

    /// <summary>Named after the method, and after the parameter if it is one.</summary>
    private static IEnumerable<string> Candidates(FixPlace place)
    {
        var part = place.Node is ParameterSyntax parameter ? Capitalized(parameter.Identifier.ValueText) : "Answer";
        var name = Capitalized(((MethodDeclarationSyntax)place.Member!).Identifier.ValueText) + part;
        yield return name;
        for (var number = 2; ; number++)
        {
            yield return $"{name}{number}";
        }
    }

    private static string Capitalized(string name) => char.ToUpperInvariant(name[0]) + name.Substring(1);
}
