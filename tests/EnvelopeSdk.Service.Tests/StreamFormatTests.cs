namespace EnvelopeSdk.Service.Tests;

/// <summary>In which form a caller gets a stream.</summary>
[Collection(nameof(Doubler))]
public sealed class StreamFormatTests
{
    [Theory]
    [InlineData(null, "application/jsonl")]
    [InlineData("", "application/jsonl")]
    [InlineData("*/*", "application/jsonl")]
    [InlineData("application/*", "application/jsonl")]
    [InlineData("application/jsonl", "application/jsonl")]
    [InlineData("application/x-ndjson", "application/x-ndjson")]
    [InlineData("Application/X-NDJSON; charset=utf-8", "application/x-ndjson")]
    [InlineData("text/event-stream", "text/event-stream")]
    [InlineData("text/*", "text/event-stream")]
    [InlineData("application/json", "application/json")]
    [InlineData("application/json, text/plain, */*", "application/json")]
    [InlineData("application/json;q=0.5, */*;q=0.1", "application/json")]
    [InlineData("application/json;q=0.5, text/event-stream;q=0.8", "text/event-stream")]
    [InlineData("application/json, text/event-stream", "text/event-stream")]
    [InlineData("application/jsonl;q=0, */*", "application/x-ndjson")]
    [InlineData("*/*, application/*;q=0", "text/event-stream")]
    [InlineData("text/html, text/event-stream;q=0.1", "text/event-stream")]
    [InlineData("not a media type", "application/jsonl")]
    public async Task The_header_Accept_chooses_the_form(string? accept, string expected)
    {
        await using var service = await DoublerService.StartAsync();

        using var response = await service.OpenAsync("enumerate", """{"value":2}""", accept);

        Assert.Equal((200, expected), ((int)response.StatusCode, response.Content.Headers.ContentType?.MediaType));
        Assert.Equal(
            expected switch { "application/json" => "[2,4]", "text/event-stream" => "data: 2\n\ndata: 4\n\n", _ => "2\n4\n" },
            await response.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData("text/html")]
    [InlineData("application/json;q=0")]
    [InlineData("*/*;q=0, image/png")]
    public async Task What_cannot_be_given_is_406_in_problem_details(string accept)
    {
        await using var service = await DoublerService.StartAsync();

        using var response = await service.OpenAsync("enumerate", """{"value":2}""", accept);

        Assert.Equal((406, "application/problem+json"), ((int)response.StatusCode, response.Content.Headers.ContentType?.MediaType));
        Assert.Contains(":not-acceptable", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("enumerate", """{"value":1e300}""")]
    [InlineData("enumerate/batch", """[{"value":2},{"value":1e300}]""")]
    public async Task A_stream_without_an_end_is_no_array(string route, string body)
    {
        await using var service = await DoublerService.StartAsync();

        using var response = await service.OpenAsync(route, body, "application/json");
        await Doubler.Disposed.Task.WaitAsync(TimeSpan.FromSeconds(10));

        Assert.Equal((406, "application/problem+json"), ((int)response.StatusCode, response.Content.Headers.ContentType?.MediaType));
        Assert.Contains(":stream-too-long", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Empty(service.Warnings.Messages);
        Assert.Equal((200, "application/json", "[[2]]"), await service.PostAsync("""[{"value":1}]""", route: "enumerate/batch"));
    }

    [Theory]
    [InlineData("predict")]
    [InlineData("predict/batch")]
    [InlineData("enumerate/batch")]
    public async Task One_value_is_JSON_whatever_a_caller_accepts(string route)
    {
        await using var service = await DoublerService.StartAsync();

        using var response = await service.OpenAsync(route, route.EndsWith("batch", StringComparison.Ordinal) ? "[]" : """{"value":2}""", "text/event-stream");

        Assert.Equal((200, "application/json"), ((int)response.StatusCode, response.Content.Headers.ContentType?.MediaType));
    }
}
