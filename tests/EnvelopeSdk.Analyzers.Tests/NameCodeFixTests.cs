using EnvelopeSdk.Analyzers.Tests.Harness;
using EnvelopeSdk.CodeFixes;

namespace EnvelopeSdk.Analyzers.Tests;

public class NameCodeFixTests
{
    [Theory]
    [InlineData("Diamond Price", "diamond-price")]
    [InlineData("DiamondPrice", "diamond-price")]
    [InlineData("diamond..price/2", "diamond.price-2")]
    [InlineData("größe", "grosse")]
    [InlineData("-a.-", "a")]
    [InlineData("цена", "diamond-model")]
    [InlineData("", "diamond-model")]
    public Task An_envelope_gets_a_name_like_its_wrong_one(string wrong, string right) => FixAsync(
        $$"""[EnvelopeModel("{{wrong}}")] public partial class DiamondModel { [Predict] public int Predict() => 1; }""",
        $$"""[EnvelopeModel("{{right}}")] public partial class DiamondModel { [Predict] public int Predict() => 1; }""");

    [Fact]
    public Task The_name_of_an_envelope_that_is_too_long_is_cut() => FixAsync(
        $$"""[EnvelopeModel("{{new string('a', 127)}}-b")] public partial class A { [Predict] public int Predict() => 1; }""",
        $$"""[EnvelopeModel("{{new string('a', 127)}}")] public partial class A { [Predict] public int Predict() => 1; }""");

    [Fact]
    public Task The_names_of_all_envelopes_are_fixed_wherever_the_attribute_stands() => FixAsync(
        """
        public partial class A { [Predict] public int Predict() => 1; }
        [EnvelopeModel(name: "A")] public partial class A;
        [EnvelopeModel("B")] public partial class B { [Predict] public int Predict() => 1; }
        """,
        """
        public partial class A { [Predict] public int Predict() => 1; }
        [EnvelopeModel("a")] public partial class A;
        [EnvelopeModel("b")] public partial class B { [Predict] public int Predict() => 1; }
        """);

    [Theory]
    [InlineData("""[Predict("Price Range")] public int A(int x) => x;""", """[Predict("price-range")] public int A(int x) => x;""")]
    [InlineData("""[Predict("price--range-")] public int A(int x) => x;""", """[Predict("price-range")] public int A(int x) => x;""")]
    [InlineData("""[Predict("health")] public int A(int x) => x;""", """[Predict("predict-health")] public int A(int x) => x;""")]
    [InlineData("""[Predict] public int Swagger(int x) => x;""", """[Predict("predict-swagger")] public int Swagger(int x) => x;""")]
    [InlineData("""[Predict] public int Predict__Price(int x) => x;""", """[Predict("predict-price")] public int Predict__Price(int x) => x;""")]
    [InlineData("""[Predict("Prédire")] public int Prédire(int x) => x;""", """[Predict("prédire")] public int Prédire(int x) => x;""")]
    [InlineData("""[Predict("Größe Schätzen!")] public int A(int x) => x;""", """[Predict("größe-schätzen")] public int A(int x) => x;""")]
    [InlineData("""[Predict("预测 价格")] public int A(int x) => x;""", """[Predict("预测-价格")] public int A(int x) => x;""")]
    [InlineData("""[Predict("मूल्य/२")] public int A(int x) => x;""", """[Predict("मूल्य-२")] public int A(int x) => x;""")]
    [InlineData("""[Predict("B")] public int A(int größe) => 1; [Predict] public int B(int x) => x;""", """[Predict("b-by-größe")] public int A(int größe) => 1; [Predict] public int B(int x) => x;""")]
    [InlineData("""[Predict("")] public int A(int x) => x;""", """[Predict("query")] public int A(int x) => x;""")]
    [InlineData("""[Predict("B")] public int A(int x) => x; [Predict] public int B(int x) => x;""", """[Predict("b-by-x")] public int A(int x) => x; [Predict] public int B(int x) => x;""")]
    [InlineData("""[Predict("B")] public int A() => 1; [Predict] public int B(int x) => x;""", """[Predict("b-2")] public int A() => 1; [Predict] public int B(int x) => x;""")]
    public Task A_query_gets_a_valid_name_like_its_wrong_one(string wrong, string right) => FixAsync(Class(wrong), Class(right));

    [Fact]
    public Task Queries_of_one_name_get_names_of_their_own_after_their_parameters() => FixAsync(
        Class(
            """
            [Predict] public int Predict(double x) => 1;
                [Predict] public int Predict(int x) => x;
                [Predict] public int Predict(string maxValue, int y) => y;
                [Predict] public int Predict(float x) => 2; // kept
                [Predict("predict-2")] public int Other() => 1;
            """),
        Class(
            """
            [Predict] public int Predict(double x) => 1;
                [Predict("predict-by-x")] public int Predict(int x) => x;
                [Predict("predict-by-max-value-y")] public int Predict(string maxValue, int y) => y;
                [Predict("predict-3")] public int Predict(float x) => 2; // kept
                [Predict("predict-2")] public int Other() => 1;
            """));

    [Fact]
    public Task An_override_that_has_its_name_from_its_base_has_no_fix() => CodeFixRun.AssertNoFixAsync<NameCodeFix>(
        """
        public abstract class Base { [Predict("Price")] public abstract int Predict(int x); }
        [EnvelopeModel("a")] public partial class Model : Base { public override int Predict(int x) => x; }
        """);

    private static string Class(string members) => $$"""[EnvelopeModel("a")] public partial class Model { {{members}} }""";

    private static Task FixAsync(string wrong, string right) => CodeFixRun.AssertFixesAsync<NameCodeFix>(wrong, right);
}
