using System.Text.Json;
using System.Text.Json.Nodes;
using Json.Schema;

namespace EnvelopeSdk.Tests.Support;

/// <summary>A JSON Schema of the format as it is published, read by a validator that is not ours.</summary>
internal sealed class PublishedFormat
{
    private static readonly EvaluationOptions Options = new() { RequireFormatValidation = true, OutputFormat = OutputFormat.List };

    private readonly JsonSchema _published;
    private readonly JsonSchema _strict;

    public PublishedFormat(string name)
    {
        Json = JsonNode.Parse(File.ReadAllText(FileOf(name)))!.AsObject();
        _published = Build(Json);
        var strict = Json.DeepClone();
        Close(strict);
        _strict = Build(strict);
    }

    public JsonObject Json { get; }

    public static string FileOf(string name) => Path.Combine(AppContext.BaseDirectory, "Format", name);

    /// <summary>Why the schema does not take a text; empty when it does.</summary>
    /// <param name="json">The text.</param>
    /// <param name="described">Whether all members have to be described.</param>
    public string WhyNot(string json, bool described = false)
    {
        var result = (described ? _strict : _published).Evaluate(JsonElement.Parse(json), Options);
        return result.IsValid
            ? ""
            : "invalid: " + string.Join("; ", (result.Details ?? []).Where(one => one.Errors is { Count: > 0 })
                .Select(one => $"{one.InstanceLocation} {string.Join(", ", one.Errors!.Values)}"));
    }

    /// <summary>A part of the schema, or what it refers to.</summary>
    public JsonObject Resolve(JsonObject part) =>
        (string?)part["$ref"] is { } reference ? Json["$defs"]![reference["#/$defs/".Length..]]!.AsObject() : part;

    /// <summary>The names of all members that it describes.</summary>
    public IEnumerable<string> Members() => Objects(Json).SelectMany(one => one["properties"]!.AsObject()).Select(one => one.Key).Distinct();

    private static JsonSchema Build(JsonNode json) =>
        JsonSchema.FromText(json.ToJsonString(), new BuildOptions { SchemaRegistry = new SchemaRegistry() });

    private static void Close(JsonNode json)
    {
        foreach (var one in Objects(json).ToList())
        {
            one.TryAdd("additionalProperties", false);
        }
    }

    private static IEnumerable<JsonObject> Objects(JsonNode? json) => json switch
    {
        JsonObject one => one.SelectMany(member => Objects(member.Value)).Concat(IsClosed(one) ? [one] : []),
        JsonArray list => list.SelectMany(Objects),
        _ => [],
    };

    private static bool IsClosed(JsonObject schema) =>
        schema["type"] is JsonValue type && type.TryGetValue(out string? name) && name == "object" && schema["properties"] is JsonObject;
}
