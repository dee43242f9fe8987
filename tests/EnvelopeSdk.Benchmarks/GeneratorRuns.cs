using Basic.Reference.Assemblies;
using BenchmarkDotNet.Attributes;
using EnvelopeSdk.Generators;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace EnvelopeSdk.Benchmarks;

/// <summary>What the generator adds to a build of a project with a thousand predict methods, and to an edit in it, against the compiler alone.</summary>
[MemoryDiagnoser]
public class GeneratorRuns
{
    private static readonly CSharpParseOptions ParseOptions = new(LanguageVersion.CSharp14);

    private CSharpCompilation _project = null!;
    private CSharpCompilation _edited = null!;
    private GeneratorDriver _fresh = null!;
    private GeneratorDriver _ran = null!;

    /// <summary>In how many model classes the methods are.</summary>
    [Params(1, 20)]
    public int Classes { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        var sources = ManyMethods.Sources(Classes).ToList();
        var trees = sources.Select((source, i) => CSharpSyntaxTree.ParseText(source, ParseOptions, $"Model{i}.cs")).ToList();
        _project = CSharpCompilation.Create(
            "Training", trees, [.. Net100.References.All, MetadataReference.CreateFromFile(typeof(Envelope).Assembly.Location)],
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));
        _edited = _project.ReplaceSyntaxTree(trees[0], CSharpSyntaxTree.ParseText(ManyMethods.Edited(sources[0]), ParseOptions, "Model0.cs"));
        _fresh = CSharpGeneratorDriver.Create([new EnvelopeGenerator().AsSourceGenerator()], parseOptions: ParseOptions);
        _ran = _fresh.RunGenerators(_project);
    }

    /// <summary>The compiler alone. A clone has nothing bound yet.</summary>
    [Benchmark(Baseline = true)]
    public bool Compile() => _project.Clone().Emit(Stream.Null).Success ? true : throw new InvalidOperationException("The sources do not compile.");

    /// <summary>The generator's first run.</summary>
    [Benchmark]
    public int FirstRun() => _fresh.RunGenerators(_project.Clone()).GetRunResult().GeneratedTrees.Length;

    /// <summary>Its run after an edit of the body of one method.</summary>
    [Benchmark]
    public int BodyEdit() => _ran.RunGenerators(_edited.Clone()).GetRunResult().GeneratedTrees.Length;
}
