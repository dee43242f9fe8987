using System.Text.Json;

namespace EnvelopeSdk.Service.Tests.OpenApi;

/// <summary>Has a type that is called as its request would be.</summary>
[EnvelopeModel("named")]
public sealed partial class NamedModel(int factor)
{
    /// <summary>Answers one.</summary>
    [Predict("top-ten")]
    public TopTenRequest Predict(TopTenRequest value) => value with { X = value.X * factor };

    /// <summary>Answers many.</summary>
    [Predict]
    public async IAsyncEnumerable<TopTenRequest> FollowAsync(int count)
    {
        await Task.CompletedTask;
        for (var i = 0; i < count; i++)
        {
            yield return new TopTenRequest(i * factor);
        }
    }

    /// <summary>Answers a number.</summary>
    [Predict]
    public int Count(int[] values) => values.Length * factor;
}

public sealed record TopTenRequest(int X);

/// <summary>Generators of clients name their classes after the components.</summary>
public class ComponentNameTests
{
    [Fact]
    public async Task What_is_sent_and_answered_is_named_after_the_query()
    {
        var document = await PublishedDocument.OfAsync(new NamedModel(2));
        var names = document.GetProperty("components").GetProperty("schemas").EnumerateObject().Select(schema => schema.Name);

        Assert.Equal(
            [
                "CountBatchRequest", "CountBatchResponse", "CountRequest", "CountResponse", "FollowBatchRequest", "FollowBatchResponse", "FollowRequest", "FollowResponse",
                "ProblemDetails", "ProblemError", "ServiceTopTenRequest", "TopTenBatchRequest", "TopTenBatchResponse", "TopTenRequest",
            ],
            names.Order(StringComparer.Ordinal));
        Assert.Equal("#/components/schemas/ServiceTopTenRequest", Sent(document, "/top-ten"));
        Assert.Equal("#/components/schemas/TopTenBatchRequest", Sent(document, "/top-ten/batch"));
        Assert.Equal("#/components/schemas/TopTenRequest", Answered(document, "/top-ten", "application/json"));
        Assert.Equal("#/components/schemas/CountResponse", Answered(document, "/count", "application/json"));
        Assert.Equal("#/components/schemas/FollowResponse", Answered(document, "/follow", "application/json"));
        Assert.Equal("#/components/schemas/TopTenRequest", Answered(document, "/follow", "application/jsonl"));
    }

    private static string? Sent(JsonElement document, string path) =>
        Operation(document, path).GetProperty("requestBody").GetProperty("content").GetProperty("application/json").GetProperty("schema").GetProperty("$ref").GetString();

    private static string? Answered(JsonElement document, string path, string mediaType) =>
        Operation(document, path).GetProperty("responses").GetProperty("200").GetProperty("content").GetProperty(mediaType).GetProperty("schema").GetProperty("$ref").GetString();

    private static JsonElement Operation(JsonElement document, string path) => document.GetProperty("paths").GetProperty(path).GetProperty("post");
}
