using EnvelopeSdk.Generators.Tests.Harness;
using Microsoft.CodeAnalysis;
using Xunit.Sdk;

namespace EnvelopeSdk.Generators.Tests;

/// <summary>Every run of every test checks what an edit must not do; these check that those checks can fail.</summary>
public class CachingTests
{
    private const string Source = "[EnvelopeModel(\"test\")] public partial class Model { [Predict] public int Predict(int x) => x; }";

    [Fact]
    public void An_edit_of_a_signature_is_noticed()
    {
        var project = TestProject.Create("Training", TestReferences.Training, Source);
        var driver = GeneratorRun.Driver().RunGenerators(project);
        driver = driver.RunGenerators(project.ReplaceSyntaxTree(project.SyntaxTrees[1], TestProject.Tree(Source.Replace("int x", "long x", StringComparison.Ordinal), "File0.cs")));
        Assert.Throws<AllException>(() => StepOutputs.AssertUnchanged(driver.GetRunResult().Results.Single()));
    }

    [Fact]
    public void An_edit_in_the_file_of_a_base_class_is_noticed()
    {
        const string Base = "public class Base { [Predict] public int Predict(int x) => x; }";
        var project = TestProject.Create("Training", TestReferences.Training, "[EnvelopeModel(\"test\")] public partial class Model : Base;", Base);
        var driver = GeneratorRun.Driver().RunGenerators(project);
        driver = driver.RunGenerators(project.ReplaceSyntaxTree(project.SyntaxTrees[2], TestProject.Tree(Base.Replace("int x", "long x", StringComparison.Ordinal), "File1.cs")));
        Assert.Throws<AllException>(() => StepOutputs.AssertUnchanged(driver.GetRunResult().Results.Single()));
        Assert.Contains("PredictExample(long @x)", GeneratorRun.SourceOf(driver.GetRunResult().Results.Single().GeneratedSources), StringComparison.Ordinal);
    }

    /// <summary>A file, a part of it, and what a person writes in place of that part.</summary>
    public static TheoryData<string, string> Bodies => new()
    {
        { "[EnvelopeModel(\"test\")] public partial class Model { [Predict] public int Predict(int x) { return «x»; } }", "x + 1" },
        { "[EnvelopeModel(\"test\")] public partial class Model { [Predict] public int Predict(int x) => «x»; }", "x + 1" },
        { "[EnvelopeModel(\"test\")] public partial class Model { [Predict] public int Predict(int x) => x; public int Y { get { return «1»; } } }", "2" },
        { "[EnvelopeModel(\"test\")] public partial class Model { [Predict] public int Predict(int x) => x; public int Y { get => «1»; set { } } }", "2" },
        { "[EnvelopeModel(\"test\")] public partial class Model { [Predict] public int Predict(int x) => x; public int Y => «1»; public int this[int i] => i; }", "2" },
        { "[EnvelopeModel(\"test\")] public partial class Model { [Predict] public int Predict(R x) => x.X; } public record R { public R(int x) { X = «x»; } public int X { get; } }", "x + 1" },
        { "[EnvelopeModel(\"test\")] public partial class Model { [Predict] public int Predict(int x) => x; public static int operator +(Model a, Model b) => «1»; }", "2" },
        { "[EnvelopeModel(\"test\")] public partial class Model { [Predict] public int Predict(int x) { int Local() => «1»; return Local() + new System.Func<int>(() => { return 1; })(); } }", "2" },
        { "[EnvelopeModel(\"test\")] public partial class Model { [Predict] public int Predict(int x) { /* «a» */ return x; } }", "b" },
    };

    [Theory]
    [MemberData(nameof(Bodies))]
    public void An_edit_of_a_body_does_not_even_have_the_schema_derived_again(string marked, string replacement)
    {
        var (first, second) = RunTwice(marked.Replace("«", "", StringComparison.Ordinal).Replace("»", "", StringComparison.Ordinal), Edit(marked, replacement));

        Assert.Equal(first, GeneratorRun.SourceOf(second.Results.Single().GeneratedSources));
        Assert.All(second.Results.Single().TrackedSteps[EnvelopeGenerator.ModelStep].SelectMany(step => step.Outputs), output => Assert.Equal(IncrementalStepRunReason.Cached, output.Reason));
    }

    /// <summary>The same for what a schema is made of.</summary>
    public static TheoryData<string, string> Declarations => new()
    {
        { "public static class C { public const int D = «1»; } [EnvelopeModel(\"test\")] public partial class Model { [Predict] public int Predict(int x = C.D) => x; }", "2" },
        { "public enum E { A = «1» } [EnvelopeModel(\"test\")] public partial class Model { [Predict] public int Predict(E x) => 1; }", "2" },
        { "[EnvelopeModel(\"test\")] public partial class Model { /// <summary>«One».</summary>\n[Predict] public int Predict(int x) => x; }", "Two" },
        { "[EnvelopeModel(\"test\")] public partial class Model { [Predict] public int Predict([System.ComponentModel.DataAnnotations.Range(0, «1»)] int x) => x; }", "2" },
        { "[EnvelopeModel(\"«test»\")] public partial class Model { [Predict] public int Predict(int x) => x; }", "other" },
        { "using M = EnvelopeSdk.EnvelopeModelAttribute; [M(\"test\")] public partial class Model { [Predict] public int Predict(«int» x) => 1; }", "long" },
    };

    [Theory]
    [MemberData(nameof(Declarations))]
    public void An_edit_of_what_a_schema_is_made_of_is_noticed(string marked, string replacement)
    {
        var edited = Edit(marked, replacement);
        var (first, second) = RunTwice(marked.Replace("«", "", StringComparison.Ordinal).Replace("»", "", StringComparison.Ordinal), edited);
        var generated = GeneratorRun.SourceOf(second.Results.Single().GeneratedSources);

        Assert.NotEqual(first, generated);
        Assert.Equal(GeneratorRun.Of(TestProject.Create("Training", TestReferences.Training, edited)).Source, generated);
    }

    private static string Edit(string marked, string replacement) => $"{marked[..marked.IndexOf('«', StringComparison.Ordinal)]}{replacement}{marked[(marked.IndexOf('»', StringComparison.Ordinal) + 1)..]}";

    private static (string First, GeneratorDriverRunResult Second) RunTwice(string before, string after)
    {
        var project = TestProject.Create("Training", TestReferences.Training, before);
        var driver = GeneratorRun.Driver().RunGenerators(project);
        var first = GeneratorRun.SourceOf(driver.GetRunResult().Results.Single().GeneratedSources);
        return (first, driver.RunGenerators(project.ReplaceSyntaxTree(project.SyntaxTrees[1], TestProject.Tree(after, "File0.cs"))).GetRunResult());
    }

    [Fact]
    public void A_symbol_anywhere_in_an_output_is_found()
    {
        var symbol = TestProject.Create("Training", TestReferences.Training, Source).GetTypeByMetadataName("Model")!;
        var hidden = new List<object> { "a", (1, new { Deep = (ISymbol)symbol }) };
        Assert.Throws<FalseException>(() => StepOutputs.AssertNoSymbols(hidden, "output"));
    }

    [Fact]
    public void A_project_without_models_generates_nothing() =>
        Assert.Empty(GeneratorRun.Driver().RunGenerators(TestProject.Create("Other", TestReferences.Training, "public class Model;")).GetRunResult().GeneratedTrees);
}
