using System.Text.Json.Nodes;

namespace EnvelopeSdk.Service.OpenApi;

/// <summary>The JSON Schema of the problem details that a service answers.</summary>
internal static class ProblemSchema
{
    public const string Name = "ProblemDetails";

    public static JsonObject Json() => (JsonObject)JsonNode.Parse(
        """
        {
          "type": "object",
          "description": "Problem details (RFC 9457).",
          "required": ["type", "title", "status", "traceId"],
          "properties": {
            "type": { "type": "string", "format": "uri", "description": "Names the kind of problem." },
            "title": { "type": "string" },
            "status": { "type": "integer", "format": "int32" },
            "detail": { "type": "string", "description": "Why the model refuses the call." },
            "traceId": { "type": "string", "description": "What the service's logs and traces name the request by." },
            "errors": {
              "type": "array",
              "items": {
                "type": "object",
                "required": ["pointer", "detail", "expected", "actual"],
                "properties": {
                  "pointer": { "type": "string", "description": "The JSON pointer (RFC 6901) of the value at fault." },
                  "detail": { "type": "string" },
                  "expected": { "type": "string" },
                  "actual": { "type": "string" }
                }
              }
            }
          }
        }
        """)!;
}
