using System.Collections.Generic;
using System.Collections.Immutable;
using System.Composition;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using EnvelopeSdk.Generators;
using EnvelopeSdk.Generators.Parsing.Rules;
using EnvelopeSdk.Generators.Parsing.Symbols;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;

namespace EnvelopeSdk.CodeFixes;

/// <summary>
/// Marks the predict methods that reach what concurrent calls must not share with <c>[NotConcurrent]</c> (ENV0030,
/// ENV0031).
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
[Shared]
public sealed class NotConcurrentCodeFix : ModelCodeFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } =
        [RuleIds.SharedStateWritten, RuleIds.SharedInstanceUsed];

    private protected override string? Title(FixPlace place) => "Let calls take turns with [NotConcurrent]";

    private protected override async Task EditAsync(
        SolutionEditor editor, FixPlace place, HashSet<string> names, CancellationToken cancellation)
    {
        foreach (var location in place.Diagnostic.AdditionalLocations)
        {
            var file = place.Document.Project.GetDocument(location.SourceTree)!;
            var document = await editor.GetDocumentEditorAsync(file.Id, cancellation).ConfigureAwait(false);
            var method = document.OriginalRoot.FindNode(location.SourceSpan);
            var symbol = document.SemanticModel.GetDeclaredSymbol(method, cancellation)!;
            if (!names.Add(symbol.ToDisplayString()))
            {
                continue;
            }

            if (symbol.Find(KnownNames.PredictAttribute)?.ApplicationSyntaxReference is { } mark)
            {
                var predict = (AttributeSyntax)await mark.GetSyntaxAsync(cancellation).ConfigureAwait(false);
                document.ReplaceNode(predict.Parent!, (current, _) => Mark((AttributeListSyntax)current, predict.Name));
            }
            else
            {
                // An override, whose mark is on what it overrides.
                document.AddAttribute(method, document.Generator.Attribute("NotConcurrent"));
            }
        }
    }

    /// <summary>The mark is named as <c>[Predict]</c> is, with its namespace or without.</summary>
    private static AttributeListSyntax Mark(AttributeListSyntax list, NameSyntax predict)
    {
        var name = SyntaxFactory.IdentifierName("NotConcurrent");
        var mark = SyntaxFactory.Attribute(predict is QualifiedNameSyntax qualified ? qualified.WithRight(name) : name);
        var commas = list.Attributes.GetSeparators()
            .Append(SyntaxFactory.Token(SyntaxKind.CommaToken).WithTrailingTrivia(SyntaxFactory.Space));
        return list.WithAttributes(SyntaxFactory.SeparatedList([.. list.Attributes, mark], commas));
    }
}
