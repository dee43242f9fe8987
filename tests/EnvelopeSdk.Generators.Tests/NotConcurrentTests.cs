using EnvelopeSdk.Generators.Tests.Harness;

namespace EnvelopeSdk.Generators.Tests;

/// <summary>A service reads from the model's compiled assembly what may not run at once.</summary>
public class NotConcurrentTests
{
    [Theory]
    [InlineData("", "", "a", "b")]
    [InlineData("", "[NotConcurrent]", "a")]
    [InlineData("[NotConcurrent]", "")]
    [InlineData("[NotConcurrent]", "[NotConcurrent]")]
    public void The_binding_of_a_marked_method_and_of_each_of_a_marked_class_says_so(string onClass, string onMethod, params string[] concurrent)
    {
        var service = CompiledService.Of(CompiledModel.Of(Source(onClass, onMethod)));

        Assert.Equal(["a", "b"], service.Queries);
        Assert.Equal(concurrent, service.ConcurrentQueries);
        Assert.Equal("3", service.Answer("a", """{"x":3}"""));
    }

    [Theory]
    [InlineData("[NotConcurrent]", "")]
    [InlineData("", "[NotConcurrent]")]
    [InlineData("", "", "a")]
    public void The_mark_of_a_base_class_and_of_what_is_overridden_holds(string onClass, string onMethod, params string[] concurrent)
    {
        var service = CompiledService.Of(CompiledModel.Of(
            $$"""
            {{onClass}} public abstract class Base { [Predict] {{onMethod}} public abstract int A(int x); }
            [EnvelopeModel("test")] public partial class Model : Base { public override int A(int x) => x; }
            """));

        Assert.Equal(concurrent, service.ConcurrentQueries);
    }

    [Fact]
    public void The_mark_is_no_part_of_the_schema() => Assert.Equal(
        CompiledModel.Of(Source("", "")).Schema.Fingerprint, CompiledModel.Of(Source("[NotConcurrent]", "[NotConcurrent]")).Schema.Fingerprint);

    private static string Source(string onClass, string onMethod) =>
        $$"""
        [EnvelopeModel("test")]
        {{onClass}}
        public partial class Model
        {
            [Predict] public int A(int x) => x;

            [Predict]
            {{onMethod}}
            public int B(int x) => x;
        }
        """;
}
