using System.Text.Json;
using System.Text.Json.Nodes;
using EnvelopeSdk.Schema;
using Json.Schema;

namespace EnvelopeSdk.Generators.Tests.Harness;

/// <summary>The JSON Schema of a query's arguments, as an independent validator reads it.</summary>
internal sealed class PublishedSchema(JsonObject json)
{
    private static readonly EvaluationOptions Options = new() { RequireFormatValidation = true };

    private readonly JsonSchema _schema = JsonSchema.FromText(json.ToJsonString(), new BuildOptions { SchemaRegistry = new SchemaRegistry() });

    public static PublishedSchema Of(ModelSchema schema, string query)
    {
        var writer = new JsonSchemaWriter(schema, "#/$defs/");
        var json = writer.Arguments(schema.Queries.Single(one => one.Name == query));
        json["$defs"] = new JsonObject(writer.NamedTypes().Select(type => KeyValuePair.Create(type.Name, (JsonNode?)type.Schema)));
        RemoveOpenApiKeywords(json);
        return new PublishedSchema(json);
    }

    /// <summary>What is published of an example that the documentation of a parameter gives; null when it is left out.</summary>
    public static JsonElement? Example(ModelSchema schema, MemberSchema parameter, string example)
    {
        var query = schema.Queries[0] with { Parameters = [parameter with { Example = example }] };
        var published = new JsonSchemaWriter(schema, "#/$defs/").Arguments(query)["properties"]![parameter.Name]!["examples"];
        return published is null ? null : JsonElement.Parse(published.ToJsonString())[0];
    }

    /// <summary>Whether the validator accepts a body; null when it cannot compare a number of it, one beyond the range of decimal, with the values of an enum.</summary>
    public bool? Accepts(string body)
    {
        using var document = JsonDocument.Parse(body);
        try
        {
            return _schema.Evaluate(document.RootElement, Options).IsValid;
        }
        catch (FormatException) when (body.Contains("1e309", StringComparison.Ordinal) || body.Contains("1e39", StringComparison.Ordinal))
        {
            return null;
        }
    }

    /// <summary>OpenAPI has keywords of its own, which say nothing of what is accepted.</summary>
    private static void RemoveOpenApiKeywords(JsonNode? node)
    {
        if (node is JsonObject schema)
        {
            schema.Remove("discriminator");
            schema.Remove("x-enum-varnames");
            schema.Remove("x-enum-descriptions");
            schema.Remove("x-unit");
        }

        foreach (var part in node switch { JsonObject parts => parts.Select(part => part.Value), JsonArray parts => parts, _ => [] })
        {
            RemoveOpenApiKeywords(part);
        }
    }
}
