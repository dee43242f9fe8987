using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Editing;

namespace EnvelopeSdk.CodeFixes;

/// <summary>
/// A fix of a model class. Any number of diagnostics is fixed in one edit, so that fixing all of them needs no merging.
/// </summary>
public abstract class ModelCodeFix : CodeFixProvider
{
    /// <inheritdoc/>
    public sealed override FixAllProvider GetFixAllProvider() => new FixAll(this);

    /// <inheritdoc/>
    public sealed override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        var solution = context.Document.Project.Solution;
        foreach (var diagnostic in context.Diagnostics)
        {
            var place = await FixPlace.OfAsync(solution, diagnostic, context.CancellationToken).ConfigureAwait(false);
            if (await TitleAsync(place, context.CancellationToken).ConfigureAwait(false) is { } title)
            {
                context.RegisterCodeFix(
                    CodeAction.Create(
                        title,
                        cancellation => FixAsync(solution, [diagnostic], title, cancellation),
                        equivalenceKey: title),
                    diagnostic);
            }
        }
    }

    /// <summary>Fixes those of the diagnostics that this title is offered for, in the order of their places.</summary>
    internal async Task<Solution> FixAsync(
        Solution solution, IEnumerable<Diagnostic> diagnostics, string title, CancellationToken cancellation)
    {
        var editor = new SolutionEditor(solution);
        var names = new HashSet<string>();
        foreach (var diagnostic in diagnostics
            .OrderBy(one => one.Location.SourceTree!.FilePath, System.StringComparer.Ordinal)
            .ThenBy(one => one.Location.SourceSpan))
        {
            var place = await FixPlace.OfAsync(solution, diagnostic, cancellation).ConfigureAwait(false);
            if (await TitleAsync(place, cancellation).ConfigureAwait(false) == title)
            {
                await EditAsync(editor, place, names, cancellation).ConfigureAwait(false);
            }
        }

        return editor.GetChangedSolution();
    }

    private async Task<string?> TitleAsync(FixPlace place, CancellationToken cancellation) =>
        Title(place) is { } title && !await BreaksAsync(place, cancellation).ConfigureAwait(false) ? title : null;

    /// <summary>What the fix of a diagnostic is called; null when it has none.</summary>
    private protected abstract string? Title(FixPlace place);

    /// <summary>Whether a method would no longer be what others take it for; then it has no fix.</summary>
    /// <param name="place">Where the diagnostic is.</param>
    /// <param name="cancellation">Stops the looking.</param>
    private protected virtual Task<bool> BreaksAsync(FixPlace place, CancellationToken cancellation) =>
        Task.FromResult(false);

    /// <summary>Fixes one diagnostic. What others have changed before is still to be found by its old nodes.</summary>
    /// <param name="editor">Receives the changes.</param>
    /// <param name="place">Where the diagnostic is.</param>
    /// <param name="names">The names that were given in the same edit, which the solution does not show yet.</param>
    /// <param name="cancellation">Stops the fixing.</param>
    private protected abstract Task EditAsync(
        SolutionEditor editor, FixPlace place, HashSet<string> names, CancellationToken cancellation);
}
