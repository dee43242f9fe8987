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
        Assert.Contains("PredictExample(long @x)", driver.GetRunResult().GeneratedTrees.Single().ToString(), StringComparison.Ordinal);
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
