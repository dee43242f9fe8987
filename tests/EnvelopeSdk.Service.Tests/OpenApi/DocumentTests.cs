using System.Text.Json;

namespace EnvelopeSdk.Service.Tests.OpenApi;

/// <summary>Weighs stones.</summary>
/// <remarks>For people who read on.</remarks>
[EnvelopeModel("scales")]
public sealed partial class Scales(double factor)
{
    /// <summary>Weighs a stone.</summary>
    /// <remarks>To the gram.</remarks>
    /// <param name="stone">The stone.</param>
    /// <param name="depth">How deep it is. <unit>mm</unit> <example>2.5</example></param>
    /// <param name="kind">What it is. <unit>none</unit> <example>1</example></param>
    /// <returns>The weight. <unit>g</unit></returns>
    [Predict]
    public double Predict(Stone stone, double depth, StoneKind kind) => kind == StoneKind.Diamond && stone is not null ? factor * depth : 0;
}

/// <summary>A stone.</summary>
/// <remarks>Cut.</remarks>
/// <param name="Carat">Its weight. <unit>ct</unit></param>
/// <example>{"carat":0.7}</example>
public sealed record Stone(double Carat);

/// <summary>What a stone is.</summary>
public enum StoneKind
{
    /// <summary>Any but a diamond.</summary>
    Other,

    Diamond,
}

/// <summary>What the comments in the code above say, in the OpenAPI document.</summary>
public class DocumentTests
{
    [Fact]
    public async Task The_document_says_what_the_comments_say()
    {
        var document = await DocumentAsync();
        var operation = document.GetProperty("paths").GetProperty("/predict").GetProperty("post");
        var parameters = Schema(document, operation.GetProperty("requestBody")).GetProperty("properties");
        var answer = operation.GetProperty("responses").GetProperty("200");

        Assert.Equal("Weighs stones.\n\nFor people who read on.", document.GetProperty("info").GetProperty("description").GetString());
        Assert.Equal(("Weighs a stone.", "To the gram."), (operation.GetProperty("summary").GetString(), operation.GetProperty("description").GetString()));
        Assert.Equal(("How deep it is.", "mm", "[2.5]"), Said(parameters.GetProperty("depth")));
        Assert.Equal(("What it is.", "none", "[1]"), Said(parameters.GetProperty("kind")));
        Assert.Equal(("The weight.", "g"), (answer.GetProperty("description").GetString(), Schema(document, answer).GetProperty("x-unit").GetString()));
    }

    [Fact]
    public async Task The_components_say_what_the_comments_of_their_types_say()
    {
        var components = (await DocumentAsync()).GetProperty("components").GetProperty("schemas");
        var stone = components.GetProperty("Stone");

        Assert.Equal("A stone.\n\nCut.", stone.GetProperty("description").GetString());
        Assert.Equal("""[{"carat":0.7}]""", Compact(stone.GetProperty("examples")));
        Assert.Equal("ct", stone.GetProperty("properties").GetProperty("carat").GetProperty("x-unit").GetString());
        Assert.Equal("""["Any but a diamond.",""]""", Compact(components.GetProperty("StoneKind").GetProperty("x-enum-descriptions")));
        Assert.Equal("""["Other","Diamond"]""", Compact(components.GetProperty("StoneKind").GetProperty("x-enum-varnames")));
    }

    private static JsonElement Schema(JsonElement document, JsonElement content) =>
        PublishedDocument.Resolve(document, content.GetProperty("content").GetProperty("application/json").GetProperty("schema"));

    private static (string? Description, string? Unit, string Examples) Said(JsonElement schema) =>
        (schema.GetProperty("description").GetString(), schema.GetProperty("x-unit").GetString(), Compact(schema.GetProperty("examples")));

    private static string Compact(JsonElement json) => JsonSerializer.Serialize(json);

    private static Task<JsonElement> DocumentAsync() => PublishedDocument.OfAsync(new Scales(2));
}
