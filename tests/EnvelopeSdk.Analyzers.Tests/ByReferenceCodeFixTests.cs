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

    [Theory]
    [InlineData("public abstract class Base { [Predict] public abstract int Predict(in int x); } [EnvelopeModel(\"a\")] public partial class A : Base { public override int Predict(in int x) => x; }")]
    [InlineData("public interface IPredictor { int Predict(in int x); } [EnvelopeModel(\"a\")] public partial class A : IPredictor { [Predict] public int Predict(in int x) => x; }")]
    [InlineData("[EnvelopeModel(\"a\")] public partial class A { [Predict] public virtual int Predict(in int x) => x; } public class B : A { public override int Predict(in int x) => 1; }")]
    [InlineData("[EnvelopeModel(\"a\")] public partial class A { [Predict] public partial int Predict(in int x); public partial int Predict(in int x) => x; }")]
    [InlineData("[EnvelopeModel(\"a\")] public partial class A { [Predict] public int Predict(ref int x) => x; public int Other(int y) => Predict(ref y); }")]
    [InlineData("[EnvelopeModel(\"a\")] public partial class A { [Predict] public int Predict(in int x) => x; }\n// next file\npublic static class Caller { public static int Call(A? model, int y) => model?.Predict(in y) ?? y; }")]
    [InlineData("public delegate int Reader(in int x); [EnvelopeModel(\"a\")] public partial class A { [Predict] public int Predict(in int x) => x; public Reader Read => Predict; }")]
    public Task Where_others_hold_to_the_reference_there_is_no_fix(string source) => CodeFixRun.AssertNoFixAsync<ByReferenceCodeFix>(source);

    [Fact]
    public Task A_call_without_a_modifier_passes_by_value_as_well() => FixAsync(
        """[EnvelopeModel("a")] public partial class A { [Predict] public int Predict(in int x) => x; public int Other(int y) => this.Predict(y) + nameof(Predict).Length; }""",
        """[EnvelopeModel("a")] public partial class A { [Predict] public int Predict(int x) => x; public int Other(int y) => this.Predict(y) + nameof(Predict).Length; }""");

    private static Task FixAsync(string wrong, string right) => CodeFixRun.AssertFixesAsync<ByReferenceCodeFix>(wrong, right);
}
