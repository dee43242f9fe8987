using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;

namespace EnvelopeSdk.CodeFixes;

/// <summary>Fixes all diagnostics of a document, a project or a solution in one edit.</summary>
internal sealed class FixAll(ModelCodeFix fix) : FixAllProvider
{
    /// <inheritdoc/>
    public override async Task<CodeAction?> GetFixAsync(FixAllContext fixAllContext)
    {
        var (title, diagnostics) =
            (fixAllContext.CodeActionEquivalenceKey!, await DiagnosticsAsync(fixAllContext).ConfigureAwait(false));
        return CodeAction.Create(
            title, cancellation => fix.FixAsync(fixAllContext.Solution, diagnostics, title, cancellation), title);
    }

    private static async Task<IReadOnlyList<Diagnostic>> DiagnosticsAsync(FixAllContext context)
    {
        if (context.Scope == FixAllScope.Document)
        {
            return await context.GetDocumentDiagnosticsAsync(context.Document!).ConfigureAwait(false);
        }

        var projects = context.Scope == FixAllScope.Project ? [context.Project] : context.Solution.Projects;
        var found = await Task.WhenAll(projects.Select(context.GetAllDiagnosticsAsync)).ConfigureAwait(false);
        return [.. found.SelectMany(some => some)];
    }
}
