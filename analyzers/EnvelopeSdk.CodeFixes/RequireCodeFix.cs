using System.Collections.Generic;
using System.Collections.Immutable;
using System.Threading;
using System.Threading.Tasks;
using EnvelopeSdk.Generators.Parsing.Rules;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;

namespace EnvelopeSdk.CodeFixes;

/// <summary>
/// Makes the members of an input required that are zero or null when a caller leaves them out (ENV0027).
/// </summary>
public abstract class RequireCodeFix : ModelCodeFix
{
    /// <inheritdoc/>
    public sealed override ImmutableArray<string> FixableDiagnosticIds { get; } = [RuleIds.NothingRequired];

    /// <summary>What the fix is called.</summary>
    private protected abstract string Name { get; }

    /// <summary>The members of a type of another project are mended there.</summary>
    private protected sealed override string? Title(FixPlace place) =>
        place.Diagnostic.AdditionalLocations.Count > 0 ? Name : null;

    private protected sealed override async Task EditAsync(
        SolutionEditor editor, FixPlace place, HashSet<string> names, CancellationToken cancellation)
    {
        foreach (var location in place.Diagnostic.AdditionalLocations)
        {
            var file = place.Document.Project.GetDocument(location.SourceTree)!;
            var document = await editor.GetDocumentEditorAsync(file.Id, cancellation).ConfigureAwait(false);
            var member = document.OriginalRoot.FindNode(location.SourceSpan)
                .FirstAncestorOrSelf<MemberDeclarationSyntax>()!;

            // Two types may have it from one base, and one declaration may be of two fields.
            if (names.Add($"{file.FilePath} {member.Span}"))
            {
                Require(document, member, names);
            }
        }
    }

    /// <summary>Makes one member required.</summary>
    /// <param name="document">Receives the change.</param>
    /// <param name="member">The member.</param>
    /// <param name="names">What was done in the same edit, for what is done once.</param>
    private protected abstract void Require(
        DocumentEditor document, MemberDeclarationSyntax member, HashSet<string> names);
}
