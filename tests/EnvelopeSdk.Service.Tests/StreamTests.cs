using System.Threading.Channels;

namespace EnvelopeSdk.Service.Tests;

/// <summary>Answers that come item by item.</summary>
[Collection(nameof(Doubler))]
public sealed class StreamTests
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(10);

    [Theory]
    [InlineData(null, "2\n", "4\n", "6\n")]
    [InlineData("text/event-stream", "data: 2\n\n", "data: 4\n\n", "data: 6\n\n")]
    public async Task An_item_arrives_before_the_next_one_is_made(string? accept, params string[] expected)
    {
        await using var service = await StartAsync();
        await Doubler.Feed.Writer.WriteAsync(1);
        using var response = await service.OpenAsync("follow", """{"value":0}""", accept).WaitAsync(Soon);
        await using var body = await response.Content.ReadAsStreamAsync();
        for (var i = 0; i < expected.Length; i++)
        {
            var item = new byte[expected[i].Length];
            await body.ReadExactlyAsync(item).AsTask().WaitAsync(Soon);
            Assert.Equal(expected[i], System.Text.Encoding.UTF8.GetString(item));
            Assert.False(Doubler.Disposed.Task.IsCompleted);
            await Doubler.Feed.Writer.WriteAsync(i + 2);
        }

        Doubler.Feed.Writer.Complete();
        await Doubler.Disposed.Task.WaitAsync(Soon);
        Assert.Equal((200, "no-store, no-cache"), ((int)response.StatusCode, response.Headers.CacheControl?.ToString()));
    }

    [Theory]
    [InlineData("enumerate", "application/jsonl", "")]
    [InlineData("enumerate", "text/event-stream", "")]
    [InlineData("enumerate", "application/json", "[]")]
    public async Task A_stream_without_items_is_a_whole_answer(string route, string accept, string expected)
    {
        await using var service = await StartAsync();
        using var response = await service.OpenAsync(route, """{"value":0}""", accept);

        Assert.Equal((200, accept, expected), ((int)response.StatusCode, response.Content.Headers.ContentType?.MediaType, await response.Content.ReadAsStringAsync()));
    }

    [Fact]
    public async Task A_batch_answers_the_items_of_each_call_as_an_array()
    {
        await using var service = await StartAsync();

        Assert.Equal((200, "application/json", "[[2],[],[2,4,6]]"), await service.PostAsync("""[{"value":1},{"value":0},{"value":3}]""", route: "enumerate/batch"));
    }

    [Fact]
    public async Task A_wrong_body_is_refused_before_the_stream_begins()
    {
        await using var service = await StartAsync();

        var (status, type, body) = await service.PostAsync("""{"value":"1"}""", route: "enumerate");

        Assert.Equal((400, "application/problem+json"), (status, type));
        Assert.Contains("\"pointer\":\"/value\"", body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, "application/jsonl")]
    [InlineData(0, "text/event-stream")]
    [InlineData(1, "application/json")]
    public async Task A_failure_before_anything_is_sent_is_a_problem_with_status_500(double first, string accept)
    {
        await using var service = await StartAsync();
        Doubler.Feed.Writer.Complete(new InvalidOperationException("secret"));

        using var response = await service.OpenAsync("follow", $$"""{"value":{{first}}}""", accept);
        var body = await response.Content.ReadAsStringAsync();

        Assert.Equal((500, "application/problem+json"), ((int)response.StatusCode, response.Content.Headers.ContentType?.MediaType));
        Assert.Contains(":model-failed", body, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", body, StringComparison.Ordinal);
        Assert.Contains("The model failed to answer the query follow. secret", Assert.Single(service.Warnings.Messages), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_item_that_JSON_cannot_carry_is_a_problem_when_it_is_the_first()
    {
        await using var service = await StartAsync();

        using var response = await service.OpenAsync("follow", """{"value":1e308}""");

        Assert.Equal(500, (int)response.StatusCode);
        Assert.Contains(":answer-not-writable", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        await Doubler.Disposed.Task.WaitAsync(Soon);
    }

    [Fact]
    public async Task The_log_says_where_in_an_answer_it_is_that_JSON_cannot_carry()
    {
        await using var service = await StartAsync();

        Assert.Equal(500, (await service.PostAsync("""[{"value":1},{"value":1e308}]""", route: "predict/batch")).Status);

        Assert.Contains("The model failed to answer the query predict/1: what it answered at '/1' cannot be sent.", Assert.Single(service.Warnings.Messages), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_failure_behind_the_first_item_leaves_lines_without_their_end()
    {
        await using var service = await StartAsync();
        Doubler.Feed.Writer.Complete(new InvalidOperationException("secret"));

        using var response = await service.OpenAsync("follow", """{"value":1}""");
        using var lines = new StreamReader(await response.Content.ReadAsStreamAsync());

        Assert.Equal("2", await lines.ReadLineAsync());
        await Assert.ThrowsAsync<HttpIOException>(async () => await lines.ReadLineAsync());
        Assert.Contains(service.Warnings.Messages, message => message.Contains("The model failed to answer the query follow. secret", StringComparison.Ordinal));
        await Doubler.Disposed.Task.WaitAsync(Soon);
        Assert.Equal((200, "application/json", "42"), await service.PostAsync("""{"value":21}"""));
    }

    /// <summary>HTTP/1.0 has no chunks: where a connection ends in order, so does the answer.</summary>
    [Fact]
    public async Task A_failure_behind_the_first_item_resets_a_connection_of_HTTP_1_0()
    {
        await using var service = await StartAsync();
        using var client = new System.Net.Sockets.TcpClient(service.Http.BaseAddress!.Host, service.Http.BaseAddress.Port);
        await client.GetStream().WriteAsync("POST /follow HTTP/1.0\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 11\r\n\r\n{\"value\":1}"u8.ToArray());
        using var reader = new StreamReader(client.GetStream());
        while (await reader.ReadLineAsync().WaitAsync(Soon) is not "2")
        {
        }

        Doubler.Feed.Writer.Complete(new InvalidOperationException("secret"));

        await Assert.ThrowsAsync<IOException>(() => reader.ReadToEndAsync().WaitAsync(Soon));
    }

    /// <summary>A container with one processor computes one call at once.</summary>
    [Fact]
    public async Task Streams_to_which_nothing_comes_hold_up_no_other_call()
    {
        Doubler.Feed = Channel.CreateUnbounded<double>();
        await using var service = await DoublerService.StartAsync(settings: new() { ["Envelope:Calls:Concurrent"] = "1" });
        var streams = new List<HttpResponseMessage>();
        try
        {
            for (var i = 0; i < 20; i++)
            {
                streams.Add(await service.OpenAsync("follow", """{"value":1}""").WaitAsync(Soon));
            }

            Assert.Equal((200, "application/json", "42"), await service.PostAsync("""{"value":21}""").WaitAsync(Soon));
        }
        finally
        {
            streams.ForEach(stream => stream.Dispose());
        }
    }

    [Fact]
    public async Task A_failure_behind_the_first_event_is_an_event_of_its_own()
    {
        await using var service = await StartAsync();
        Doubler.Feed.Writer.TryWrite(1e308);

        using var response = await service.OpenAsync("follow", """{"value":1}""", "text/event-stream");
        var body = await response.Content.ReadAsStringAsync();

        Assert.StartsWith("data: 2\n\nevent: error\ndata: {\"type\":", body, StringComparison.Ordinal);
        Assert.EndsWith("\n\n", body, StringComparison.Ordinal);
        Assert.Contains(":answer-not-writable", body, StringComparison.Ordinal);
        Assert.Contains("The model failed to answer the query follow.", Assert.Single(service.Warnings.Messages), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("application/jsonl")]
    [InlineData("text/event-stream")]
    [InlineData("application/json")]
    public async Task A_caller_that_goes_away_cancels_the_model_and_disposes_the_stream(string accept)
    {
        await using var service = await StartAsync();
        using var leaving = new CancellationTokenSource();
        var before = Doubler.Disposed;
        var call = service.OpenAsync("follow", """{"value":1}""", accept, leaving.Token);
        while (Doubler.Disposed == before || (accept != "application/json" && !call.IsCompleted))
        {
            await Task.Delay(5);
        }

        Assert.False(Doubler.Disposed.Task.IsCompleted);
        await leaving.CancelAsync();
        if (await Task.WhenAny(call) is { IsCompletedSuccessfully: true } opened)
        {
            (await opened).Dispose();
        }

        await Doubler.Disposed.Task.WaitAsync(Soon);
        Assert.Equal((200, "application/json", "42"), await service.PostAsync("""{"value":21}"""));
        Assert.Empty(service.Warnings.Messages);
    }

    [Fact]
    public async Task A_slow_reader_holds_the_model_back_and_lets_it_go_when_it_leaves()
    {
        await using var service = await StartAsync();
        var response = await service.OpenAsync("enumerate", """{"value":1e9}""");
        var counted = 0;
        while (counted != Doubler.Enumerated || counted == 0)
        {
            counted = Doubler.Enumerated;
            await Task.Delay(500);
        }

        Assert.InRange(counted, 1, 10_000_000);
        Assert.False(Doubler.Disposed.Task.IsCompleted);

        response.Dispose();
        await Doubler.Disposed.Task.WaitAsync(Soon);
        Assert.Empty(service.Warnings.Messages);
    }

    [Fact]
    public async Task A_stream_of_a_model_that_takes_turns_keeps_its_turn_to_the_end()
    {
        await using var service = await StartAsync();
        using var first = await service.OpenAsync("enumerate-in-turn", """{"value":1e9}""").WaitAsync(Soon);
        var second = service.PostAsync("""{"value":2}""", route: "enumerate-in-turn");

        await Task.Delay(300);
        Assert.False(second.IsCompleted);
        first.Dispose();

        Assert.Equal((200, "application/jsonl", "2\n4\n"), await second.WaitAsync(Soon));
    }

    private static async Task<DoublerService> StartAsync()
    {
        Doubler.Feed = Channel.CreateUnbounded<double>();
        return await DoublerService.StartAsync();
    }
}
