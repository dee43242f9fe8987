using System.Text.Json.Nodes;
using Microsoft.OpenApi;

namespace EnvelopeSdk.Service.OpenApi;

/// <summary>
/// One making of the API document. The library's model of a document holds less than JSON does: it knows no integer
/// constants and rounds numbers. So what the model does not change on the way is published as it was written.
/// </summary>
/// <param name="server">Where the caller found the service.</param>
internal sealed class ExactDocument(string server)
{
    private static readonly AsyncLocal<ExactDocument?> Ambient = new();

    private JsonObject? _exact;
    private JsonObject? _parsed;

    /// <summary>The making that transformers take part in; null when a document is made without a request.</summary>
    public static ExactDocument? Current
    {
        get => Ambient.Value;
        set => Ambient.Value = value;
    }

    public string Server => server;

    /// <summary>Remembers what was written into a document, and what the document made of it.</summary>
    public void Keep(JsonObject exact, OpenApiDocument document) =>
        (_exact, _parsed) = (exact, NodeWriter.Write(document, OpenApiSpecVersion.OpenApi3_1));

    /// <summary>The JSON of a document, of which other transformers may have changed parts since.</summary>
    public JsonObject Write(OpenApiDocument document, OpenApiSpecVersion version)
    {
        var json = NodeWriter.Write(document, version);
        if (_exact is not null && version == OpenApiSpecVersion.OpenApi3_1)
        {
            foreach (var (name, value) in _exact)
            {
                json[name] = Merge(value, _parsed![name], json[name]);
            }
        }

        return json;
    }

    private static JsonNode? Merge(JsonNode? exact, JsonNode? parsed, JsonNode? written) =>
        (exact, parsed, written) switch
        {
            (JsonObject one, JsonObject before, JsonObject after) => MergeMembers(one, before, after),
            (JsonArray one, JsonArray before, JsonArray after)
                when one.Count == before.Count && one.Count == after.Count =>
                new JsonArray([.. one.Select((item, i) => Merge(item, before[i], after[i]))]),
            _ => (JsonNode.DeepEquals(parsed, written) ? exact : written)?.DeepClone(),
        };

    /// <summary>The members of one that was written here stay in their order.</summary>
    private static JsonObject MergeMembers(JsonObject exact, JsonObject parsed, JsonObject written)
    {
        var merged = new JsonObject();
        foreach (var (name, value) in exact)
        {
            if (written.TryGetPropertyValue(name, out var now))
            {
                merged[name] = parsed.TryGetPropertyValue(name, out var before)
                    ? Merge(value, before, now)
                    : now?.DeepClone();
            }
            else if (!parsed.ContainsKey(name))
            {
                merged[name] = value?.DeepClone(); // the library does not know it
            }
        }

        foreach (var (name, value) in written.Where(one => !exact.ContainsKey(one.Key)))
        {
            merged[name] = value?.DeepClone();
        }

        return merged;
    }
}
