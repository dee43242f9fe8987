using EnvelopeSdk.Analyzers.Tests.Harness;
using EnvelopeSdk.Generators;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace EnvelopeSdk.Analyzers.Tests;

public class SchemaChangedTests
{
    // Descriptions and the class's own attributes are not needed: a service reads signatures only.
    private const string Model = "namespace Tests { public partial class Model { [Predict] public int Predict(int x) => x; } }";

    private const string Saved = "sha256:0000000000000000000000000000000000000000000000000000000000000000";

    [Fact]
    public async Task An_envelope_whose_schema_is_not_that_of_its_code_is_reported()
    {
        var diagnostic = Assert.Single(await AnalyzeAsync("Training", Saved));
        Assert.Equal(("ENV0016", DiagnosticSeverity.Error, Location.None), (diagnostic.Id, diagnostic.Severity, diagnostic.Location));
        Assert.StartsWith("The predict methods of Model give the schema sha256:", diagnostic.GetMessage(null), StringComparison.Ordinal);
        Assert.Contains($", but the envelope was saved with {Saved}; ", diagnostic.GetMessage(null), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_envelope_with_the_schema_of_its_code_is_not_reported()
    {
        var derived = Assert.Single(await AnalyzeAsync("Training", Saved)).GetMessage(null).Split(' ')[8].TrimEnd(',');
        Assert.StartsWith("sha256:", derived, StringComparison.Ordinal);
        Assert.Empty(await AnalyzeAsync("Training", derived));
    }

    [Fact]
    public async Task A_project_that_serves_no_envelope_is_not_reported() => Assert.Empty(await AnalyzeAsync("Training", ""));

    [Fact]
    public async Task A_model_that_is_not_there_is_left_to_the_compiler() => Assert.Empty(await AnalyzeAsync("Other", Saved));

    private static async Task<IReadOnlyList<Diagnostic>> AnalyzeAsync(string assembly, string fingerprint)
    {
        using var training = new MemoryStream();
        Assert.True(new TestSource(Model).Compile().Emit(training).Success);
        var reference = MetadataReference.CreateFromImage(training.ToArray());
        var service = CSharpCompilation.Create("Service", references: [.. TestSource.References, reference], options: new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
        return await TestSource.AnalyzeAsync(
            service, (KnownNames.ModelTypeProperty, "Tests.Model"), (KnownNames.ModelAssemblyProperty, assembly), (KnownNames.FingerprintProperty, fingerprint));
    }
}
