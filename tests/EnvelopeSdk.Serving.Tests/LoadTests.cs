using EnvelopeSdk.Schema;

namespace EnvelopeSdk.Serving.Tests;

public class LoadTests
{
    [Fact]
    public async Task Nothing_is_served_before_the_model_is_loaded()
    {
        using var served = await ServedMeter.OpenAsync();
        Assert.Null(served.Predict);
        Assert.Null(served.Each);
        Assert.False(served.Model.IsLoaded);
        Assert.Equal(["each", "predict"], served.Model.Queries.Select(query => query.Name));

        await served.LoadAsync();

        Assert.True(served.Model.IsLoaded);
        Assert.Equal(6, await served.Predict!.InvokeAsync(new(3, "m"), default));
    }

    [Fact]
    public async Task Nothing_is_served_while_examples_are_replayed()
    {
        using var served = await ServedMeter.OpenAsync(ServedMeter.Example("predict", """{"value":1,"unit":"m"}""", "2"));
        await served.LoadAsync(new Onlooker(() => Assert.Null(served.Predict)));

        Assert.NotNull(served.Predict);
    }

    [Fact]
    public async Task Nothing_is_served_when_a_decorator_fails_to_wrap_a_query()
    {
        using var served = await ServedMeter.OpenAsync();

        await Assert.ThrowsAsync<InvalidOperationException>(
            () => served.LoadAsync(new Onlooker(() => throw new InvalidOperationException("cannot wrap"))));

        Assert.Null(served.Predict);
        Assert.False(served.Model.IsLoaded);
    }

    [Fact]
    public async Task An_example_that_is_answered_otherwise_is_reported_with_the_answer()
    {
        var different = ServedMeter.Example("predict", """{"value":3,"unit":"m"}""", "5");
        using var served = await ServedMeter.OpenAsync(
            ServedMeter.Example("predict", """{"value":1,"unit":"m"}""", "2.0"), different,
            ServedMeter.Example("each", """{"last":2}""", "[2,4]"), ServedMeter.Example("each", """{"last":1}""", "[1]"));

        var reported = await served.LoadAsync();

        Assert.Equal(["6", "[2]"], reported.Select(one => one.Answer));
        Assert.Equal("5", reported[0].Recorded.Output.GetRawText());
        Assert.All(reported, one => Assert.Null(one.Failure));
        Assert.True(served.Model.IsLoaded);
    }

    [Fact]
    public async Task An_example_that_the_model_fails_to_answer_is_reported_with_the_failure()
    {
        using var served = await ServedMeter.OpenAsync(
            ServedMeter.Example("predict", """{"value":-1,"unit":"m"}""", "2"),
            ServedMeter.Example("predict", """{"value":1,"unit":"m"}""", "2"));

        var reported = Assert.Single(await served.LoadAsync());

        Assert.Null(reported.Answer);
        Assert.IsType<ArgumentOutOfRangeException>(reported.Failure);
        Assert.Equal("-1", reported.Recorded.Input.GetProperty("value").GetRawText());
        Assert.True(served.Model.IsLoaded);
    }

    [Theory]
    [InlineData("Microsoft.AspNetCore")]
    [InlineData("Microsoft.Extensions")]
    public void The_room_stands_on_no_part_of_ASP_NET(string name) => Assert.DoesNotContain(
        typeof(ServedModel).Assembly.GetReferencedAssemblies(),
        assembly => assembly.Name!.StartsWith(name, StringComparison.Ordinal));

    /// <summary>Looks while queries are wrapped.</summary>
    private sealed class Onlooker(Action look) : ICallDecorator
    {
        public IQueryCall<TArguments, TAnswer> Decorate<TArguments, TAnswer>(
            QuerySchema query, IQueryCall<TArguments, TAnswer> inner)
            where TArguments : struct
        {
            look();
            return inner;
        }
    }
}
