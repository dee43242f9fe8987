using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace EnvelopeSdk.Schema;

/// <summary>The keywords of JSON Schema for an enum.</summary>
internal static class EnumKeywords
{
    public static JsonObject Of(NamedTypeSchema type)
    {
        var values = type.Values ?? [];
        return type.Flags switch
        {
            null => Declared(type, values),
            TypeKind.String => new() { ["type"] = "string", ["pattern"] = Combinations(values) },
            { } underlying => ScalarKeywords.Of(new TypeSchema { Kind = underlying }),
        };
    }

    /// <summary>The names of an enum's values, as dictionaries have them for keys.</summary>
    public static IEnumerable<string> Names(NamedTypeSchema type) =>
        type.Names ?? (type.Values ?? []).Select(value => value.GetString()!);

    private static JsonObject Declared(NamedTypeSchema type, IReadOnlyList<JsonElement> values)
    {
        var json = new JsonObject
        {
            ["type"] = type.Names is null ? "string" : "integer",
            ["enum"] = new JsonArray([.. values.Select(value => JsonNode.Parse(value.GetRawText()))]),
        };
        if (type.Names is { } names)
        {
            if (values.Any(value => !value.TryGetInt32(out _)) && values.All(value => value.TryGetInt64(out _)))
            {
                json["format"] = "int64"; // generators of clients make the enum of this type
            }

            // Read by OpenAPI Generator and others.
            json["x-enum-varnames"] = new JsonArray([.. names.Select(name => (JsonNode)name)]);
        }

        if (type.ValueDescriptions is { } descriptions)
        {
            json["x-enum-descriptions"] = new JsonArray(
                [.. descriptions.Select(description => (JsonNode)(description ?? ""))]);
        }

        return json;
    }

    private static string Combinations(IReadOnlyList<JsonElement> names)
    {
        var one = $"({string.Join("|", names.Select(name => Regex.Escape(name.GetString()!)))})";
        return $"^{one}(, {one})*$";
    }
}
