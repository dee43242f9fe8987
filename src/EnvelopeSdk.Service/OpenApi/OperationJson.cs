using System.Text.Json.Nodes;
using EnvelopeSdk.Schema;

namespace EnvelopeSdk.Service.OpenApi;

/// <summary>What the API document says of one query.</summary>
/// <param name="query">The query.</param>
/// <param name="schemas">Refers to the schemas of its values.</param>
/// <param name="tag">The name of the document's group of operations.</param>
/// <param name="problem">Refers to the schema of problem details.</param>
internal sealed class OperationJson(QuerySchema query, QueryComponents schemas, string tag, JsonObject problem)
{
    private const string Json = "application/json";
    private const string TooLong = "As one array, its items are longer than 64 MiB.";

    /// <summary>The operation that answers one call.</summary>
    public JsonObject Single(IReadOnlyList<PredictionExample> examples)
    {
        var inputs = Examples(examples.Select(one => Parse(one.Input.GetRawText())));
        var answer = Content(schemas.Response, Examples(examples.Select(one => Parse(one.Output.GetRawText()))));
        var operation = Operation(
            query.Name,
            query.Description,
            Content(schemas.Request, inputs),
            query.ReturnsDescription ?? "The answer.",
            answer);
        if (schemas.Item is { } item)
        {
            AddStream(operation["responses"]!.AsObject(), item);
        }

        return operation;
    }

    /// <summary>The operation that answers many calls.</summary>
    /// <param name="id">What generators of clients name its method after.</param>
    /// <param name="examples">Calls, all of which are sent as one batch.</param>
    public JsonObject Batch(string id, IReadOnlyList<PredictionExample> examples)
    {
        var inputs = Array(examples.Select(one => Parse(one.Input.GetRawText())));
        var answers = Array(examples.Select(one => Parse(one.Output.GetRawText())));
        var operation = Operation(
            id,
            "Answers an array of calls with an array of answers, in the same order.",
            Content(schemas.BatchRequest, inputs),
            query.ReturnsDescription is { } each ? $"The answers, each of which is: {each}" : "The answers.",
            Content(schemas.BatchResponse, answers));
        if (schemas.Item is not null)
        {
            operation["responses"]!["406"] = ProblemResponse(TooLong);
        }

        return operation;
    }

    private JsonObject Operation(string id, string? summary, JsonObject body, string answered, JsonObject answer)
    {
        var operation = new JsonObject { ["tags"] = new JsonArray(tag) };
        operation.AddText("summary", summary);
        operation.AddText("description", query.Remarks);
        operation["operationId"] = id;
        operation["requestBody"] = new JsonObject { ["required"] = true, ["content"] = body };
        operation["responses"] = new JsonObject
        {
            ["200"] = new JsonObject
            {
                ["description"] = answered,
                ["content"] = answer,
            },
            ["400"] = ProblemResponse("The body is not what the schema asks for."),
            ["413"] = ProblemResponse("The body is larger than the service takes."),
            ["415"] = ProblemResponse("The body is not application/json in UTF-8."),
            ["422"] = ProblemResponse("The model refuses the call, though the body is what the schema asks for."),
            ["500"] = ProblemResponse("The model failed to answer."),
            ["503"] = RetryLater("The model is being loaded, or more calls wait for it than may."),
        };
        return operation;
    }

    /// <summary>
    /// OpenAPI 3.1 has no keyword for the items of a stream, so the schema beside such a media type is that of one
    /// item.
    /// </summary>
    private void AddStream(JsonObject responses, JsonObject item)
    {
        var response = responses["200"]!;
        response["description"] = (string?)response["description"]
            + " It comes item by item: one in each line (application/jsonl, application/x-ndjson), one in the data of "
            + "each event (text/event-stream), or all of them as one array (application/json).";
        foreach (var format in StreamFormat.All.Where(format => format != StreamFormat.Whole))
        {
            response["content"]![format.MediaType] = new JsonObject { ["schema"] = item.DeepClone() };
        }

        responses["406"] = ProblemResponse(
            $"The caller takes none of the forms that the stream can be had in. {TooLong}");
    }

    private JsonObject ProblemResponse(string description) => new()
    {
        ["description"] = description,
        ["content"] = new JsonObject
        {
            [Problem.MediaType] = new JsonObject { ["schema"] = problem.DeepClone() },
        },
    };

    private JsonObject RetryLater(string description)
    {
        var response = ProblemResponse(description);
        response["headers"] = new JsonObject
        {
            ["Retry-After"] = new JsonObject
            {
                ["description"] = "After how many seconds to try again.",
                ["schema"] = new JsonObject { ["type"] = "integer" },
            },
        };
        return response;
    }

    private static JsonObject Content(JsonObject schema, JsonObject? examples)
    {
        var content = new JsonObject { ["schema"] = schema.DeepClone() };
        if (examples is not null)
        {
            content["examples"] = examples;
        }

        return new JsonObject { [Json] = content };
    }

    private static JsonNode? Parse(string json) => JsonNode.Parse(json, documentOptions: DocumentJson.Options);

    /// <summary>All calls of a batch are one example.</summary>
    private static JsonObject? Array(IEnumerable<JsonNode?> values) =>
        values.ToArray() is { Length: > 0 } all ? Examples([new JsonArray(all)]) : null;

    private static JsonObject? Examples(IEnumerable<JsonNode?> values)
    {
        var examples = new JsonObject(values.Select((value, i) => KeyValuePair.Create(
            $"recorded-{i + 1}",
            (JsonNode?)new JsonObject { ["summary"] = "Recorded when the envelope was saved", ["value"] = value })));
        return examples.Count == 0 ? null : examples;
    }
}
