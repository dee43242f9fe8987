using System.Text.Json;
using System.Text.Json.Nodes;
using Json.Schema;

namespace EnvelopeSdk.Tool.Tests;

/// <summary>The published schema of answers, in which here no member may be undocumented.</summary>
internal static class OutputSchema
{
    private static readonly string Path = System.IO.Path.Combine(AppContext.BaseDirectory, "output.schema.json");

    public static JsonObject Definitions => JsonNode.Parse(File.ReadAllText(Path))!["$defs"]!.AsObject();

    /// <summary>Asserts that an answer has the form of a command, and nothing else.</summary>
    public static void Holds(string command, JsonNode answer)
    {
        var document = JsonNode.Parse(File.ReadAllText(Path))!.AsObject();
        document["$ref"] = "#/$defs/" + command;
        Close(document["$defs"]);
        var schema = JsonSchema.FromText(document.ToJsonString(), new BuildOptions { SchemaRegistry = new() });
        var result = schema.Evaluate(
            JsonElement.Parse(answer.ToJsonString()), new EvaluationOptions { OutputFormat = OutputFormat.List });
        Assert.True(
            result.IsValid,
            $"{answer}\n" + string.Join('\n', (result.Details ?? []).Where(one => one.Errors is not null).Select(
                one => $"{one.InstanceLocation}: {string.Join(", ", one.Errors!.Values)}")));
    }

    private static void Close(JsonNode? node)
    {
        if (node is JsonObject schema)
        {
            if (schema["properties"] is JsonObject)
            {
                schema["additionalProperties"] = false;
            }

            schema.ToList().ForEach(member => Close(member.Value));
        }
        else if (node is JsonArray array)
        {
            array.ToList().ForEach(Close);
        }
    }
}
