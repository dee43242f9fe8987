using System.Collections.Generic;
using System.Collections.Immutable;
using System.Composition;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using EnvelopeSdk.Generators;
using EnvelopeSdk.Generators.Parsing.Models;
using EnvelopeSdk.Generators.Parsing.Rules;
using EnvelopeSdk.Generators.Parsing.Symbols;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;

namespace EnvelopeSdk.CodeFixes;

/// <summary>
/// Names an envelope (ENV0003) or a query (ENV0014) as like its wrong name as may be, and a query that has another's
/// name (ENV0013) after its parameters.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
[Shared]
public sealed class NameCodeFix : ModelCodeFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } =
        [RuleIds.InvalidEnvelopeName, RuleIds.DuplicateQuery, RuleIds.InvalidQueryName];

    /// <summary>
    /// An override without a mark has its name from the mark of what it overrides, which others may override as well.
    /// </summary>
    private protected override string? Title(FixPlace place) => place.Diagnostic.Id switch
    {
        _ when Attribute(place) is null => null,
        RuleIds.InvalidEnvelopeName => "Give the envelope a valid name",
        RuleIds.InvalidQueryName => "Give the query a valid name",
        _ => "Give the query a name of its own",
    };

    private protected override async Task EditAsync(
        SolutionEditor editor, FixPlace place, HashSet<string> names, CancellationToken cancellation)
    {
        var attribute = (AttributeSyntax)await Attribute(place)!.GetSyntaxAsync(cancellation).ConfigureAwait(false);
        var file = place.Document.Project.GetDocument(attribute.SyntaxTree)!;
        var document = await editor.GetDocumentEditorAsync(file.Id, cancellation).ConfigureAwait(false);
        var name = place.Symbol is IMethodSymbol method ? QueryName(method, names) : EnvelopeName(place.Symbol!);
        document.ReplaceNode(attribute, (current, _) => ((AttributeSyntax)current).WithArgumentList(Argument(name)));
    }

    /// <summary>The mark that names it, which may stand on another part of the class.</summary>
    private static SyntaxReference? Attribute(FixPlace place) =>
        place.Symbol?.Find(
            place.Symbol is IMethodSymbol ? KnownNames.PredictAttribute : KnownNames.EnvelopeModelAttribute)
            ?.ApplicationSyntaxReference;

    private static string EnvelopeName(ISymbol type) =>
        ValidNames.Envelope(type.Find(KnownNames.EnvelopeModelAttribute)?.FirstString() ?? "", type.Name);

    /// <summary>The first name that no other query of the class has.</summary>
    private static string QueryName(IMethodSymbol method, HashSet<string> names)
    {
        var taken = PredictMethods.Of(method.ContainingType)
            .Where(other => !SymbolEqualityComparer.Default.Equals(other, method))
            .Select(QueryParser.NameOf).ToList();
        return ValidNames.Queries(QueryParser.NameOf(method), method.Parameters.Select(parameter => parameter.Name))
            .First(name => !taken.Contains(name) && names.Add($"{method.ContainingType} {name}"));
    }

    private static AttributeArgumentListSyntax Argument(string name)
    {
        var literal = SyntaxFactory.LiteralExpression(
            SyntaxKind.StringLiteralExpression, SyntaxFactory.Literal(name));
        return SyntaxFactory.AttributeArgumentList(
            SyntaxFactory.SingletonSeparatedList(SyntaxFactory.AttributeArgument(literal)));
    }
}
