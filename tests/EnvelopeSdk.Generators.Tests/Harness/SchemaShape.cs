using System.Text.Json.Nodes;

namespace EnvelopeSdk.Generators.Tests.Harness;

/// <summary>What a JSON Schema says of the form of values: their types, members, items and names, without bounds, formats and patterns.</summary>
/// <param name="root">The schema's document, where its references point to.</param>
internal sealed class SchemaShape(JsonNode root)
{
    private const int Deepest = 8;

    /// <summary>The shape as text; parts below a depth that only recursive types reach are left out.</summary>
    public string Of(JsonNode? schema, int depth = 0) => string.Join(" | ", Alternatives(schema, depth).Distinct().Order(StringComparer.Ordinal));

    private IEnumerable<string> Alternatives(JsonNode? schema, int depth)
    {
        var node = Resolve(schema);
        if (node is not JsonObject json)
        {
            return ["any"];
        }

        if (depth == Deepest)
        {
            return ["*"];
        }

        if ((json["anyOf"] ?? json["oneOf"]) is JsonArray choices)
        {
            var common = json.DeepClone().AsObject();
            common.Remove("anyOf");
            common.Remove("oneOf");
            return choices.SelectMany(one => Alternatives(Merge(common, Resolve(one)!), depth));
        }

        return Types(json).Select(type => type switch
        {
            "object" => Object(json, depth),
            "array" => $"[{Of(json["items"], depth + 1)}]",
            "string" when json["enum"] is JsonArray names => $"string {string.Join(",", names.Where(one => one is not null).Select(one => one!.ToJsonString()).Order(StringComparer.Ordinal))}",
            _ => type,
        });
    }

    private static IEnumerable<string> Types(JsonObject json) => json switch
    {
        _ when json["const"] is { } value => ["const " + value.ToJsonString()],
        _ when json["type"] is JsonArray types => types.Select(one => (string)one!),
        _ when json["type"] is { } type => [(string)type!],
        _ when json["enum"] is JsonArray values => values.Select(one => one is null ? "null" : "string"),
        _ when json["properties"] is not null => ["object"],
        _ => ["any"],
    };

    private string Object(JsonObject json, int depth)
    {
        if (json["properties"] is not JsonObject members)
        {
            return json["additionalProperties"] is JsonObject values ? $"{{*: {Of(values, depth + 1)}}}" : "{}";
        }

        var required = ((json["required"] as JsonArray) ?? []).Select(one => (string)one!).ToHashSet();
        return $"{{{string.Join(", ", members.OrderBy(one => one.Key, StringComparer.Ordinal).Select(one => $"{one.Key}{(required.Contains(one.Key) ? "" : "?")}: {Of(one.Value, depth + 1)}"))}}}";
    }

    private static JsonObject Merge(JsonObject common, JsonNode choice)
    {
        var merged = choice.DeepClone().AsObject();
        foreach (var (key, value) in common)
        {
            merged[key] = key is "properties" or "required" && merged[key] is { } own ? Join(value!, own) : merged[key]?.DeepClone() ?? value?.DeepClone();
        }

        return merged;
    }

    private static JsonNode Join(JsonNode first, JsonNode second) => first is JsonArray
        ? new JsonArray([.. first.AsArray().Concat(second.AsArray()).Select(one => one!.DeepClone())])
        : new JsonObject(first.AsObject().Concat(second.AsObject()).Select(one => KeyValuePair.Create(one.Key, one.Value?.DeepClone())));

    private JsonNode? Resolve(JsonNode? schema)
    {
        while (schema is JsonObject json && (string?)json["$ref"] is { } reference)
        {
            schema = reference.Split('/').Skip(1).Select(Uri.UnescapeDataString).Aggregate<string, JsonNode?>(root, (node, step) => node is JsonArray items ? items[int.Parse(step, System.Globalization.CultureInfo.InvariantCulture)] : node![step]);
        }

        return schema;
    }
}
