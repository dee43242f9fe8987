using EnvelopeSdk.Generators.Tests.Harness;

namespace EnvelopeSdk.Generators.Tests;

public class ManyModelsTests
{
    [Fact]
    public void Models_whose_names_differ_by_case_alone_have_files_of_their_own()
    {
        var sources = "risk Risk Rest".Split(' ').Select(name =>
            $"namespace Acme.{name} {{ [EnvelopeModel(\"model-{(int)name[0]}-{name.Length}-{(int)name[2]}\")] public partial class Model {{ [Predict] public int Predict(int x) => x; }} }}");
        var run = GeneratorRun.Of(TestProject.Create("Training", TestReferences.Training, [.. sources]));
        TestProject.AssertNoProblems(run.Compilation);
        Assert.Equal(
            ["Acme.Rest.Model.Envelope.g.cs", "Acme.Risk.Model.Envelope.g.cs", "Acme.risk.Model-2.Envelope.g.cs"],
            run.Sources.Select(one => one.HintName).Where(one => one.StartsWith("Acme", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
    }
}
