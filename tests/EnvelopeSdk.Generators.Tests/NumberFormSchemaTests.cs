using System.Text.Json;
using System.Text.Json.Nodes;
using EnvelopeSdk.Generators.Tests.Harness;
using EnvelopeSdk.Schema;

namespace EnvelopeSdk.Generators.Tests;

/// <summary>A number that is read in other forms than it is written in is published as both.</summary>
public class NumberFormSchemaTests
{
    private const string Model =
        """
        public record Both([property: JsonNumberHandling(JsonNumberHandling.WriteAsString)] int X, Inner Y, Plain Z);
        public record Inner([property: JsonNumberHandling((JsonNumberHandling)7)] double W = 1, [property: JsonNumberHandling((JsonNumberHandling)4)] double V = 2);
        public record InnerAnswer(int X);
        public record Plain([property: JsonNumberHandling((JsonNumberHandling)4)] int X);
        public record Told([property: JsonNumberHandling((JsonNumberHandling)3)] long? X);
        [EnvelopeModel("test")] public partial class Model
        {
            [Predict] public Both Predict(Both value, InnerAnswer other) => value;
            [Predict] public Told Tell() => new(1);
        }
        """;

    private static readonly CompiledService Service = CompiledService.Of(CompiledModel.Of(Model));
    private static readonly JsonSchemaWriter Writer = new(Service.Schema, "#/");
    private static readonly Dictionary<string, JsonObject> Types = Writer.NamedTypes().ToDictionary(type => type.Name, type => type.Schema);

    [Fact]
    public void A_type_that_is_taken_and_answered_has_a_component_for_each()
    {
        Assert.Equal(["Both", "BothAnswer", "Inner", "InnerAnswer", "InnerAnswerAnswer", "Plain", "Told"], Types.Keys.Order(StringComparer.Ordinal));
        Assert.Equal("#/Both", (string?)Writer.Arguments(Service.Schema.Queries[0])["properties"]!["value"]!["$ref"]);
        Assert.Equal("#/BothAnswer", (string?)Writer.Answer(Service.Schema.Queries[0])["$ref"]);
        Assert.Equal("#/InnerAnswerAnswer", (string?)Types["BothAnswer"]["properties"]!["y"]!["$ref"]);
        Assert.Equal("#/Plain", (string?)Types["BothAnswer"]["properties"]!["z"]!["$ref"]);
    }

    [Fact]
    public void Callers_may_send_what_is_read_and_nothing_else()
    {
        Assert.Equal("integer", (string?)Types["Both"]["properties"]!["x"]!["type"]);
        Assert.Equal(3, Types["Inner"]["properties"]!["w"]!["oneOf"]!.AsArray().Count);
        Assert.Equal("integer", (string?)Types["Plain"]["properties"]!["x"]!["type"]); // no integer is NaN
        Assert.Equal("", Service.Errors("predict", """{"value":{"x":1,"y":{"w":"1.5","v":"NaN"},"z":{"x":1}},"other":{"x":1}}"""));
        Assert.NotEqual("", Service.Errors("predict", """{"value":{"x":"1","y":{},"z":{"x":"NaN"}},"other":{"x":1}}"""));
    }

    [Fact]
    public void Answers_are_what_is_written()
    {
        var w = Types["InnerAnswerAnswer"]["properties"]!["w"]!;

        Assert.Equal("string", (string?)Types["BothAnswer"]["properties"]!["x"]!["type"]);
        Assert.Equal(["string", null], w["oneOf"]!.AsArray().Select(form => (string?)form!["type"]));
        Assert.Null(w["default"]);
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse("""["string","null"]"""), Types["Told"]["properties"]!["x"]!["type"]));
        Assert.Equal("""{"x":"1","y":{"w":"1.5","v":2},"z":{"x":1}}""", JsonSerializer.Serialize(JsonElement.Parse(Service.Answer("predict", """{"value":{"x":1,"y":{"w":"1.5"},"z":{"x":1}},"other":{"x":1}}"""))));
    }
}
