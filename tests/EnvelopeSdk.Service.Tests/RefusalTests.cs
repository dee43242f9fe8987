using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading.Channels;

namespace EnvelopeSdk.Service.Tests;

/// <summary>A model that refuses a call: the caller is told why, and nothing has failed.</summary>
[Collection(nameof(Doubler))]
public sealed class RefusalTests
{
    [Theory]
    [InlineData("refuse", """{"value":100}""", "/value")]
    [InlineData("refuse", """{"value":200}""", "")]
    [InlineData("refuse/batch", """[{"value":1},{"value":100}]""", "/1/value")]
    [InlineData("refuse/batch", """[{"value":200}]""", "/0")]
    public async Task A_refusal_is_a_problem_with_its_reason_and_place(string route, string body, string pointer)
    {
        await using var service = await DoublerService.StartAsync();

        var (status, mediaType, text) = await service.PostAsync(body, route: route);

        Assert.Equal((422, "application/problem+json"), (status, mediaType));
        var problem = JsonElement.Parse(text);
        Assert.EndsWith("prediction-refused", problem.GetProperty("type").GetString(), StringComparison.Ordinal);
        Assert.Equal("too large by far", problem.GetProperty("detail").GetString());
        var error = Assert.Single(problem.GetProperty("errors").EnumerateArray());
        Assert.Equal("too large by far", error.GetProperty("detail").GetString());
        Assert.Equal(pointer, error.GetProperty("pointer").GetString());
        Assert.Empty(service.Warnings.Messages);
    }

    [Theory]
    [InlineData("application/json", 422), InlineData("text/event-stream", 200)]
    public async Task A_reason_with_half_a_character_of_the_callers_is_told_with_a_sign_in_its_place(string accept, int status)
    {
        Doubler.Feed = Channel.CreateUnbounded<double>();
        Doubler.Feed.Writer.Complete(new PredictionRefusedException("no such word: " + "abc\ud83d\ude00"[..4], "/words/" + "\ude00"));
        await using var service = await DoublerService.StartAsync();

        using var response = await service.OpenAsync("follow", """{"value":1}""", accept);
        var body = await response.Content.ReadAsStringAsync();

        Assert.Equal(status, (int)response.StatusCode);
        Assert.Contains("\"detail\":\"no such word: abc\ufffd\"", body, StringComparison.Ordinal);
        Assert.Contains("\"pointer\":\"/words/\ufffd\"", body, StringComparison.Ordinal);
        Assert.Empty(service.Warnings.Messages);
    }

    [Fact]
    public async Task What_is_not_refused_is_answered()
    {
        await using var service = await DoublerService.StartAsync();

        Assert.Equal((200, "application/json", "198"), await service.PostAsync("""{"value":99}""", route: "refuse"));
    }

    [Theory]
    [InlineData(0, 422, "")]
    [InlineData(1, 200, "data: 2\n\nevent: error\ndata: ")]
    public async Task A_stream_that_refuses_is_a_problem_or_ends_with_one(double first, int status, string begin)
    {
        Doubler.Feed = Channel.CreateUnbounded<double>();
        Doubler.Feed.Writer.Complete(new PredictionRefusedException("no more"));
        await using var service = await DoublerService.StartAsync();

        using var response = await service.OpenAsync("follow", $$"""{"value":{{first}}}""", "text/event-stream");
        var body = await response.Content.ReadAsStringAsync();

        Assert.Equal(status, (int)response.StatusCode);
        Assert.StartsWith(begin, body, StringComparison.Ordinal);
        Assert.Contains("\"detail\":\"no more\"", body, StringComparison.Ordinal);
        Assert.Empty(service.Warnings.Messages);
    }

    [Fact]
    public async Task The_document_publishes_refusals_of_each_query_and_its_batch()
    {
        await using var service = await DoublerService.StartAsync();
        var paths = JsonNode.Parse(await service.Http.GetStringAsync("openapi/v1.json"))!["paths"]!;

        Assert.All(
            ["/predict", "/predict/batch", "/enumerate"],
            path => Assert.NotNull(paths[path]!["post"]!["responses"]!["422"]));
    }

    [Fact]
    public void An_example_of_a_call_that_is_refused_says_so_in_training()
    {
        var refused = Assert.Throws<PredictionRefusedException>(() => new Doubler(2).RefuseExample(100));

        Assert.Equal("The model refuses this call, for its argument '/value': too large by far", refused.Message);
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("why", "value")]
    public void A_refusal_without_a_reason_or_with_a_place_that_is_none_is_a_fault_of_the_model(
        string reason, string pointer) =>
        Assert.Throws<ArgumentException>(() => new PredictionRefusedException(reason, pointer));
}
