using System.Text.Json.Nodes;

namespace EnvelopeSdk.Service.OpenApi;

/// <summary>The JSON Schemas of the problem details that a service answers.</summary>
internal static class ProblemSchema
{
    public const string Name = "ProblemDetails";

    public const string ErrorName = "ProblemError";

    /// <summary>The problem details.</summary>
    /// <param name="error">Refers to the schema of one error.</param>
    public static JsonObject Json(JsonObject error)
    {
        var json = Details();
        json["properties"]!["errors"]!["items"] = error;
        return json;
    }

    /// <summary>What is wrong with one value of a body.</summary>
    public static JsonObject Error() => (JsonObject)JsonNode.Parse(
        """
        {
          "type": "object",
          "description": "What is wrong with one value of a body.",
          "required": ["pointer", "detail", "expected", "actual"],
          "properties": {
            "pointer": { "type": "string", "description": "The JSON pointer (RFC 6901) of the value." },
            "detail": { "type": "string", "description": "What is wrong with it, in a sentence." },
            "expected": { "type": "string", "description": "What the schema asks for." },
            "actual": { "type": "string", "description": "What was sent." }
          }
        }
        """)!;

    private static JsonObject Details() => (JsonObject)JsonNode.Parse(
        """
        {
          "type": "object",
          "description": "Problem details (RFC 9457).",
          "required": ["type", "title", "status", "traceId"],
          "properties": {
            "type": { "type": "string", "format": "uri", "description": "Names the kind of problem." },
            "title": { "type": "string", "description": "The kind of problem, for people." },
            "status": { "type": "integer", "format": "int32", "description": "The status of the answer." },
            "detail": { "type": "string", "description": "Why the model refuses the call." },
            "traceId": { "type": "string", "description": "What logs and traces name the request by." },
            "errors": { "type": "array", "description": "What is wrong with the body." }
          }
        }
        """)!;
}
