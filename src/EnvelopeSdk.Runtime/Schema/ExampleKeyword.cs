using System.Text.Json;
using System.Text.Json.Nodes;

namespace EnvelopeSdk.Schema;

/// <summary>
/// Adds the example of a documentation comment. Not every one is JSON, or still fits the type: those are left out.
/// </summary>
internal sealed class ExampleKeyword(ValueCheck check)
{
    private static readonly JsonDocumentOptions Options = new() { AllowDuplicateProperties = false };

    public JsonObject AddTo(JsonObject json, string? example, TypeSchema type, ConstraintsSchema? constraints = null)
    {
        if (example is null)
        {
            return json;
        }

        try
        {
            using var document = JsonDocument.Parse(example, Options);
            if (check.IsValue(document.RootElement, type, constraints))
            {
                json["examples"] = new JsonArray(JsonNode.Parse(example));
            }
        }
        catch (JsonException)
        {
            // Words for people are no value.
        }

        return json;
    }
}
