using System.Collections.Immutable;
using EnvelopeSdk.CodeFixes;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace EnvelopeSdk.Analyzers.Tests.Harness;

/// <summary>Applies the code fix to a file, as an editor does.</summary>
internal sealed class CodeFixRun : IDisposable
{
    private readonly AdhocWorkspace _workspace = new();
    private readonly ModifierCodeFix _fix = new();
    private readonly DocumentId _id;
    private Solution _solution;

    public CodeFixRun(string source)
    {
        var project = _workspace.AddProject("Training", LanguageNames.CSharp)
            .WithMetadataReferences(TestSource.References)
            .WithCompilationOptions(new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
        var document = project.AddDocument("Model.cs", "using EnvelopeSdk;\n" + source);
        (_id, _solution) = (document.Id, document.Project.Solution);
    }

    private Document Document => _solution.GetDocument(_id)!;

    /// <summary>Fixes the diagnostics one after the other, until none that has a fix is left.</summary>
    public async Task<string> FixOneByOneAsync()
    {
        while ((await DiagnosticsAsync()).FirstOrDefault() is { } diagnostic)
        {
            await ApplyAsync(await ActionAsync(diagnostic));
        }

        return await TextAsync();
    }

    /// <summary>Fixes all diagnostics that are like the first one in one step.</summary>
    public async Task<string> FixAllAsync(FixAllScope scope)
    {
        var diagnostics = await DiagnosticsAsync();
        var first = await ActionAsync(diagnostics[0]);
        var context = new FixAllContext(
            Document, _fix, scope, first.EquivalenceKey!, diagnostics.Select(one => one.Id).Distinct(), new Provider(this), CancellationToken.None);
        await ApplyAsync((await _fix.GetFixAllProvider().GetFixAsync(context))!);
        return await TextAsync();
    }

    public void Dispose() => _workspace.Dispose();

    private async Task<ImmutableArray<Diagnostic>> DiagnosticsAsync()
    {
        var compilation = await Document.Project.GetCompilationAsync();
        var diagnostics = await compilation!.WithAnalyzers([new EnvelopeModelAnalyzer()]).GetAnalyzerDiagnosticsAsync();
        return [.. diagnostics.Where(one => _fix.FixableDiagnosticIds.Contains(one.Id)).OrderBy(one => one.Location.SourceSpan)];
    }

    private async Task<CodeAction> ActionAsync(Diagnostic diagnostic)
    {
        var actions = new List<CodeAction>();
        await _fix.RegisterCodeFixesAsync(new CodeFixContext(Document, diagnostic, (action, _) => actions.Add(action), CancellationToken.None));
        return Assert.Single(actions);
    }

    private async Task ApplyAsync(CodeAction action) =>
        _solution = Assert.Single((await action.GetOperationsAsync(CancellationToken.None)).OfType<ApplyChangesOperation>()).ChangedSolution;

    private async Task<string> TextAsync() => (await Document.GetTextAsync()).ToString().Replace("using EnvelopeSdk;\n", "", StringComparison.Ordinal);

    private sealed class Provider(CodeFixRun run) : FixAllContext.DiagnosticProvider
    {
        public override async Task<IEnumerable<Diagnostic>> GetDocumentDiagnosticsAsync(Document document, CancellationToken cancellationToken) =>
            await run.DiagnosticsAsync();

        public override async Task<IEnumerable<Diagnostic>> GetAllDiagnosticsAsync(Project project, CancellationToken cancellationToken) =>
            await run.DiagnosticsAsync();

        public override Task<IEnumerable<Diagnostic>> GetProjectDiagnosticsAsync(Project project, CancellationToken cancellationToken) =>
            Task.FromResult<IEnumerable<Diagnostic>>([]);
    }
}
