using System.Collections.Generic;
using System.Composition;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;

namespace EnvelopeSdk.CodeFixes;

/// <summary>Requires the members of an input of everyone who creates it (ENV0027).</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
[Shared]
public sealed class RequiredCodeFix : RequireCodeFix
{
    private protected override string Name => "Make all members required";

    private protected override void Require(
        DocumentEditor document, MemberDeclarationSyntax member, HashSet<string> names) =>
        document.SetModifiers(member, document.Generator.GetModifiers(member).WithIsRequired(true));

    /// <summary>
    /// Who creates an object without all of its members, or takes its type for a type parameter with <c>new()</c>,
    /// could not any more. The compiler is asked, as it also infers type parameters.
    /// </summary>
    private protected override async Task<bool> BreaksAsync(FixPlace place, CancellationToken cancellation)
    {
        var before = place.Document.Project.Solution;
        var editor = new SolutionEditor(before);
        await EditAsync(editor, place, [], cancellation).ConfigureAwait(false);
        var after = editor.GetChangedSolution();
        var project = place.Document.Project.Id;
        foreach (var id in before.GetProjectDependencyGraph()
            .GetProjectsThatTransitivelyDependOnThisProject(project).Prepend(project))
        {
            if (await ErrorsAsync(after, id, cancellation).ConfigureAwait(false)
                > await ErrorsAsync(before, id, cancellation).ConfigureAwait(false))
            {
                return true;
            }
        }

        return false;
    }

    private static async Task<int> ErrorsAsync(Solution solution, ProjectId id, CancellationToken cancellation)
    {
        var project = await solution.GetProject(id)!.GetCompilationAsync(cancellation).ConfigureAwait(false);
        return project?.GetDiagnostics(cancellation).Count(one => one.Severity == DiagnosticSeverity.Error) ?? 0;
    }
}
