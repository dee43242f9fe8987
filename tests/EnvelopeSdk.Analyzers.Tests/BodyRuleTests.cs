using System.Globalization;
using EnvelopeSdk.Analyzers.Tests.Bodies;
using EnvelopeSdk.Analyzers.Tests.Harness;
using Microsoft.CodeAnalysis;

namespace EnvelopeSdk.Analyzers.Tests;

public class BodyRuleTests
{
    public static TheoryData<string> Cases => [.. BodyCases.All.Select(one => one.ToString())];

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task A_mistake_is_reported_once_at_its_place_with_what_it_is_about(string name)
    {
        var one = BodyCases.Find(name);
        var source = new TestSource(one.Wrong);
        var diagnostic = Assert.Single(await AnalyzeAsync(source));
        Assert.Equal(one.Id, diagnostic.Id);
        Assert.Equal(string.Format(CultureInfo.InvariantCulture, diagnostic.Descriptor.MessageFormat.ToString(null), one.Arguments), diagnostic.GetMessage(null));
        Assert.Equal(source.Reported, diagnostic.Location.SourceSpan);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task The_nearest_correct_code_is_not_reported(string name) => Assert.Empty(await AnalyzeAsync(new TestSource(BodyCases.Find(name).Right)));

    [Fact]
    public async Task What_two_predict_methods_reach_is_reported_once_and_names_both_and_their_places()
    {
        var diagnostic = Assert.Single(await AnalyzeAsync(new TestSource(BodyCases.Class(
            """
            private int _x;
            [Predict] public int First(int x) => Count(x);
            [Predict, NotConcurrent] public int Marked(int x) => Count(x);
            [Predict] public int Second(int x) => Count(x) + Count(x);
            private int Count(int x) => _x += x;
            """))));

        Assert.StartsWith("'First' or 'Second' is called for several requests at once, and writes '_x', ", diagnostic.GetMessage(null), StringComparison.Ordinal);
        Assert.Equal(["First", "Second"], diagnostic.AdditionalLocations.Select(place => place.SourceTree!.GetText().ToString(place.SourceSpan)));
    }

    [Fact]
    public async Task Of_many_predict_methods_the_message_names_some()
    {
        var methods = string.Concat(Enumerable.Range(1, 5).Select(i => $"[Predict] public int P{i}(int x) => Count(x);"));
        var diagnostic = Assert.Single(await AnalyzeAsync(new TestSource(BodyCases.Class($"private int _x; private int Count(int x) => _x += x; {methods}"))));

        Assert.StartsWith("'P1', 'P2', 'P3' or 2 more is called", diagnostic.GetMessage(null), StringComparison.Ordinal);
        Assert.Equal(5, diagnostic.AdditionalLocations.Count);
    }

    [Fact]
    public async Task A_method_that_no_predict_method_reaches_is_not_reported() => Assert.Equal(["ENV0005"], (await AnalyzeAsync(new TestSource(BodyCases.Class(
        """
        private int _x;
        public Model() => _x = DateTime.Now.Year + File.ReadAllText("a").Length;
        public void Train(Task<int> task) => _x = task.Result + new Random().Next();
        [Predict] public int Predict(int x) => x;
        """)))).Select(one => one.Id));

    [Fact]
    public async Task A_class_that_is_no_model_is_not_reported() => Assert.Empty(await AnalyzeAsync(new TestSource(
        "public class Plain { private int _x; public int Predict(int x) => _x = x + DateTime.Now.Year; }")));

    [Theory]
    [InlineData("public abstract class Base { private int _x; [Predict] public int Predict(int x) => [|_x|]++; } [EnvelopeModel(\"a\")] public partial class Model : Base;")]
    [InlineData("public abstract class Base { protected int X; [Predict] public virtual int Predict(int x) => x; } [EnvelopeModel(\"a\")] public partial class Model : Base { public override int Predict(int x) => [|X|]++; }")]
    public async Task What_a_base_class_or_an_override_does_is_reported_once_in_its_own_class(string marked)
    {
        var source = new TestSource(marked);
        var diagnostic = Assert.Single(await AnalyzeAsync(source));
        Assert.Equal(("ENV0030", source.Reported), (diagnostic.Id, diagnostic.Location.SourceSpan));

        Assert.Empty(await AnalyzeAsync(new TestSource(source.Text.Replace("public abstract class", "[NotConcurrent] public abstract class", StringComparison.Ordinal))));
        Assert.Empty(await AnalyzeAsync(new TestSource(source.Text.Replace("[Predict]", "[Predict, NotConcurrent]", StringComparison.Ordinal))));
    }

    [Fact]
    public async Task All_parts_of_a_model_class_are_looked_at()
    {
        var project = new TestSource(BodyCases.Class("private int _x; [Predict] public int Predict(int x) { Count(); return x; } private partial void Count();")).Compile();
        project = project.AddSyntaxTrees(project.SyntaxTrees[0].WithChangedText(Microsoft.CodeAnalysis.Text.SourceText.From("public partial class Model { private partial void Count() => _x++; }")));

        Assert.Equal("ENV0030", Assert.Single(await TestSource.AnalyzeAsync(project)).Id);
    }

    /// <summary>What is not C# proves nothing about C#.</summary>
    private static async Task<IReadOnlyList<Diagnostic>> AnalyzeAsync(TestSource source)
    {
        var project = source.Compile();
        Assert.DoesNotContain(project.GetDiagnostics(), one => one.Severity == DiagnosticSeverity.Error && one.Id != "CS8795");
        return await TestSource.AnalyzeAsync(project);
    }
}
