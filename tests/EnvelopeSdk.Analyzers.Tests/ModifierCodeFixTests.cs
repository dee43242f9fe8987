using EnvelopeSdk.Analyzers.Tests.Harness;
using EnvelopeSdk.CodeFixes;

namespace EnvelopeSdk.Analyzers.Tests;

/// <summary>Each fix is applied one by one, and as a whole in a document, a project and a solution.</summary>
public class ModifierCodeFixTests
{
    [Fact]
    public Task A_model_class_is_made_partial() => FixAsync(
        "[EnvelopeModel(\"a\")] public sealed class A { [Predict] public int Predict() => 1; }",
        "[EnvelopeModel(\"a\")] public sealed partial class A { [Predict] public int Predict() => 1; }");

    [Fact]
    public Task All_model_classes_are_made_partial() => FixAsync(
        """
        [EnvelopeModel("a")] public class A { [Predict] public int Predict() => 1; }
        [EnvelopeModel("b")] public record B(int X) { [Predict] public int Predict() => 1; }
        """,
        """
        [EnvelopeModel("a")] public partial class A { [Predict] public int Predict() => 1; }
        [EnvelopeModel("b")] public partial record B(int X) { [Predict] public int Predict() => 1; }
        """);

    [Theory]
    [InlineData("internal ")]
    [InlineData("private ")]
    [InlineData("protected internal ")]
    [InlineData("")]
    public Task A_predict_method_is_made_public(string accessibility) => FixAsync(
        $$"""[EnvelopeModel("a")] public partial class A { [Predict] {{accessibility}}int Predict(int x) => x; }""",
        """[EnvelopeModel("a")] public partial class A { [Predict] public int Predict(int x) => x; }""");

    [Fact]
    public Task A_predict_method_is_made_an_instance_method() => FixAsync(
        """[EnvelopeModel("a")] public partial class A { [Predict] public static int Predict(int x) => x; }""",
        """[EnvelopeModel("a")] public partial class A { [Predict] public int Predict(int x) => x; }""");

    [Fact]
    public Task All_predict_methods_are_fixed() => FixAsync(
        """
        [EnvelopeModel("a")]
        public partial class A
        {
            /// <summary>First.</summary>
            [Predict]
            internal int First(int x) => x;

            [Predict]
            private int Second(int x) => x; // kept
        }
        """,
        """
        [EnvelopeModel("a")]
        public partial class A
        {
            /// <summary>First.</summary>
            [Predict]
            public int First(int x) => x;

            [Predict]
            public int Second(int x) => x; // kept
        }
        """);

    [Theory]
    [InlineData("public class Base { [Predict] protected virtual int Predict(int x) => x; } [EnvelopeModel(\"a\")] public partial class A : Base { protected override int Predict(int x) => x; }")]
    [InlineData("[EnvelopeModel(\"a\")] public partial class A { [Predict] internal virtual int Predict(int x) => x; } public class B : A { internal override int Predict(int x) => 1; }")]
    [InlineData("[EnvelopeModel(\"a\")] public partial class A { [Predict] internal partial int Predict(int x); internal partial int Predict(int x) => x; }")]
    [InlineData("public interface IPredictor { int Predict(int x); } [EnvelopeModel(\"a\")] public partial class A : IPredictor { [Predict] int IPredictor.Predict(int x) => x; }")]
    public Task A_method_that_another_declaration_has_to_match_is_not_made_public(string source) => CodeFixRun.AssertNoFixAsync<ModifierCodeFix>(source);

    [Theory]
    [InlineData("public static int Other() => Predict(1);")]
    [InlineData("public int Other() => A.Predict(1);")]
    [InlineData("public int Other = Predict(1);")]
    [InlineData("public int Other() { static int Get() => Predict(1); return Get(); }")]
    [InlineData("} public static class Caller { public static int Call(A model) => A.Predict(1);")]
    public Task A_static_method_that_is_called_without_a_model_stays_static(string caller) => CodeFixRun.AssertNoFixAsync<ModifierCodeFix>(
        $$"""[EnvelopeModel("a")] public partial class A { [Predict] public static int Predict(int x) => x; {{caller}} }""");

    [Theory]
    [InlineData("public int Other() => Predict(1);")]
    [InlineData("public int Other { get { int Get() => Predict(1); return Get(); } }")]
    [InlineData("public static string Name => nameof(Predict);")]
    public Task A_static_method_that_the_model_calls_is_made_an_instance_method(string caller) => FixAsync(
        $$"""[EnvelopeModel("a")] public partial class A { [Predict] public static int Predict(int x) => x; {{caller}} }""",
        $$"""[EnvelopeModel("a")] public partial class A { [Predict] public int Predict(int x) => x; {{caller}} }""");

    private static Task FixAsync(string wrong, string right) => CodeFixRun.AssertFixesAsync<ModifierCodeFix>(wrong, right);
}
