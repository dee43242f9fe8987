namespace EnvelopeSdk.Serving.Tests;

/// <summary>Every call of every query passes the decorators.</summary>
public class DecoratorTests
{
    private static readonly string[] Wrapping =
    [
        "inner wraps each(last)", "outer wraps each(last)", "inner wraps predict(value, unit)",
        "outer wraps predict(value, unit)",
    ];

    private readonly List<string> _lines = [];

    [Fact]
    public async Task Each_query_is_wrapped_once_when_the_model_is_loaded_the_first_decorator_outermost()
    {
        using var served = await ServedMeter.OpenAsync();
        Assert.Empty(_lines);

        await LoadTwoAsync(served);
        await served.Predict!.InvokeAsync(new(1, "m"), default);
        await served.Predict!.InvokeAsync(new(2, "m"), default);

        Assert.Equal(Wrapping, _lines.Where(line => line.Contains("wraps", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_call_passes_from_the_outermost_to_the_model_and_back_with_its_types()
    {
        using var served = await ServedMeter.OpenAsync();
        await LoadTwoAsync(served);
        _lines.Clear();

        Assert.Equal(3, await served.Predict!.InvokeAsync(new(1.5, "m"), default));

        Assert.Equal(
            [
                "outer sees predict(0: Double 1.5, 1: String m)", "inner sees predict(0: Double 1.5, 1: String m)",
                "inner has Double 3", "outer has Double 3",
            ],
            _lines);
    }

    [Fact]
    public async Task A_stream_passes_as_one_call()
    {
        using var served = await ServedMeter.OpenAsync();
        await served.LoadAsync(new Witness("one", _lines));
        _lines.Clear();

        var items = new List<double>();
        await foreach (var item in await served.Each!.InvokeAsync(new(3), default))
        {
            items.Add(item);
        }

        Assert.Equal([2, 4, 6], items);
        Assert.Equal(["one sees each(0: Double 3)", "one has IAsyncEnumerable`1 "], _lines);
    }

    [Fact]
    public async Task A_decorator_can_change_the_answer()
    {
        using var served = await ServedMeter.OpenAsync();
        await served.LoadAsync(new Witness("outer", _lines), new Witness("inner", _lines) { Added = 10 });

        Assert.Equal(16, await served.Predict!.InvokeAsync(new(3, "m"), default));
        Assert.Contains("outer has Double 16", _lines);
        Assert.Contains("inner has Double 6", _lines);
    }

    [Fact]
    public async Task A_decorator_can_refuse_a_call_which_then_goes_no_further()
    {
        using var served = await ServedMeter.OpenAsync();
        var refusal = new InvalidOperationException("too many");
        await served.LoadAsync(new Witness("outer", _lines) { Refusal = refusal }, new Witness("inner", _lines));

        Assert.Same(refusal, await Assert.ThrowsAsync<InvalidOperationException>(
            async () => await served.Predict!.InvokeAsync(new(3, "m"), default)));
        Assert.DoesNotContain(_lines, line => line.StartsWith("inner sees", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_replayed_example_is_no_call()
    {
        using var served = await ServedMeter.OpenAsync(
            ServedMeter.Example("predict", """{"value":1,"unit":"m"}""", "2"),
            ServedMeter.Example("each", """{"last":2}""", "[2,4]"));

        Assert.Empty(await LoadTwoAsync(served));

        Assert.Equal(Wrapping, _lines);
    }

    private Task<IReadOnlyList<ReplayedExample>> LoadTwoAsync(ServedMeter served) =>
        served.LoadAsync(new Witness("outer", _lines), new Witness("inner", _lines));
}
