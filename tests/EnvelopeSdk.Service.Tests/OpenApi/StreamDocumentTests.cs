using System.Text.Json.Nodes;

namespace EnvelopeSdk.Service.Tests.OpenApi;

/// <summary>What the OpenAPI document says of a stream.</summary>
[Collection(nameof(Doubler))]
public sealed class StreamDocumentTests
{
    [Fact]
    public async Task A_stream_is_published_in_all_its_forms_with_the_schema_of_an_item()
    {
        var responses = await ResponsesAsync("/enumerate");
        var content = responses["200"]!["content"]!.AsObject();

        Assert.Equal(["application/json", "application/jsonl", "application/x-ndjson", "text/event-stream"], content.Select(form => form.Key).Order(StringComparer.Ordinal));
        Assert.Equal("#/components/schemas/EnumerateResponse", (string?)content["application/json"]!["schema"]!["$ref"]);
        Assert.Equal("[2,4,6]", content["application/json"]!["examples"]!["recorded-1"]!["value"]!.ToJsonString());
        Assert.All(content.Where(form => form.Key != "application/json"), form => Assert.Equal("#/components/schemas/EnumerateItem", (string?)form.Value!["schema"]!["$ref"]));
        Assert.Contains("item by item", (string?)responses["200"]!["description"], StringComparison.Ordinal);
        Assert.NotNull(responses["406"]);
    }

    [Theory]
    [InlineData("/predict")]
    [InlineData("/enumerate/batch")]
    public async Task One_value_has_one_form(string path)
    {
        var responses = await ResponsesAsync(path);

        Assert.Equal(["application/json"], responses["200"]!["content"]!.AsObject().Select(form => form.Key));
    }

    [Theory]
    [InlineData("/predict", false)]
    [InlineData("/predict/batch", false)]
    [InlineData("/enumerate", true)]
    [InlineData("/enumerate/batch", true)]
    public async Task Only_streams_can_be_too_long(string path, bool expected)
    {
        var responses = await ResponsesAsync(path);

        Assert.Equal(expected, ((string?)responses["406"]?["description"])?.Contains("64 MiB", StringComparison.Ordinal) == true);
    }

    private static async Task<JsonNode> ResponsesAsync(string path)
    {
        await using var service = await DoublerService.StartAsync();
        var document = JsonNode.Parse(await service.Http.GetStringAsync(new Uri("openapi/v1.json", UriKind.Relative)))!;
        return document["paths"]![path]!["post"]!["responses"]!;
    }
}
