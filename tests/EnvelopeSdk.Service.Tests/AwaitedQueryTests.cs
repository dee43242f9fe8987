namespace EnvelopeSdk.Service.Tests;

[Collection(nameof(Doubler))]
public sealed class AwaitedQueryTests
{
    [Fact]
    public async Task A_query_that_is_awaited_answers_one_call_and_a_batch_in_order()
    {
        await using var service = await DoublerService.StartAsync();

        Assert.Equal((200, "application/json", "42"), await service.PostAsync("""{"value":21}""", route: "wait"));
        Assert.Equal((200, "application/json", "[2,4,6]"), await service.PostAsync("""[{"value":1},{"value":2},{"value":3}]""", route: "wait/batch"));
    }

    [Fact]
    public async Task A_failure_behind_the_first_wait_is_a_problem_that_names_the_row()
    {
        await using var service = await DoublerService.StartAsync();

        var (status, mediaType, body) = await service.PostAsync("""[{"value":1},{"value":0}]""", route: "wait/batch");

        Assert.Equal((500, "application/problem+json"), (status, mediaType));
        Assert.Contains("\"pointer\":\"/1\"", body, StringComparison.Ordinal);
        Assert.DoesNotContain("zero", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_caller_that_goes_away_cancels_the_call_and_leaves_a_sound_service()
    {
        await using var service = await DoublerService.StartAsync();
        using var leaving = new CancellationTokenSource();
        using var body = new StringContent("""{"value":-1}""", new System.Net.Http.Headers.MediaTypeHeaderValue("application/json"));
        var call = service.Http.PostAsync(new Uri("wait", UriKind.Relative), body, leaving.Token);
        await Doubler.Waiting.Task.WaitAsync(TimeSpan.FromSeconds(10));

        await leaving.CancelAsync();

        await Assert.ThrowsAsync<TaskCanceledException>(() => call);
        await Doubler.CancelledCalls.Task.WaitAsync(TimeSpan.FromSeconds(10));
        Assert.Equal((200, "application/json", "42"), await service.PostAsync("""{"value":21}""", route: "wait"));
        Assert.Empty(service.Warnings.Messages);
    }
}
