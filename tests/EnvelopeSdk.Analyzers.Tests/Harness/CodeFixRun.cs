using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace EnvelopeSdk.Analyzers.Tests.Harness;

/// <summary>Applies a code fix to the files of a project, as an editor does. In a source, a line <see cref="NextFile"/> begins another file, and a line <see cref="NoUsings"/> one that uses no namespaces.</summary>
internal sealed class CodeFixRun : IDisposable
{
    public const string NextFile = "// next file";

    public const string NoUsings = "// no usings";

    private const string Usings = "using EnvelopeSdk;\n";
    private const string Separator = $"\n{NextFile}\n";

    private readonly AdhocWorkspace _workspace = new();
    private readonly CodeFixProvider _fix;
    private readonly ProjectId _id;
    private Solution _solution;

    private CodeFixRun(CodeFixProvider fix, string source)
    {
        var project = _workspace.AddProject("Training", LanguageNames.CSharp)
            .WithMetadataReferences(TestSource.References)
            .WithCompilationOptions(new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
        var files = source.Split(Separator);
        for (var i = 0; i < files.Length; i++)
        {
            project = project.AddDocument($"Model{i}.cs", (files[i].Contains(NoUsings, StringComparison.Ordinal) ? "" : Usings) + files[i], filePath: $"Model{i}.cs").Project;
        }

        (_fix, _id, _solution) = (fix, project.Id, project.Solution);
    }

    private Project Project => _solution.GetProject(_id)!;

    /// <summary>Fixes a source one by one, and as a whole in a document, a project and a solution.</summary>
    /// <param name="wrong">The source.</param>
    /// <param name="right">What becomes of it each time.</param>
    /// <param name="compiles">Whether nothing is left for its author to do.</param>
    public static async Task AssertFixesAsync<TFix>(string wrong, string right, bool compiles = true)
        where TFix : CodeFixProvider, new()
    {
        using (var run = new CodeFixRun(new TFix(), wrong))
        {
            Assert.Equal(right, await run.FixOneByOneAsync());
            var errors = (await run.Project.GetCompilationAsync())!.GetDiagnostics().Where(one => one.Severity == DiagnosticSeverity.Error);
            Assert.Equal(compiles, !errors.Any());
        }

        foreach (var scope in new[] { FixAllScope.Document, FixAllScope.Project, FixAllScope.Solution })
        {
            using var run = new CodeFixRun(new TFix(), wrong);
            Assert.Equal(right, await run.FixAllAsync(scope));
        }
    }

    /// <summary>What is reported of a source and has no fix.</summary>
    public static async Task AssertNoFixAsync<TFix>(string wrong)
        where TFix : CodeFixProvider, new()
    {
        using var run = new CodeFixRun(new TFix(), wrong);
        Assert.NotEmpty(await run.DiagnosticsAsync());
        Assert.Empty(await run.FixableAsync());
    }

    private async Task<string> FixOneByOneAsync()
    {
        while (await FixableAsync() is [{ Action: var action }, ..])
        {
            await ApplyAsync(action);
        }

        return await TextAsync();
    }

    private async Task<string> FixAllAsync(FixAllScope scope)
    {
        var diagnostics = await DiagnosticsAsync();
        var (first, action) = (await FixableAsync())[0];
        var context = new FixAllContext(
            _solution.GetDocument(first.Location.SourceTree)!, _fix, scope, action.EquivalenceKey!, diagnostics.Select(one => one.Id).Distinct(), new Provider(this), CancellationToken.None);
        await ApplyAsync((await _fix.GetFixAllProvider()!.GetFixAsync(context))!);
        return await TextAsync();
    }

    public void Dispose() => _workspace.Dispose();

    private async Task<ImmutableArray<Diagnostic>> DiagnosticsAsync()
    {
        var compilation = await Project.GetCompilationAsync();
        var diagnostics = await compilation!.WithAnalyzers(TestSource.Analyzers).GetAnalyzerDiagnosticsAsync();
        return [.. diagnostics.Where(one => _fix.FixableDiagnosticIds.Contains(one.Id)).OrderBy(one => one.Location.SourceTree!.FilePath).ThenBy(one => one.Location.SourceSpan)];
    }

    private async Task<IReadOnlyList<(Diagnostic Diagnostic, CodeAction Action)>> FixableAsync()
    {
        var fixable = new List<(Diagnostic, CodeAction)>();
        foreach (var diagnostic in await DiagnosticsAsync())
        {
            var document = _solution.GetDocument(diagnostic.Location.SourceTree)!;
            await _fix.RegisterCodeFixesAsync(new CodeFixContext(document, diagnostic, (action, _) => fixable.Add((diagnostic, action)), CancellationToken.None));
        }

        return fixable;
    }

    private async Task ApplyAsync(CodeAction action) =>
        _solution = Assert.Single((await action.GetOperationsAsync(CancellationToken.None)).OfType<ApplyChangesOperation>()).ChangedSolution;

    private async Task<string> TextAsync()
    {
        var texts = await Task.WhenAll(Project.Documents.Select(document => document.GetTextAsync()));
        return string.Join(Separator, texts.Select(text => text.ToString().Replace(Usings, "", StringComparison.Ordinal)));
    }

    private sealed class Provider(CodeFixRun run) : FixAllContext.DiagnosticProvider
    {
        public override async Task<IEnumerable<Diagnostic>> GetDocumentDiagnosticsAsync(Document document, CancellationToken cancellationToken)
        {
            var tree = await document.GetSyntaxTreeAsync(cancellationToken);
            return (await run.DiagnosticsAsync()).Where(one => one.Location.SourceTree == tree);
        }

        public override async Task<IEnumerable<Diagnostic>> GetAllDiagnosticsAsync(Project project, CancellationToken cancellationToken) =>
            await run.DiagnosticsAsync();

        public override Task<IEnumerable<Diagnostic>> GetProjectDiagnosticsAsync(Project project, CancellationToken cancellationToken) =>
            Task.FromResult<IEnumerable<Diagnostic>>([]);
    }
}
