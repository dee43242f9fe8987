using EnvelopeSdk.Generators.Tests.Harness;

namespace EnvelopeSdk.Generators.Tests;

public class SortedTests
{
    /// <summary>A bell is no character to a culture: with its order, both keys would be the same, and the collection would throw.</summary>
    [Theory]
    [InlineData("SortedDictionary<string, int>", "{\"\":1,\"\\u0007\":2,\"Z\":3,\"a\":4}")]
    [InlineData("SortedList<string, int>", "{\"\":1,\"\\u0007\":2,\"Z\":3,\"a\":4}")]
    [InlineData("System.Collections.Immutable.ImmutableSortedDictionary<string, int>", "{\"\":1,\"\\u0007\":2,\"Z\":3,\"a\":4}")]
    [InlineData("SortedSet<string>", "[\"\",\"\\u0007\",\"Z\",\"a\"]")]
    [InlineData("System.Collections.Immutable.ImmutableSortedSet<string>", "[\"\",\"\\u0007\",\"Z\",\"a\"]")]
    public void Strings_are_told_apart_and_sorted_by_their_units_and_not_by_a_culture(string type, string json)
    {
        var model = CompiledModel.Of(new AcceptedType(type, "").Model);
        var service = CompiledService.Of(model);
        var trained = Activator.CreateInstance(model.Type, service.ReadValue(json))!;

        Assert.Equal(json, service.Answer(trained, "predict", $$"""{"value":{{json}}}"""));
    }
}
