using System.Text.Json;
using EnvelopeSdk.Generators.Tests.Harness;
using EnvelopeSdk.Tests.Sources;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace EnvelopeSdk.Generators.Tests;

public class RefusedSignatureTests
{
    public static TheoryData<string> Wrong => [.. RuleCases.All.Where(one => one.Call.Length > 0).Select(one => one.ToString())];

    public static TheoryData<string> All => [.. RuleCases.All.Select(one => one.ToString())];

    [Theory]
    [MemberData(nameof(Wrong))]
    public void Calls_of_what_is_generated_compile_although_a_signature_is_refused(string name)
    {
        var one = RuleCases.Find(name);
        var caller =
            $$"""
            internal static class Caller
            {
                public static async System.Threading.Tasks.Task SaveAsync(Model model) => await Envelope.SaveAsync(model);

                public static unsafe object Call(Model model, int x) => {{one.Call}};
            }
            """;
        var run = GeneratorRun.Of(TestProject.Create("Training", TestReferences.Training, one.WrongSource, caller));

        var problems = TestProject.Problems(run.Compilation)
            .Where(problem => problem.Severity == DiagnosticSeverity.Error || problem.Location.GetLineSpan().Path.EndsWith(".g.cs", StringComparison.Ordinal))
            .Where(problem => !one.OwnErrors.Contains(problem.Id)).ToList();
        Assert.True(problems.Count == 0, string.Join("\n", problems.Take(5).Select(TestProject.Describe)));
        Assert.Equal(one.Served, Queries(run.Source));
    }

    [Theory]
    [MemberData(nameof(All))]
    public void The_nearest_correct_code_is_generated_and_compiles(string name) =>
        TestProject.AssertNoProblems(GeneratorRun.Of(TestProject.Create("Training", TestReferences.Training, RuleCases.Find(name).Right)).Compilation);

    [Theory]
    [MemberData(nameof(All))]
    public void A_mistake_never_stops_the_generator(string name) =>
        GeneratorRun.Of(TestProject.Create("Training", TestReferences.Training, RuleCases.Find(name).WrongSource));

    [Theory]
    [InlineData("int IPredictor.Predict(int x) => x;")]
    [InlineData("public static int operator +(Model a, Model b) => 1;")]
    public void A_marked_member_that_is_no_ordinary_method_does_no_harm(string member) => TestProject.AssertNoProblems(GeneratorRun.Of(TestProject.Create(
        "Training", TestReferences.Training,
        $$"""
        public interface IPredictor { int Predict(int x) => x; }
        [EnvelopeModel("test")] public partial class Model : IPredictor { [Predict] {{member}} }
        """)).Compilation);

    private static IEnumerable<string> Queries(string generated)
    {
        var literal = generated.Split("SchemaJson =>")[1].Split("u8;")[0].Trim();
        var schema = (string)SyntaxFactory.ParseToken(literal).Value!;
        return JsonDocument.Parse(schema).RootElement.GetProperty("queries").EnumerateArray().Select(query => query.GetProperty("name").GetString()!);
    }
}
