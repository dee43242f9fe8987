using System.Text.Json;
using System.Text.Json.Nodes;

namespace EnvelopeSdk.Schema;

/// <summary>Adds what a value must fulfil beside its type to its JSON Schema.</summary>
internal static class ConstraintKeywords
{
    public static void AddTo(JsonObject json, ConstraintsSchema? constraints)
    {
        if (constraints is null)
        {
            return;
        }

        var all = new JsonArray();
        foreach (var (keyword, value) in Keywords(constraints))
        {
            // A keyword that the type has already, such as the bounds of an integer, is not replaced: both hold.
            if (json.ContainsKey(keyword))
            {
                all.Add((JsonNode)new JsonObject { [keyword] = value });
            }
            else
            {
                json[keyword] = value;
            }
        }

        if (all.Count > 0)
        {
            json["allOf"] = all;
        }
    }

    private static IEnumerable<(string Keyword, JsonNode Value)> Keywords(ConstraintsSchema constraints)
    {
        foreach (var (keyword, value) in JsonSerializer.SerializeToNode(constraints, SchemaJsonContext.Default.ConstraintsSchema)!.AsObject().ToList())
        {
            switch (keyword)
            {
                case "pattern":
                    foreach (var pattern in constraints.Pattern!)
                    {
                        yield return (keyword, pattern);
                    }

                    break;
                case "denied":
                    yield return ("not", new JsonObject { ["enum"] = value!.DeepClone() });
                    break;
                default:
                    yield return (keyword, value!.DeepClone());
                    break;
            }
        }
    }
}
