using EnvelopeSdk.Analyzers.Tests.Harness;
using EnvelopeSdk.Generators.Parsing.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace EnvelopeSdk.Analyzers.Tests;

public class LanguageVersionTests
{
    private const string Model = "namespace Old { [EnvelopeModel(\"a\")] public partial class [|Model|] { [Predict] public int Predict(int x) { return x; } } }";

    [Theory]
    [InlineData(LanguageVersion.CSharp10, "10.0")]
    [InlineData(LanguageVersion.CSharp11, "11.0")]
    public async Task A_model_class_in_an_older_version_of_the_language_is_told_so_and_nothing_else(LanguageVersion version, string shown)
    {
        var source = new TestSource(Model) { Version = version };
        var diagnostic = Assert.Single(await TestSource.AnalyzeAsync(source.Compile()));
        Assert.Equal((RuleIds.LanguageTooOld, source.Reported), (diagnostic.Id, diagnostic.Location.SourceSpan));
        Assert.Equal($"'Model' is compiled as C# {shown}, and the part of it that is generated is written in C# 12; leave LangVersion out of the project, or set it to 12 or later", diagnostic.GetMessage(null));
        Assert.DoesNotContain(TestSource.Generate(source.Compile()).GetDiagnostics(), one => one.Severity == DiagnosticSeverity.Error);
    }

    [Theory]
    [InlineData(LanguageVersion.CSharp12)]
    [InlineData(LanguageVersion.CSharp13)]
    [InlineData(LanguageVersion.Latest)]
    public async Task A_model_class_in_a_version_that_generated_code_is_written_in_is_not_reported(LanguageVersion version)
    {
        var source = new TestSource(Model.Replace("Model|]", "Model|](double[] weights)", StringComparison.Ordinal).Replace("return x", "return x + weights.Length", StringComparison.Ordinal)) { Version = version };
        Assert.Empty(await TestSource.AnalyzeAsync(source.Compile()));
        Assert.DoesNotContain(TestSource.Generate(source.Compile()).GetDiagnostics(), one => one.Severity == DiagnosticSeverity.Error);
    }

    [Fact]
    public async Task A_project_without_models_may_be_in_any_version() =>
        Assert.Empty(await TestSource.AnalyzeAsync(new TestSource("public class Other { }") { Version = LanguageVersion.CSharp10 }.Compile()));
}
