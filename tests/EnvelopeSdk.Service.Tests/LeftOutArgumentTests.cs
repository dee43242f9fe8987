namespace EnvelopeSdk.Service.Tests;

/// <summary>Lists of arguments are used again for the next batch; none of what was in them may be seen by it.</summary>
public sealed class LeftOutArgumentTests(OrdersService service) : IClassFixture<OrdersService>
{
    [Theory]
    [InlineData("""{"amount":7}""", "7 2  True 1")]
    [InlineData("""{ "amount" : 7 }""", "7 2  True 1")]
    [InlineData("""{"amount":7,"discount":null}""", "7 2  True 1")]
    [InlineData("""{"discount":null,"amount":7}""", "7 2  True 1")]
    [InlineData("""{"amount":7,"gift":false}""", "7 2  False 1")]
    [InlineData("""{"gift":false,"amount":7}""", "7 2  False 1")]
    [InlineData("""{"amount":7,"each":5}""", "7 5  True 1")]
    [InlineData("""{"discount":0.5,"amount":7}""", "7 2 0.5 True 1")]
    public async Task An_argument_that_is_left_out_has_its_default_and_not_what_the_batch_before_had(string row, string expected)
    {
        const string Full = """{"amount":1,"each":3,"discount":0.25,"gift":false}""";
        const int Rows = 20;

        await service.AskAsync("echo/batch", Batch(Full, Rows));
        var batch = await service.AskAsync("echo/batch", Batch(row, Rows));
        await service.AskAsync("echo", Full);
        var one = await service.AskAsync("echo", row);

        Assert.Equal(Batch($"\"{expected}\"", Rows), batch);
        Assert.Equal($"\"{expected}\"", one);
    }

    [Fact]
    public async Task A_batch_behind_one_that_was_refused_has_nothing_of_it()
    {
        await service.AskAsync("echo/batch", """[{"amount":1,"each":3,"discount":0.25,"gift":false},{"amount":"x"}]""");

        Assert.Equal("[\"7 2  True 1\"]", await service.AskAsync("echo/batch", """[{"amount":7}]"""));
    }

    private static string Batch(string item, int count) => $"[{string.Join(',', Enumerable.Repeat(item, count))}]";
}
