using EnvelopeSdk.Analyzers.Tests.Harness;
using EnvelopeSdk.CodeFixes;

namespace EnvelopeSdk.Analyzers.Tests;

public class OpenTypeCodeFixTests
{
    [Theory]
    [InlineData("object", "PredictAnswer")]
    [InlineData("dynamic", "PredictAnswer")]
    [InlineData("System.Object", "PredictAnswer")]
    [InlineData("object[]", "PredictAnswer[]")]
    [InlineData("System.Threading.Tasks.Task<object>", "System.Threading.Tasks.Task<PredictAnswer>")]
    [InlineData("System.Collections.Generic.Dictionary<string, object>", "System.Collections.Generic.Dictionary<string, PredictAnswer>")]
    [InlineData("(object Low, dynamic High)", "(PredictAnswer Low, PredictAnswer High)")]
    public Task A_record_is_declared_for_an_answer_that_could_be_anything(string wrong, string right) => FixAsync(
        $$"""
        [EnvelopeModel("a")]
        public partial class A
        {
            [Predict] public {{wrong}} Predict(int x) => throw new System.NotSupportedException();
        }
        """,
        $$"""
        [EnvelopeModel("a")]
        public partial class A
        {
            [Predict] public {{right}} Predict(int x) => throw new System.NotSupportedException();
        }

        public sealed record PredictAnswer(double Value);
        """);

    [Theory]
    [InlineData("object input", "PredictInput input")]
    [InlineData("System.Collections.Generic.List<object[]> input", "System.Collections.Generic.List<PredictInput[]> input")]
    [InlineData("params dynamic[] input", "params PredictInput[] input")]
    public Task A_record_is_declared_for_a_parameter_that_could_be_anything(string wrong, string right) => FixAsync(
        $$"""
        [EnvelopeModel("a")]
        public partial class A
        {
            [Predict] public int Predict({{wrong}}) => 1;
        }

        """,
        $$"""
        [EnvelopeModel("a")]
        public partial class A
        {
            [Predict] public int Predict({{right}}) => 1;
        }

        public sealed record PredictInput(double Value);

        """);

    [Fact]
    public Task A_parameter_and_an_answer_get_a_record_each() => FixAsync(
        """[EnvelopeModel("a")] public partial class A { [Predict] public object Predict(object row) => throw new System.NotSupportedException(); }""",
        """
        [EnvelopeModel("a")] public partial class A { [Predict] public PredictAnswer Predict(PredictRow row) => throw new System.NotSupportedException(); }

        public sealed record PredictRow(double Value);

        public sealed record PredictAnswer(double Value);
        """);

    [Fact]
    public Task Each_answer_gets_a_record_whose_name_is_free() => FixAsync(
        """
        namespace Models
        {
            [EnvelopeModel("a")]
            public partial class A
            {
                [Predict] public object First(int x) => throw new System.NotSupportedException();
                [Predict] public object Second(int x) => throw new System.NotSupportedException();
            }

            public sealed record FirstAnswer;
        }
        """,
        """
        namespace Models
        {
            [EnvelopeModel("a")]
            public partial class A
            {
                [Predict] public FirstAnswer2 First(int x) => throw new System.NotSupportedException();
                [Predict] public SecondAnswer Second(int x) => throw new System.NotSupportedException();
            }

            public sealed record SecondAnswer(double Value);

            public sealed record FirstAnswer2(double Value);

            public sealed record FirstAnswer;
        }
        """);

    [Fact]
    public Task A_body_that_returns_anything_is_left_to_its_author() => FixAsync(
        """
        [EnvelopeModel("a")] public partial class A { [Predict] public object Predict(int x) => x; }
        """,
        """
        [EnvelopeModel("a")] public partial class A { [Predict] public PredictAnswer Predict(int x) => x; }

        public sealed record PredictAnswer(double Value);
        """, compiles: false);

    [Fact]
    public Task Another_type_that_cannot_be_served_has_no_fix() => CodeFixRun.AssertNoFixAsync<OpenTypeCodeFix>(
        """public interface IAnswer; [EnvelopeModel("a")] public partial class A { [Predict] public IAnswer Predict(int x) => throw new System.NotSupportedException(); }""");

    [Theory]
    [InlineData("public interface IPredictor { int Predict(object x); } [EnvelopeModel(\"a\")] public partial class A : IPredictor { [Predict] public int Predict(object x) => 1; }")]
    [InlineData("public abstract class Base { [Predict] public abstract object Predict(int x); } [EnvelopeModel(\"a\")] public partial class A : Base { public override object Predict(int x) => x; }")]
    [InlineData("[EnvelopeModel(\"a\")] public partial class A { [Predict] public partial int Predict(object x); public partial int Predict(object x) => 1; }")]
    public Task Where_another_declaration_has_the_same_type_there_is_no_fix(string source) => CodeFixRun.AssertNoFixAsync<OpenTypeCodeFix>(source);

    private static Task FixAsync(string wrong, string right, bool compiles = true) => CodeFixRun.AssertFixesAsync<OpenTypeCodeFix>(wrong, right, compiles);
}
