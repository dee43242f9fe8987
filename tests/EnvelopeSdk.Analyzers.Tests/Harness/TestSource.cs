using System.Collections.Immutable;
using Basic.Reference.Assemblies;
using EnvelopeSdk.MLNet.Tables;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;
using Microsoft.Data.Analysis;
using Microsoft.ML;

namespace EnvelopeSdk.Analyzers.Tests.Harness;

/// <summary>A source in which <c>[|</c> and <c>|]</c> stand around what is to be reported.</summary>
internal sealed class TestSource
{
    private const string Usings = "global using System; global using System.Collections.Generic; global using System.Net.Http; global using System.Threading; global using System.Threading.Tasks; global using System.Text.Json.Serialization; global using EnvelopeSdk;";

    public TestSource(string marked)
    {
        var start = marked.IndexOf("[|", StringComparison.Ordinal);
        Text = marked.Replace("[|", "", StringComparison.Ordinal).Replace("|]", "", StringComparison.Ordinal);
        Reported = start < 0 ? null : TextSpan.FromBounds(start, marked.IndexOf("|]", StringComparison.Ordinal) - 2);
    }

    public static IReadOnlyList<MetadataReference> References { get; } =
    [
        .. Net100.References.All,
        .. new[] { typeof(Envelope), typeof(EnvelopeModelAttribute), typeof(IEnvelopeStore), typeof(DataFrameCodec), typeof(DataFrame), typeof(IDataView), typeof(System.Numerics.Tensors.Tensor) }.Select(type => MetadataReference.CreateFromFile(type.Assembly.Location)),
    ];

    /// <summary>All analyzers of the package.</summary>
    public static ImmutableArray<DiagnosticAnalyzer> Analyzers { get; } =
    [
        .. typeof(EnvelopeModelAnalyzer).Assembly.GetTypes()
            .Where(type => type.IsSubclassOf(typeof(DiagnosticAnalyzer)) && !type.IsAbstract)
            .Select(type => (DiagnosticAnalyzer)Activator.CreateInstance(type)!),
    ];

    public string Text { get; }

    /// <summary>The version of C# that it is compiled as.</summary>
    public LanguageVersion Version { get; init; } = LanguageVersion.CSharp14;

    /// <summary>Where the diagnostic is to stand; null when there is to be none.</summary>
    public TextSpan? Reported { get; }

    public CSharpCompilation Compile(string assembly = "Training", params IEnumerable<MetadataReference> references) => CSharpCompilation.Create(
        assembly,
        [Parse(Usings), Parse(Text)],
        [.. References, .. references],
        new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable, allowUnsafe: true));

    /// <summary>What the analyzers of the package say of a project, after the generator has run in it.</summary>
    public static async Task<ImmutableArray<Diagnostic>> AnalyzeAsync(Compilation project, params (string Name, string Value)[] properties)
    {
        var options = new AnalyzerOptions([], new TestOptions(properties));
        return await Generate(project).WithAnalyzers(Analyzers, options).GetAnalyzerDiagnosticsAsync();
    }

    /// <summary>A project with what the generator writes for it.</summary>
    public static Compilation Generate(Compilation project)
    {
        CSharpGeneratorDriver.Create([new Generators.EnvelopeGenerator().AsSourceGenerator()], parseOptions: (CSharpParseOptions)project.SyntaxTrees.First().Options).RunGeneratorsAndUpdateCompilation(project, out var generated, out _);
        return generated;
    }

    private SyntaxTree Parse(string text) => CSharpSyntaxTree.ParseText(text, new CSharpParseOptions(Version));
}
