using System.Collections.Frozen;
using System.Text.Json.Nodes;
using EnvelopeSdk.Vocabulary;

namespace EnvelopeSdk.Schema;

/// <summary>The kinds that are numbers, and the keywords of JSON Schema for them.</summary>
internal static class NumberSchema
{
    // A member of TypeKind is called as a schema calls it, but for capitals.
    private static readonly FrozenDictionary<TypeKind, NumberKind> Kinds =
        NumberKinds.All.ToFrozenDictionary(number => Enum.Parse<TypeKind>(number.Name, ignoreCase: true));

    /// <summary>What is known of a kind of numbers; null for another kind.</summary>
    public static NumberKind? Of(TypeKind kind) => Kinds.GetValueOrDefault(kind);

    public static JsonObject Json(NumberKind number, bool nullable)
    {
        var json = ScalarKeywords.Typed(number.IsInteger ? "integer" : "number", nullable);
        if (number.Format is { } format)
        {
            json["format"] = format; // says the range too; and some generators of clients cannot hold its bounds
            if (!number.IsSigned)
            {
                json[Keywords.Minimum] = 0;
            }

            return json;
        }

        json[Keywords.Minimum] = JsonNode.Parse(number.Least);
        json[Keywords.Maximum] = JsonNode.Parse(number.Greatest);
        return json;
    }
}
