using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.OpenApi;

namespace EnvelopeSdk.Service.OpenApi;

/// <summary>
/// Takes down as nodes what an OpenAPI document writes. The library's own writer makes text that is no JSON: it leaves
/// control characters as they are, and it refuses names without letters.
/// </summary>
internal sealed class NodeWriter : IOpenApiWriter
{
    private readonly Stack<JsonNode> _open = new();
    private string _name = "";
    private JsonNode? _root;

    /// <summary>The document as the library writes it.</summary>
    public static JsonObject Write(OpenApiDocument document, OpenApiSpecVersion version)
    {
        var writer = new NodeWriter();
        switch (version)
        {
            case OpenApiSpecVersion.OpenApi2_0:
                document.SerializeAsV2(writer);
                break;
            case OpenApiSpecVersion.OpenApi3_0:
                document.SerializeAsV3(writer);
                break;
            default:
                document.SerializeAsV31(writer);
                break;
        }

        return (JsonObject)writer._root!;
    }

    public void WriteStartObject() => Begin(new JsonObject());

    public void WriteEndObject() => _open.Pop();

    public void WriteStartArray() => Begin(new JsonArray());

    public void WriteEndArray() => _open.Pop();

    public void WritePropertyName(string name) => _name = name;

    public void WriteValue(string value) => Add(value);

    public void WriteValue(decimal value) => Add(value);

    public void WriteValue(int value) => Add(value);

    public void WriteValue(bool value) => Add(value);

    public void WriteNull() => Add(null);

    public void WriteRaw(string value) => Add(JsonNode.Parse(value, documentOptions: DocumentJson.Options));

    public void WriteValue(object? value) => Add(value switch
    {
        null => null,
        bool flag => flag,
        int number => number,
        long number => number,
        decimal number => number,
        float number when float.IsFinite(number) => number,
        double number when double.IsFinite(number) => number,
        DateTime time => time.ToString("o", CultureInfo.InvariantCulture),
        DateTimeOffset time => time.ToString("o", CultureInfo.InvariantCulture),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture),
    });

    public Task FlushAsync(CancellationToken cancellationToken = default) => Task.CompletedTask;

    private void Begin(JsonNode container)
    {
        Add(container);
        _open.Push(container);
    }

    private void Add(JsonNode? node)
    {
        if (!_open.TryPeek(out var container))
        {
            _root = node;
        }
        else if (container is JsonArray array)
        {
            array.Add(node);
        }
        else
        {
            container[_name] = node;
        }
    }
}
