using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace EnvelopeSdk.Generators.Tests.Harness;

/// <summary>Makes compilations, and refuses diagnostics in them.</summary>
internal static class TestProject
{
    /// <summary>Documentation comments are read, and malformed ones in generated code are found.</summary>
    public static readonly CSharpParseOptions ParseOptions = new(LanguageVersion.CSharp14, DocumentationMode.Diagnose);

    private const string Usings =
        """
        global using System;
        global using System.Collections.Generic;
        global using System.Text.Json;
        global using System.Text.Json.Serialization;
        global using EnvelopeSdk;
        """;

    private static readonly CSharpCompilationOptions Options = new CSharpCompilationOptions(
            OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable, allowUnsafe: true)
        .WithSpecificDiagnosticOptions([new("CS1591", ReportDiagnostic.Suppress), new("CS1701", ReportDiagnostic.Suppress)]);

    public static CSharpCompilation Create(string assembly, IEnumerable<MetadataReference> references, params ReadOnlySpan<string> sources)
    {
        var trees = new List<SyntaxTree> { Tree(Usings, "Usings.cs") };
        for (var i = 0; i < sources.Length; i++)
        {
            trees.Add(Tree(sources[i], $"File{i}.cs"));
        }

        return CSharpCompilation.Create(assembly, trees, references, Options);
    }

    public static SyntaxTree Tree(string source, string path) =>
        CSharpSyntaxTree.ParseText(SourceText.From(source, System.Text.Encoding.UTF8), ParseOptions, path);

    /// <summary>The errors and warnings of a compilation, each with the line it is about.</summary>
    public static IReadOnlyList<Diagnostic> Problems(Compilation compilation) =>
        [.. compilation.GetDiagnostics().Where(diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning)];

    public static void AssertNoProblems(Compilation compilation)
    {
        var problems = Problems(compilation);
        Assert.True(problems.Count == 0, string.Join("\n", problems.Take(5).Select(Describe)));
    }

    public static string Describe(Diagnostic diagnostic)
    {
        var line = diagnostic.Location.SourceTree?.GetText().Lines[diagnostic.Location.GetLineSpan().StartLinePosition.Line];
        return $"{diagnostic}\n    {line}";
    }
}
