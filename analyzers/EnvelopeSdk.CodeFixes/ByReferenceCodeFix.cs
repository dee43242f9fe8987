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

namespace EnvelopeSdk.CodeFixes;

/// <summary>
/// Passes a parameter by value that is passed with <c>ref</c>, <c>in</c> or <c>ref readonly</c> (ENV0008).
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
[Shared]
public sealed class ByReferenceCodeFix : ModelCodeFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [RuleIds.ByReferenceParameter];

    /// <summary>
    /// What an <c>out</c> parameter gives back belongs into the answer, and nothing but its author can put it there.
    /// </summary>
    private protected override string? Title(FixPlace place) =>
        place.Node is ParameterSyntax parameter
        && !parameter.Modifiers.Any(SyntaxKind.OutKeyword)
        && place.Symbol is IMethodSymbol method
        && !Signatures.IsShared(method)
            ? "Pass the parameter by value"
            : null;

    /// <summary>
    /// Who passes the argument with a modifier, or takes the method for a delegate, could not any more.
    /// </summary>
    private protected override Task<bool> BreaksAsync(FixPlace place, CancellationToken cancellation) =>
        Signatures.HasUseAsync(
            place,
            static (name, _) => Signatures.CallOf(name) is { } call
                ? call.ArgumentList.Arguments.Any(argument => !argument.RefKindKeyword.IsKind(SyntaxKind.None))
                : !Signatures.IsOnlyNamed(name),
            cancellation);

    private protected override async Task EditAsync(
        SolutionEditor editor, FixPlace place, HashSet<string> names, CancellationToken cancellation)
    {
        var document = await editor.GetDocumentEditorAsync(place.Document.Id, cancellation).ConfigureAwait(false);
        document.ReplaceNode(place.Node, (current, _) => ByValue((ParameterSyntax)current));
    }

    private static ParameterSyntax ByValue(ParameterSyntax parameter)
    {
        var kept = parameter.Modifiers.Where(modifier =>
            !modifier.IsKind(SyntaxKind.RefKeyword) && !modifier.IsKind(SyntaxKind.InKeyword)
            && !modifier.IsKind(SyntaxKind.ReadOnlyKeyword) && !modifier.IsKind(SyntaxKind.ScopedKeyword));
        return parameter.WithModifiers(SyntaxFactory.TokenList(kept)).WithLeadingTrivia(parameter.GetLeadingTrivia());
    }
}
