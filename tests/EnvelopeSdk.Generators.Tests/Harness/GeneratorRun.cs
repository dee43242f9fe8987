using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace EnvelopeSdk.Generators.Tests.Harness;

/// <summary>
/// Runs the generator, and then again after edits that do not concern it: each run of each test checks that the second time
/// nothing was made anew, and that no step keeps a compilation alive.
/// </summary>
internal sealed class GeneratorRun
{
    private GeneratorRun(Compilation compilation, IReadOnlyList<GeneratedSourceResult> sources) => (Compilation, Sources) = (compilation, sources);

    /// <summary>The project with the generated files.</summary>
    public Compilation Compilation { get; }

    public IReadOnlyList<GeneratedSourceResult> Sources { get; }

    /// <summary>The only generated file, but for the one that names the contract.</summary>
    public string Source => SourceOf(Sources);

    /// <summary>The same of what a run gave.</summary>
    public static string SourceOf(IEnumerable<GeneratedSourceResult> sources) =>
        Assert.Single(sources, source => source.HintName != "EnvelopeSdk.Contract.g.cs").SourceText.ToString();

    public static GeneratorRun Of(CSharpCompilation project, AnalyzerConfigOptionsProvider? options = null)
    {
        var driver = Driver(options).RunGeneratorsAndUpdateCompilation(project, out var compilation, out var diagnostics);
        Assert.Empty(diagnostics); // the generator reports nothing; a warning here says that it crashed
        var result = driver.GetRunResult().Results.Single();
        StepOutputs.AssertNoSymbols(result);
        foreach (var edited in new[] { Edits.AddFile(project), Edits.EditMethodBodies(project) })
        {
            driver = driver.RunGenerators(edited);
            StepOutputs.AssertUnchanged(driver.GetRunResult().Results.Single());
        }

        return new GeneratorRun(compilation, result.GeneratedSources);
    }

    public static GeneratorDriver Driver(AnalyzerConfigOptionsProvider? options = null) => CSharpGeneratorDriver.Create(
        [new EnvelopeGenerator().AsSourceGenerator()],
        parseOptions: TestProject.ParseOptions,
        optionsProvider: options,
        driverOptions: new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: true));
}
