using System.Text;

namespace EnvelopeSdk.Service.Tests;

[Collection(nameof(Doubler))]
public sealed class RequestTests
{
    private const string Problem = "application/problem+json";

    [Theory]
    [InlineData("application/json")]
    [InlineData("application/json; charset=utf-8")]
    [InlineData("application/json; charset=\"UTF-8\"")]
    [InlineData("Application/JSON")]
    public async Task Json_in_utf_8_is_answered(string mediaType)
    {
        await using var service = await DoublerService.StartAsync();

        Assert.Equal((200, "application/json", "42"), await service.PostAsync("""{"value":21}""", mediaType));
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/merge-patch+json")]
    [InlineData("application/vnd.example+json")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("application/json; charset=utf-16")]
    public async Task Another_media_type_gets_415(string mediaType)
    {
        await using var service = await DoublerService.StartAsync();

        var (status, type, body) = await service.PostAsync("""{"value":21}""", mediaType);

        Assert.Equal((415, Problem), (status, type));
        Assert.Contains(":unsupported-media-type", body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("gzip", 415)]
    [InlineData("identity", 200), InlineData("Identity", 200)]
    public async Task A_body_with_a_content_coding_gets_415(string coding, int expected)
    {
        await using var service = await DoublerService.StartAsync();
        var content = new ByteArrayContent(Encoding.UTF8.GetBytes("""{"value":21}"""));
        content.Headers.ContentEncoding.Add(coding);

        Assert.Equal(expected, (await service.PostAsync(content, "application/json", "predict")).Status);
    }

    [Fact]
    public async Task A_body_beyond_the_limit_gets_413()
    {
        await using var service = await DoublerService.StartAsync();

        var (status, type, body) = await service.PostAsync($"{{\"value\":{new string('1', 200_000)}}}");

        Assert.Equal((413, Problem), (status, type));
        Assert.Contains(":body-too-large", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_failure_of_the_service_itself_is_problem_details_too_and_the_connection_goes_on()
    {
        await using var service = await DoublerService.StartAsync();
        for (var i = 0; i < 3; i++)
        {
            var (status, type, body) = await service.PostAsync("""{"value":21}""", route: "broken");

            Assert.Equal((500, Problem), (status, type));
            Assert.Contains(":unexpected", body, StringComparison.Ordinal);
            Assert.DoesNotContain("secret", body, StringComparison.Ordinal);
            Assert.Equal((200, "application/json", "42"), await service.PostAsync("""{"value":21}"""));
        }
    }

    [Fact]
    public async Task A_body_in_many_pieces_is_answered()
    {
        await using var service = await DoublerService.StartAsync();
        var rows = string.Join(",\n", Enumerable.Range(0, 5000).Select(i => $"{{\"value\":{i}}}"));
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes($"[{rows}]"));

        var (status, _, body) = await service.PostAsync(new StreamContent(stream, bufferSize: 37), "application/json", "predict/batch");

        Assert.Equal(200, status);
        Assert.Equal($"[{string.Join(',', Enumerable.Range(0, 5000).Select(i => 2 * i))}]", body);
    }

    [Fact]
    public async Task One_wrong_row_refuses_the_batch_and_is_named()
    {
        await using var service = await DoublerService.StartAsync();

        var (status, _, body) = await service.PostAsync("""[{"value":1},{"value":"2"},{"value":3}]""", route: "predict/batch");

        Assert.Equal(400, status);
        Assert.Contains("\"pointer\":\"/1/value\"", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_empty_batch_gets_an_empty_array()
    {
        await using var service = await DoublerService.StartAsync();

        Assert.Equal((200, "application/json", "[]"), await service.PostAsync("[]", route: "predict/batch"));
    }

    [Fact]
    public async Task More_faults_than_the_limit_are_cut_at_the_limit()
    {
        await using var service = await DoublerService.StartAsync();

        var (status, _, body) = await service.PostAsync($"[{string.Join(',', Enumerable.Repeat("{}", 100))}]", route: "predict/batch");

        Assert.Equal(400, status);
        Assert.Equal(32, body.Split("\"pointer\"").Length - 1);
    }

    [Fact]
    public async Task A_model_that_answers_infinity_is_a_500_and_the_next_request_is_answered()
    {
        await using var service = await DoublerService.StartAsync();

        var (status, type, body) = await service.PostAsync("""{"value":1e308}""");

        Assert.Equal((500, Problem), (status, type));
        Assert.Contains(":answer-not-writable", body, StringComparison.Ordinal);
        Assert.Equal((200, "application/json", "42"), await service.PostAsync("""{"value":21}"""));
    }

    [Fact]
    public async Task An_unknown_route_and_a_wrong_method_are_problem_details()
    {
        await using var service = await DoublerService.StartAsync();

        var (status, type, body) = await service.PostAsync("{}", route: "nothing-here");
        using var get = await service.Http.GetAsync(new Uri("predict", UriKind.Relative));

        Assert.Equal((404, Problem), (status, type));
        Assert.Equal((405, Problem), ((int)get.StatusCode, get.Content.Headers.ContentType?.MediaType));
        Assert.Contains("swagger", body, StringComparison.Ordinal);
        Assert.Contains("This address takes POST.", await get.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }
}
