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
          "required": ["type", "title", "status"],
          "properties": {
            "type": { "type": "string", "format": "uri", "description": "The page that describes the problem." },
            "title": { "type": "string" },
            "status": { "type": "integer", "format": "int32" },
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
