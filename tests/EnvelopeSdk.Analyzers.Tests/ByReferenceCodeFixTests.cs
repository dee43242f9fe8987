using EnvelopeSdk.Analyzers.Tests.Harness;
using EnvelopeSdk.CodeFixes;

namespace EnvelopeSdk.Analyzers.Tests;

public class ByReferenceCodeFixTests
{
    [Theory]
    [InlineData("ref")]
    [InlineData("in")]
    [InlineData("ref readonly")]
    [InlineData("scoped ref")]
    public Task A_parameter_is_passed_by_value(string modifier) => FixAsync(
        $$"""[EnvelopeModel("a")] public partial class A { [Predict] public int Predict({{modifier}} int x) => x; }""",
        """[EnvelopeModel("a")] public partial class A { [Predict] public int Predict(int x) => x; }""");

    [Fact]
    public Task All_parameters_are_passed_by_value_and_the_rest_is_kept() => FixAsync(
        """
        [EnvelopeModel("a")]
        public partial class A
        {
            [Predict]
            public int Predict(
                ref int x, // kept
                [System.ComponentModel.Description("y")] in int y,
                /* z */ ref readonly int z) => x + y + z;
        }
        """,
        """
        [EnvelopeModel("a")]
        public partial class A
        {
            [Predict]
            public int Predict(
                int x, // kept
                [System.ComponentModel.Description("y")] int y,
                /* z */ int z) => x + y + z;
        }
        """);

    [Fact]
    public Task What_an_out_parameter_gives_back_is_left_to_its_author() => CodeFixRun.AssertNoFixAsync<ByReferenceCodeFix>(
        """[EnvelopeModel("a")] public partial class A { [Predict] public int Predict(int x, out int y) => y = x; }""");

    private static Task FixAsync(string wrong, string right) => CodeFixRun.AssertFixesAsync<ByReferenceCodeFix>(wrong, right);
}
