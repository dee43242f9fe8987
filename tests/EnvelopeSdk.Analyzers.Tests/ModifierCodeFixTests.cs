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

    private static Task FixAsync(string wrong, string right) => CodeFixRun.AssertFixesAsync<ModifierCodeFix>(wrong, right);
}
