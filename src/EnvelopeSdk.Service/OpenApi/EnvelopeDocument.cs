using System.Text.Json.Nodes;
using EnvelopeSdk.Serving;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using Microsoft.OpenApi.Reader;

namespace EnvelopeSdk.Service.OpenApi;

/// <summary>
/// Writes the queries into the OpenAPI document, beside what the application has of its own.
/// </summary>
internal sealed class EnvelopeDocument(ServedModel envelope) : IOpenApiDocumentTransformer
{
    public Task TransformAsync(
        OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        var json = DocumentJson.Of(envelope);
        document.Info = Parse<OpenApiInfo>(json["info"], document);
        AddTags(json, document); // before the operations, which refer to it
        foreach (var (name, schema) in json["components"]!["schemas"]!.AsObject())
        {
            document.AddComponent(name, Schema(schema, document));
        }

        foreach (var (path, item) in json["paths"]!.AsObject())
        {
            document.Paths[path] = Parse<OpenApiPathItem>(item, document);
        }

        if (ExactDocument.Current is { } making)
        {
            document.Servers = [new OpenApiServer { Url = making.Server }];
            making.Keep(json, document);
        }

        return Task.CompletedTask;
    }

    /// <summary>The document's tags are also those of other operations, so they are no part of what is exact.</summary>
    private static void AddTags(JsonObject json, OpenApiDocument document)
    {
        document.Tags ??= new HashSet<OpenApiTag>();
        foreach (var tag in json["tags"]!.AsArray())
        {
            document.Tags.Add(Parse<OpenApiTag>(tag, document));
        }

        json.Remove("tags");
    }

    private static T Parse<T>(JsonNode? json, OpenApiDocument document)
        where T : IOpenApiElement =>
        new OpenApiJsonReader().ReadFragment<T>(json!.DeepClone(), OpenApiSpecVersion.OpenApi3_1, document, out _)!;

    /// <summary>Reads a schema, be it a reference or not.</summary>
    private static IOpenApiSchema Schema(JsonNode? schema, OpenApiDocument document) =>
        Parse<OpenApiSchema>(new JsonObject { ["items"] = schema!.DeepClone() }, document).Items!;
}
