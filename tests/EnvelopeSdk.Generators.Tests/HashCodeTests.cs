using EnvelopeSdk.Binding.Reading;
using EnvelopeSdk.Generators.Tests.Harness;

namespace EnvelopeSdk.Generators.Tests;

/// <summary>Values that a caller has chosen so that all have one hash code, each of which would be compared with all before it.</summary>
public class HashCodeTests
{
    private const string Refusal = "/value: Expected at most 1000 different values that have one hash code, got another value.";

    [Theory]
    [InlineData("System.Collections.Immutable.ImmutableHashSet<long>")]
    [InlineData("System.Collections.Immutable.IImmutableSet<long>")]
    public void Those_of_integers_are_refused_by_a_set_whose_order_they_make(string type) => AssertRefused(type, i => $"{i * ((1L << 32) + 1)}", i => $"{i}");

    [Theory]
    [InlineData("HashSet<Point>")]
    [InlineData("ISet<Point>")]
    [InlineData("IReadOnlySet<Point>")]
    [InlineData("System.Collections.Frozen.FrozenSet<Point>")]
    [InlineData("HashSet<Point?>")]
    public void Those_of_structures_are_refused(string type) => AssertRefused(type, i => Point(i, unchecked(i * 1521134295)), i => Point(i, 0));

    [Fact]
    public void Those_of_keys_are_refused_by_a_dictionary_whose_order_they_make()
    {
        var service = Service("System.Collections.Immutable.ImmutableDictionary<long, int>");
        static string Body(int count) => $$$"""{"value":{{{{string.Join(',', Enumerable.Range(1, count).Select(i => $"\"{i * ((1L << 32) + 1)}\":0"))}}}}}""";

        Assert.Equal("", service.Errors("predict", Body(JsonInput.MaxOfOneHashCode)));
        Assert.Equal(Refusal.Replace("values", "names", StringComparison.Ordinal), service.Errors("predict", Body(100_000)));
    }

    [Theory]
    [InlineData("HashSet<long>")]
    [InlineData("SortedSet<long>")]
    public void Where_a_seed_or_an_order_spreads_them_they_are_taken(string type) =>
        Assert.Equal("", Service(type).Errors("predict", Body(100_000, i => $"{i * ((1L << 32) + 1)}")));

    private static void AssertRefused(string type, Func<int, string> chosen, Func<int, string> spread)
    {
        var service = Service(type);
        Assert.Equal("", service.Errors("predict", Body(JsonInput.MaxOfOneHashCode, chosen)));
        Assert.Equal(Refusal, service.Errors("predict", Body(100_000, chosen)));
        Assert.Equal("", service.Errors("predict", Body(100_000, _ => chosen(7))));
        Assert.Equal("", service.Errors("predict", Body(100_000, spread)));
    }

    private static string Point(int x, int y) => $$"""{"x":{{x}},"y":{{y}}}""";

    private static string Body(int count, Func<int, string> value) => $$"""{"value":[{{string.Join(',', Enumerable.Range(0, count).Select(value))}}]}""";

    private static CompiledService Service(string type) => CompiledService.Of(CompiledModel.Of(
        $$"""
        public readonly record struct Point(int X, int Y);
        [EnvelopeModel("test")] public partial class Model { [Predict] public int Predict({{type}} value) => 1; }
        """));
}
