using System.Text.Json;
using System.Text.Json.Nodes;
using EnvelopeSdk.Vocabulary;

namespace EnvelopeSdk.Schema;

/// <summary>Adds what a value must fulfil beside its type to its JSON Schema.</summary>
internal static class ConstraintKeywords
{
    /// <summary>Adds the keywords.</summary>
    /// <param name="json">The JSON Schema of the type.</param>
    /// <param name="constraints">What is asked for; null for nothing.</param>
    /// <param name="kind">The kind of the values, if they are numbers.</param>
    public static void AddTo(JsonObject json, ConstraintsSchema? constraints, NumberKind? kind)
    {
        if (constraints is null)
        {
            return;
        }

        var all = new JsonArray();
        foreach (var (keyword, value) in Members(constraints)
            .Where(one => !IsOfKind(one.Keyword, one.Value, kind)))
        {
            // Of a bound that the type has already, the narrower one says both; of any other keyword, both are said.
            if (!json.TryGetPropertyValue(keyword, out var known))
            {
                json[keyword] = value;
            }
            else if (keyword is Keywords.Minimum or Keywords.Maximum)
            {
                json[keyword] = IsBelow(known!, value) == Keywords.IsLowerBound(keyword) ? value : known!.DeepClone();
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

    /// <summary>Whether a bound says no more than the format of the kind does.</summary>
    private static bool IsOfKind(string keyword, JsonNode value, NumberKind? kind) =>
        kind is { Format: not null } && keyword switch
        {
            Keywords.Minimum => NumberOrder.Compare(value.ToJsonString(), kind.Least) <= 0,
            Keywords.Maximum => NumberOrder.Compare(value.ToJsonString(), kind.Greatest) >= 0,
            _ => false,
        };

    private static bool IsBelow(JsonNode one, JsonNode other) =>
        NumberOrder.Compare(one.ToJsonString(), other.ToJsonString()) < 0;

    private static IEnumerable<(string Keyword, JsonNode Value)> Members(ConstraintsSchema constraints)
    {
        var json = JsonSerializer.SerializeToNode(constraints, SchemaJsonContext.Default.ConstraintsSchema)!.AsObject();
        foreach (var (keyword, value) in json.ToList())
        {
            switch (keyword)
            {
                case Keywords.Pattern:
                    foreach (var pattern in constraints.Pattern!)
                    {
                        yield return (keyword, pattern);
                    }

                    break;
                case Keywords.Denied:
                    yield return ("not", new JsonObject { [Keywords.Allowed] = value!.DeepClone() });
                    break;
                default:
                    yield return (keyword, value!.DeepClone());
                    break;
            }
        }
    }
}
