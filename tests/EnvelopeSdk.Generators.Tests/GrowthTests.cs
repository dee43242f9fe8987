using System.Diagnostics;
using EnvelopeSdk.Generators.Parsing.Models;
using EnvelopeSdk.Generators.Parsing.Rules;
using EnvelopeSdk.Generators.Tests.Harness;
using Microsoft.CodeAnalysis;

namespace EnvelopeSdk.Generators.Tests;

/// <summary>Types that lead to ever more types are refused soon, by whichever part of the platform meets them.</summary>
public class GrowthTests
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(1);

    public static TheoryData<string, string> Endless => new()
    {
        { "Grow<int>", "public record Grow<T>(T V, Grow<List<T>>? Next);" },
        { "A<int>", "public record A<T>(B<T[]>? N); public record B<T>(A<T>? N);" },
        { "Perm<A, B, C, D, E, F, G>", $"public record Perm<A, B, C, D, E, F, G>(Perm<B, A, C, D, E, F, G>? X, Perm<B, C, D, E, F, G, A>? Y); {Letters}" },
        { "D0<int>", string.Concat(Enumerable.Range(0, 40).Select(i => $"public record D{i}<T>(D{i + 1}<(T A, T B)>? N);")) + "public record D40<T>(T V);" },
    };

    private const string Letters = "public record A; public record B; public record C; public record D; public record E; public record F; public record G;";

    [Theory]
    [MemberData(nameof(Endless))]
    public void A_model_is_refused_in_its_training_project_and_in_its_service(string type, string declarations)
    {
        var project = TestProject.Create("Training", TestReferences.Training, Source(type, declarations));
        Warm();
        var refusals = new List<Refusal>();
        AssertSoon(() => ModelParser.ParseSource(project.GetTypeByMetadataName("Model")!, refusals, default));
        Assert.Equal([RuleIds.EndlessValue], refusals.Select(refusal => refusal.RuleId).Distinct());

        using var image = new MemoryStream();
        Assert.True(project.Emit(image).Success);
        var compiled = TestProject.Create("Service", [.. TestReferences.Training, MetadataReference.CreateFromImage(image.ToArray())]);
        AssertSoon(() => Assert.Empty(ModelParser.ParseMetadata(compiled.GetTypeByMetadataName("Model")!, default).Queries));
    }

    [Fact]
    public void A_model_of_a_million_types_is_refused()
    {
        var pairs = Enumerable.Range(0, 20).Select(i => $"public record D{i}<T>(D{i + 1}<L<T>>? A, D{i + 1}<R<T>>? B);");
        var declarations = string.Concat(pairs) + "public record D20<T>(T V); public record L<T>(T V); public record R<T>(T V);";
        var project = TestProject.Create("Training", TestReferences.Training, Source("D0<int>", declarations));
        var refusals = new List<Refusal>();
        ModelParser.ParseSource(project.GetTypeByMetadataName("Model")!, refusals, default);
        Assert.Equal([RuleIds.EndlessValue], refusals.Select(refusal => refusal.RuleId).Distinct());
    }

    [Theory]
    [InlineData("Node<int>", "public record Node<T>(T V, Node<T>? Next);")]
    [InlineData("W<U0>", "public record W<T>(T? V); public record U0(W<List<U1>>? X); public record U1(W<List<List<U2>>>? X); public record U2(W<List<List<List<int>>>>? X);")]
    [InlineData("B<int>", "[JsonDerivedType(typeof(C), 1)] public abstract record B<T>(B<T[]>? N); public record C(int X) : B<int>(N: null);")]
    [InlineData("A<int>", "public record A<T>(T V) { [JsonIgnore] public A<T[]>? N { get; set; } internal A<List<T>>? M { get; set; } public static A<T[]>? S { get; set; } }")]
    public void Types_that_end_are_served(string type, string declarations) => AssertServed(type, declarations);

    [Fact]
    public void Deep_nesting_that_ends_is_served()
    {
        var deep = Enumerable.Range(0, 60).Aggregate("int", (inner, i) => i % 3 == 0 ? $"{inner}[]" : i % 3 == 1 ? $"Box<{inner}>" : $"List<{inner}>");
        AssertServed(deep, "public record Box<T>(T V);");
        AssertServed("D0", string.Concat(Enumerable.Range(0, 150).Select(i => $"public record D{i}(D{i + 1}? N);")) + "public record D150;");
    }

    private static void AssertServed(string type, string declarations)
    {
        var refusals = new List<Refusal>();
        var project = TestProject.Create("Training", TestReferences.Training, Source(type, declarations));
        Assert.Single(ModelParser.ParseSource(project.GetTypeByMetadataName("Model")!, refusals, default)!.Queries);
        Assert.Empty(refusals);
    }

    /// <summary>What is run for the first time is compiled first, which is not what is measured.</summary>
    private static void Warm() => AssertServed("Node<int>", "public record Node<T>(T V, Node<T>? Next);");

    private static void AssertSoon(Action action)
    {
        var watch = Stopwatch.StartNew();
        action();
        Assert.True(watch.Elapsed < Soon, $"It took {watch.Elapsed}.");
    }

    private static string Source(string type, string declarations) =>
        $$"""
        {{declarations}}
        [EnvelopeModel("test")] public partial class Model { [Predict] public int Predict({{type}} value) => 1; }
        """;
}
