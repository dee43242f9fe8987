using System.Globalization;
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
            // Of a bound that the type has already, the narrower one says both; of any other keyword, both are said.
            if (!json.TryGetPropertyValue(keyword, out var known))
            {
                json[keyword] = value;
            }
            else if (keyword is "minimum" or "maximum")
            {
                json[keyword] = IsBelow(known!, value) == (keyword == "minimum") ? value : known!.DeepClone();
            }
            else
            {
                all.Add((JsonNode)new JsonObject { [keyword] = value });
            }
        }

        if (all.Count > 0)
        {
            json["allOf"] = all;
        }
    }

    /// <summary>Compares exactly where decimal can: bounds beyond it are those of floating-point types.</summary>
    private static bool IsBelow(JsonNode one, JsonNode other) =>
        decimal.TryParse(one.ToJsonString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var first) && decimal.TryParse(other.ToJsonString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var second)
            ? first < second
            : one.GetValue<double>() < other.GetValue<double>();

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
