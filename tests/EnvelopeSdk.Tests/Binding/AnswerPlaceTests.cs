using System.Text;
using System.Text.Json;
using EnvelopeSdk.Binding;
using EnvelopeSdk.Binding.Reading;
using EnvelopeSdk.Binding.Writing;

namespace EnvelopeSdk.Tests.Binding;

public sealed class AnswerPlaceTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("1", "")]
    [InlineData("[", "/0")]
    [InlineData("[1", "/1")]
    [InlineData("[1,", "/1")]
    [InlineData("[1,[2,3],[4", "/2/1")]
    [InlineData("[\"x", "/0")]
    [InlineData("{\"a\":", "/a")]
    [InlineData("{\"a\":1", "")]
    [InlineData("{\"a\":{\"b/~\":[true,{\"c\":[]", "/a/b~1~0/1")]
    [InlineData("{\"a\":[],\"b\":null,\"\\u00e4\":", "/ä")]
    [InlineData("{\"a\":1,\"b", "")]
    public void The_place_is_where_the_next_value_would_come(string written, string expected)
    {
        var output = new JsonOutput();
        output.WriteRaw(Encoding.UTF8.GetBytes(written));

        Assert.Equal(expected, output.Place);
    }

    [Fact]
    public void A_place_in_a_long_answer_is_found_without_copying_it()
    {
        var written = Encoding.UTF8.GetBytes($$"""["{{new string('x', 10_000_000)}}",{"a":12""");
        AnswerPlace.Of(written);
        var before = GC.GetAllocatedBytesForCurrentThread();

        Assert.Equal("/1", AnswerPlace.Of(written));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 100_000);
    }

    [Fact]
    public void A_long_place_is_cut() =>
        Assert.Equal("/" + new string('a', 199) + "...", AnswerPlace.Of(Encoding.UTF8.GetBytes($$"""{"{{new string('a', 300)}}":""")));

    [Fact]
    public void A_value_nested_too_deep_has_a_place() =>
        Assert.Equal(string.Concat(Enumerable.Repeat("/0", JsonInput.MaxDepth)), AnswerPlace.Of(Encoding.UTF8.GetBytes(new string('[', JsonInput.MaxDepth))));

    [Fact]
    public void An_example_whose_answer_cannot_be_written_says_where()
    {
        var failure = Assert.Throws<ModelAnswerException>(() => PredictionExample.Record("predict", JsonElement.Parse("{}"), output =>
        {
            output.WriteStartArray();
            output.WriteDouble(1);
            output.WriteDouble(double.NaN);
        }));

        Assert.EndsWith("It is at '/1'.", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_example_that_is_no_more_than_a_wrong_value_needs_no_place()
    {
        var failure = Assert.Throws<ModelAnswerException>(() => PredictionExample.Record("predict", JsonElement.Parse("{}"), output => output.WriteDouble(double.NaN)));

        Assert.DoesNotContain("It is at", failure.Message, StringComparison.Ordinal);
        Assert.Equal("1", JsonSerializer.Serialize(PredictionExample.Record("predict", JsonElement.Parse("{}"), output => output.WriteDouble(1)).Output));
    }
}
