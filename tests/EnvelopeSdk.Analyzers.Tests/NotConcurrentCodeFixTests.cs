using EnvelopeSdk.Analyzers.Tests.Harness;
using EnvelopeSdk.CodeFixes;

namespace EnvelopeSdk.Analyzers.Tests;

public class NotConcurrentCodeFixTests
{
    [Theory]
    [InlineData("[Predict]", "[Predict, NotConcurrent]")]
    [InlineData("[Predict(\"b\")]", "[Predict(\"b\"), NotConcurrent]")]
    [InlineData("[EnvelopeSdk.Predict]", "[EnvelopeSdk.Predict, EnvelopeSdk.NotConcurrent]")]
    [InlineData("[System.Obsolete, Predict()] ", "[System.Obsolete, Predict(), NotConcurrent] ")]
    public Task The_predict_method_is_marked(string wrong, string right) => FixAsync(
        $$"""[EnvelopeModel("a")] public partial class A { private int _x; {{wrong}} public int Predict(int x) => _x = x; }""",
        $$"""[EnvelopeModel("a")] public partial class A { private int _x; {{right}} public int Predict(int x) => _x = x; }""");

    [Fact]
    public Task All_predict_methods_that_reach_it_are_marked_once() => FixAsync(
        """
        [EnvelopeModel("a")]
        public partial class A
        {
            private readonly System.Random _random = new(1);
            private int _x;

            /// <summary>First.</summary>
            [Predict]
            public int First(int x) => Count(x) + _random.Next() + (_x += x);

            [Predict]
            public int Second(int x) => Count(x); // kept

            [Predict]
            public int Third(int x) => x;

            private int Count(int x)
            {
                _x++;
                return _x += x;
            }
        }
        """,
        """
        [EnvelopeModel("a")]
        public partial class A
        {
            private readonly System.Random _random = new(1);
            private int _x;

            /// <summary>First.</summary>
            [Predict, NotConcurrent]
            public int First(int x) => Count(x) + _random.Next() + (_x += x);

            [Predict, NotConcurrent]
            public int Second(int x) => Count(x); // kept

            [Predict]
            public int Third(int x) => x;

            private int Count(int x)
            {
                _x++;
                return _x += x;
            }
        }
        """);

    [Fact]
    public Task A_predict_method_in_another_file_is_marked() => FixAsync(
        $$"""
        [EnvelopeModel("a")] public partial class A { private int _x; private int Count(int x) => _x += x; }
        {{CodeFixRun.NextFile}}
        public partial class A { [Predict] public int Predict(int x) => Count(x); }
        """,
        $$"""
        [EnvelopeModel("a")] public partial class A { private int _x; private int Count(int x) => _x += x; }
        {{CodeFixRun.NextFile}}
        public partial class A { [Predict, NotConcurrent] public int Predict(int x) => Count(x); }
        """);

    [Fact]
    public Task An_override_without_a_mark_of_its_own_is_marked() => FixAsync(
        """
        public abstract class Base
        {
            [Predict] public abstract int Predict(int x);
        }

        [EnvelopeModel("a")]
        public partial class A : Base
        {
            private int _x;

            public override int Predict(int x) => _x = x;
        }
        """,
        """
        public abstract class Base
        {
            [Predict] public abstract int Predict(int x);
        }

        [EnvelopeModel("a")]
        public partial class A : Base
        {
            private int _x;

            [NotConcurrent]
            public override int Predict(int x) => _x = x;
        }
        """);

    private static Task FixAsync(string wrong, string right) => CodeFixRun.AssertFixesAsync<NotConcurrentCodeFix>(wrong, right);
}
