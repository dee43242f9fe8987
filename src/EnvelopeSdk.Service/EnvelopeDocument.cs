using System.Text.Json.Nodes;
using EnvelopeSdk.Schema;
using EnvelopeSdk.Serving;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using Microsoft.OpenApi.Reader;

namespace EnvelopeSdk.Service;

/// <summary>
/// Writes the queries into the OpenAPI document, from the schema and the examples that are frozen in the envelope.
/// </summary>
internal sealed class EnvelopeDocument(ServedModel envelope) : IOpenApiDocumentTransformer
{
    private const string RefPrefix = "#/components/schemas/";
    private const string Json = "application/json";

    private readonly JsonSchemaWriter _schemas = new(envelope.Content.Record.Schema, RefPrefix);
    private readonly string _problem = ProblemSchema.NameBeside(
        envelope.Content.Record.Schema.Types.Select(type => type.Name));

    public Task TransformAsync(
        OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        document.Info = new OpenApiInfo
        {
            Title = envelope.Content.Record.Name,
            Version = envelope.Content.Digest.Short,
            Description = envelope.Content.Record.Description ?? _schemas.Description,
        };
        foreach (var (name, schema) in _schemas.NamedTypes())
        {
            document.AddComponent(name, Parse(schema, document));
        }

        document.AddComponent(_problem, Parse(ProblemSchema.Json(), document));
        foreach (var query in envelope.Content.Record.Schema.Queries)
        {
            Add(document, query);
        }

        return Task.CompletedTask;
    }

    /// <summary>Reads a schema, be it a reference or not.</summary>
    private static IOpenApiSchema Parse(JsonObject schema, OpenApiDocument document)
    {
        var holder = new JsonObject { ["items"] = schema.DeepClone() };
        return new OpenApiJsonReader()
            .ReadFragment<OpenApiSchema>(holder, OpenApiSpecVersion.OpenApi3_1, document, out _)!.Items!;
    }

    private void Add(OpenApiDocument document, QuerySchema query)
    {
        var examples = envelope.Examples.Where(example => example.Query == query.Name).ToList();
        var arguments = _schemas.Arguments(query);
        var item = _schemas.Answer(query);
        var answer = query.Stream ? ArrayOf(item) : item;
        var single = Operation(document, query, arguments, answer, query.Name);
        if (query.Stream)
        {
            AddStream(single, item, document);
        }

        AddExamples(single, examples, one => one.Input.GetRawText(), one => one.Output.GetRawText());
        AddPath(document, $"/{query.Name}", single);

        var batch = Operation(document, query, ArrayOf(arguments), ArrayOf(answer), query.Name + ".batch");
        batch.Summary = "Answers an array of calls with an array of answers, in the same order.";
        if (examples.Count > 0)
        {
            AddExamples(
                batch,
                [examples],
                all => Array(all.Select(one => one.Input.GetRawText())),
                all => Array(all.Select(one => one.Output.GetRawText())));
        }

        AddPath(document, $"/{query.Name}/batch", batch);
    }

    /// <summary>
    /// OpenAPI 3.1 has no keyword for the items of a stream, so the schema beside such a media type is that of one
    /// item.
    /// </summary>
    private void AddStream(OpenApiOperation operation, JsonObject item, OpenApiDocument document)
    {
        var response = operation.Responses!["200"];
        response.Description +=
            " It comes item by item: one in each line (application/jsonl, application/x-ndjson), one in the data of "
            + "each event (text/event-stream), or all of them as one array (application/json).";
        foreach (var format in StreamFormat.All.Where(format => format != StreamFormat.Whole))
        {
            response.Content![format.MediaType] = new OpenApiMediaType { Schema = Parse(item, document) };
        }

        operation.Responses["406"] = ProblemResponse(
            "The caller takes none of the forms that the stream can be had in.", document);
    }

    private static JsonObject ArrayOf(JsonObject items) => new() { ["type"] = "array", ["items"] = items.DeepClone() };

    private static string Array(IEnumerable<string> items) => $"[{string.Join(",", items)}]";

    private OpenApiOperation Operation(
        OpenApiDocument document, QuerySchema query, JsonObject body, JsonObject answer, string id) => new()
        {
            OperationId = id,
            Summary = query.Description,
            Description = query.Remarks,
            Tags = new HashSet<OpenApiTagReference> { new(TagOf(document), document) },
            RequestBody = new OpenApiRequestBody { Required = true, Content = Content(Json, body, document) },
            Responses = new OpenApiResponses
            {
                ["200"] = new OpenApiResponse
                {
                    Description = query.ReturnsDescription ?? "The answer.",
                    Content = Content(Json, answer, document),
                },
                ["400"] = ProblemResponse("The body is not what the schema asks for.", document),
                ["413"] = ProblemResponse("The body is larger than the service takes.", document),
                ["415"] = ProblemResponse("The body is not application/json in UTF-8.", document),
                ["422"] = ProblemResponse(
                    "The model refuses the call, though the body is what the schema asks for.", document),
                ["500"] = ProblemResponse("The model failed to answer.", document),
                ["503"] = RetryLater(ProblemResponse(
                    "The model is being loaded, or more calls wait for it than may.", document)),
            },
        };

    private string TagOf(OpenApiDocument document)
    {
        document.Tags ??= new HashSet<OpenApiTag>();
        document.Tags.Add(new OpenApiTag { Name = envelope.Content.Record.Name, Description = _schemas.Description });
        return envelope.Content.Record.Name;
    }

    private OpenApiResponse ProblemResponse(string description, OpenApiDocument document) => new()
    {
        Description = description,
        Content = Content(Problem.MediaType, new JsonObject { ["$ref"] = RefPrefix + _problem }, document),
    };

    private static OpenApiResponse RetryLater(OpenApiResponse response)
    {
        response.Headers = new Dictionary<string, IOpenApiHeader>
        {
            ["Retry-After"] = new OpenApiHeader
            {
                Description = "After how many seconds to try again.",
                Schema = new OpenApiSchema { Type = JsonSchemaType.Integer },
            },
        };
        return response;
    }

    private static Dictionary<string, OpenApiMediaType> Content(
        string mediaType, JsonObject schema, OpenApiDocument document) =>
        new() { [mediaType] = new OpenApiMediaType { Schema = Parse(schema, document) } };

    private static void AddExamples<T>(
        OpenApiOperation operation, IReadOnlyList<T> examples, Func<T, string> input, Func<T, string> output)
    {
        if (examples.Count > 0)
        {
            Examples(operation.RequestBody!.Content![Json], examples, input);
            Examples(operation.Responses!["200"].Content![Json], examples, output);
        }
    }

    private static void Examples<T>(OpenApiMediaType mediaType, IReadOnlyList<T> examples, Func<T, string> write) =>
        mediaType.Examples = examples.Select((example, i) => (Name: $"recorded-{i + 1}", Example: example))
            .ToDictionary(
                one => one.Name,
                one => (IOpenApiExample)new OpenApiExample
                {
                    Summary = "Recorded when the envelope was saved",
                    Value = JsonNode.Parse(write(one.Example)),
                });

    private static void AddPath(OpenApiDocument document, string path, OpenApiOperation operation) =>
        document.Paths[path] = new OpenApiPathItem { Operations = new() { [HttpMethod.Post] = operation } };
}
