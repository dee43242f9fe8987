using EnvelopeSdk.Analyzers.Tests.Harness;
using EnvelopeSdk.Generators.Parsing;
using EnvelopeSdk.Tests.Sources;
using Microsoft.CodeAnalysis;

namespace EnvelopeSdk.Analyzers.Tests;

public class ModelRuleTests
{
    public static TheoryData<string> Cases => [.. RuleCases.All.Select(one => one.ToString())];

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task A_mistake_is_reported_once_at_its_place_with_what_it_is_about(string name)
    {
        var one = RuleCases.Find(name);
        var source = new TestSource(one.Wrong);
        var diagnostic = Assert.Single(await TestSource.AnalyzeAsync(source.Compile()));
        var descriptor = new EnvelopeModelAnalyzer().SupportedDiagnostics.Single(rule => rule.Id == one.Id);
        Assert.Equal(one.Id, diagnostic.Id);
        Assert.Equal(Message(descriptor.MessageFormat.ToString(null), one.Arguments), diagnostic.GetMessage(null));
        Assert.Equal(source.Reported, diagnostic.Location.SourceSpan);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task The_nearest_correct_code_is_not_reported(string name) =>
        Assert.Empty(await TestSource.AnalyzeAsync(new TestSource(RuleCases.Find(name).Right).Compile()));

    [Fact]
    public void Every_rule_of_the_analyzer_has_a_case() => Assert.Equal(
        new EnvelopeModelAnalyzer().SupportedDiagnostics.Select(rule => rule.Id), RuleCases.All.Select(one => one.Id).Distinct().Order(StringComparer.Ordinal));

    [Fact]
    public async Task Several_mistakes_are_reported_each()
    {
        var source = new TestSource("[EnvelopeModel(\"A\")] public abstract class Model(object state) { [Predict] internal static void Predict(ref int x, object y) { } }");
        var reported = (await TestSource.AnalyzeAsync(source.Compile())).Select(one => one.Id).Order(StringComparer.Ordinal);
        Assert.Equal(
            [RuleIds.ClassNotPartial, RuleIds.ClassNotServable, RuleIds.InvalidEnvelopeName, RuleIds.StateNotStorable, RuleIds.OpenType, RuleIds.ByReferenceParameter, RuleIds.NothingReturned, RuleIds.MethodNotPublic, RuleIds.StaticMethod],
            reported);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_mistake_in_a_base_class_of_another_project_is_reported_at_the_model_class(bool isCompiled)
    {
        var library = new TestSource("public class Base { [Predict] public int Predict(object x) => 1; }").Compile("Library");
        using var image = new MemoryStream();
        Assert.True(library.Emit(image).Success);
        var source = new TestSource("[EnvelopeModel(\"a\")] public partial class [|Model|] : Base;");
        var diagnostic = Assert.Single(await TestSource.AnalyzeAsync(source.Compile("Training", isCompiled ? MetadataReference.CreateFromImage(image.ToArray()) : library.ToMetadataReference())));
        Assert.Equal((RuleIds.OpenType, source.Reported), (diagnostic.Id, diagnostic.Location.SourceSpan));
    }

    [Fact]
    public async Task A_static_class_cannot_be_a_model()
    {
        var source = new TestSource("[EnvelopeModel(\"a\")] public static partial class [|Model|] { [Predict] public static int Predict(int x) => x; }");
        var diagnostics = await TestSource.AnalyzeAsync(source.Compile());
        var diagnostic = Assert.Single(diagnostics, one => one.Id == RuleIds.ClassNotServable);
        Assert.Equal(source.Reported, diagnostic.Location.SourceSpan);
        Assert.Contains("is static", diagnostic.GetMessage(null), StringComparison.Ordinal);
    }

    private static string Message(string format, object[] arguments) => string.Format(System.Globalization.CultureInfo.InvariantCulture, format, arguments);
}
