namespace EnvelopeSdk.Service.Tests;

/// <summary>Calls of queries that are bound as not concurrent, over real HTTP. Each answers how many ran at once.</summary>
[Collection(nameof(Doubler))]
public sealed class NotConcurrentTests
{
    [Fact]
    public async Task Calls_of_a_query_without_the_mark_overlap()
    {
        await using var service = await DoublerService.StartAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => service.PostAsync("""{"value":500}""", route: "count")));

        Assert.All(answers, answer => Assert.Equal(200, answer.Status));
        Assert.Contains(answers, answer => answer.Body != "1");
    }

    [Fact]
    public async Task Calls_of_marked_queries_of_a_model_run_one_at_a_time()
    {
        await using var service = await DoublerService.StartAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(i => i % 3 == 0
            ? service.PostAsync("""[{"value":20},{"value":0},{"value":20}]""", route: "count-in-turn/batch")
            : service.PostAsync("""{"value":20}""", route: i % 3 == 1 ? "count-in-turn" : "count-in-turn-too")));

        Assert.All(answers, answer => Assert.Equal(200, answer.Status));
        Assert.All(answers, answer => Assert.True(answer.Body is "1" or "[1,1,1]", answer.Body));
    }

    [Fact]
    public async Task A_call_waits_for_a_row_of_a_batch_and_not_for_the_batch()
    {
        await using var service = await DoublerService.StartAsync();
        var begun = Doubler.Begun;
        var batch = service.PostAsync($"[{string.Join(',', Enumerable.Repeat("""{"value":100}""", 50))}]", route: "count-in-turn/batch");
        await WaitForBegunAsync(begun + 1);

        Assert.Equal((200, "application/json", "1"), await service.PostAsync("""{"value":0}""", route: "count-in-turn"));

        Assert.False(batch.IsCompleted);
        Assert.Equal(200, (await batch).Status);
    }

    [Fact]
    public async Task A_caller_that_goes_away_while_it_waits_is_never_called_for_and_keeps_no_turn()
    {
        await using var service = await DoublerService.StartAsync();
        var begun = Doubler.Begun;
        var running = service.PostAsync("""{"value":1000}""", route: "count-in-turn");
        await WaitForBegunAsync(begun + 1);
        using var leaving = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));
        using var body = new StringContent("""{"value":0}""", new System.Net.Http.Headers.MediaTypeHeaderValue("application/json"));

        await Assert.ThrowsAsync<TaskCanceledException>(() => service.Http.PostAsync(new Uri("count-in-turn", UriKind.Relative), body, leaving.Token));

        Assert.False(running.IsCompleted);
        Assert.Equal(200, (await running).Status);
        Assert.Equal((200, "application/json", "1"), await service.PostAsync("""{"value":0}""", route: "count-in-turn"));
        Assert.Equal(begun + 2, Doubler.Begun);
        Assert.Empty(service.Warnings.Messages);
    }

    [Fact]
    public async Task A_call_that_fails_gives_its_turn_away()
    {
        await using var service = await DoublerService.StartAsync();

        Assert.Equal(500, (await service.PostAsync("""{"value":-1}""", route: "count-in-turn")).Status);
        Assert.Equal((200, "application/json", "1"), await service.PostAsync("""{"value":0}""", route: "count-in-turn"));
    }

    private static async Task WaitForBegunAsync(int calls)
    {
        while (Doubler.Begun < calls)
        {
            await Task.Delay(1);
        }
    }
}
