using System.Text.Json.Nodes;

namespace EnvelopeSdk.Schema;

/// <summary>The keywords that say something to people.</summary>
internal static class Documentation
{
    /// <summary>The two paragraphs of a description; null when there is none.</summary>
    public static string? Describe(string? summary, string? remarks) =>
        summary is null || remarks is null ? summary ?? remarks : $"{summary}\n\n{remarks}";

    public static void AddDescription(JsonObject json, string? summary, string? remarks)
    {
        if (Describe(summary, remarks) is { } description)
        {
            json["description"] = description;
        }
    }

    /// <summary>No keyword of JSON Schema or OpenAPI says units, so it is an extension.</summary>
    public static JsonObject AddUnit(JsonObject json, string? unit)
    {
        if (unit is not null)
        {
            json["x-unit"] = unit;
        }

        return json;
    }
}
