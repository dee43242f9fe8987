using System.Text.Json;

namespace EnvelopeSdk.Service.Tests;

/// <summary>A service that callers reach below a path, through a gateway that leaves the path as it came.</summary>
[Collection(nameof(Doubler))]
public sealed class BasePathTests
{
    [Fact]
    public async Task It_answers_below_its_path_and_for_probes_without_it()
    {
        await using var service = await StartAsync("/models/doubler");

        Assert.Equal((200, "42"), Answer(await service.PostAsync("{\"value\":21}", route: "models/doubler/predict")));
        Assert.Equal((200, "42"), Answer(await service.PostAsync("{\"value\":21}")));
        Assert.Equal(200, await service.StatusAsync("models/doubler/health/ready"));
        Assert.Equal(404, await service.StatusAsync("models/health/ready"));
    }

    [Fact]
    public async Task Its_document_and_its_page_name_the_path()
    {
        await using var service = await StartAsync("/models/doubler");

        var document = JsonDocument.Parse(await service.Http.GetStringAsync("models/doubler/openapi/v1.json")).RootElement;
        var script = await service.Http.GetStringAsync("models/doubler/swagger/index.js");
        Assert.Equal($"{service.Http.BaseAddress}models/doubler", document.GetProperty("servers")[0].GetProperty("url").GetString());
        Assert.Contains("\"../openapi/v1.json\"", script, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("models"), InlineData("/"), InlineData("/models/"), InlineData("/a b"), InlineData("/a?b"), InlineData("http://x/a"), InlineData("//a"), InlineData("/a/../b")]
    public async Task What_is_no_path_stops_the_start_and_is_named(string path)
    {
        var refused = await Assert.ThrowsAsync<EnvelopeException>(() => StartAsync(path));

        Assert.Contains($"'{path}' for Envelope:PathBase", refused.Message, StringComparison.Ordinal);
    }

    private static (int Status, string Body) Answer((int Status, string MediaType, string Body) answer) => (answer.Status, answer.Body);

    private static Task<DoublerService> StartAsync(string path) =>
        DoublerService.StartAsync(settings: new() { ["Envelope:PathBase"] = path });
}
