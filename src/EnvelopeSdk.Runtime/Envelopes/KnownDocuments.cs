using System.Text.Json;

namespace EnvelopeSdk.Envelopes;

/// <summary>
/// Reads documents of an envelope that were checked before: by the build of the program, which knows their digest
/// since. A serializer would first make what it knows of all that a record can have, which takes longer than a service
/// should take to begin.
/// </summary>
internal static class KnownDocuments
{
    public static OciManifest Manifest(ReadOnlyMemory<byte> json)
    {
        using var document = JsonDocument.Parse(json);
        var root = document.RootElement;
        var layers = new List<OciDescriptor>();
        foreach (var layer in root.GetProperty("layers").EnumerateArray())
        {
            layers.Add(Descriptor(layer));
        }

        return new()
        {
            SchemaVersion = root.GetProperty("schemaVersion").GetInt32(),
            MediaType = Text(root, "mediaType"),
            ArtifactType = Text(root, "artifactType"),
            Config = Descriptor(root.GetProperty("config")),
            Layers = layers,
            Annotations = Annotations(root),
        };
    }

    public static RecordHead Head(ReadOnlyMemory<byte> json)
    {
        using var document = JsonDocument.Parse(json);
        var root = document.RootElement;
        var model = root.GetProperty("model");
        return new()
        {
            Name = Text(root, "name"),
            ModelType = Text(model, "type"),
            Platform = Text(model, "platform"),
            Culture = root.TryGetProperty("culture", out var culture) ? culture.GetString()! : "",
            IsInvariant = root.TryGetProperty("configuration", out var configuration)
                && configuration.TryGetProperty(RuntimeSettings.InvariantGlobalization, out var isInvariant)
                ? isInvariant.ValueKind == JsonValueKind.True
                : null,
            State = State(root),
            Queries = Names(root.GetProperty("schema").GetProperty("queries")),
        };
    }

    /// <returns>Null where one tells of the columns of tables, which the serializer knows.</returns>
    public static IReadOnlyList<PredictionExample>? Examples(ReadOnlyMemory<byte> json)
    {
        var examples = new List<PredictionExample>();
        foreach (var example in JsonElement.Parse(json.Span).EnumerateArray())
        {
            if (example.TryGetProperty("tables", out _))
            {
                return null;
            }

            examples.Add(new(Text(example, "query"), example.GetProperty("input"), example.GetProperty("output")));
        }

        return examples;
    }

    private static List<StateRecord> State(JsonElement record)
    {
        var states = new List<StateRecord>();
        foreach (var state in record.GetProperty("state").EnumerateArray())
        {
            var files = new List<string>();
            foreach (var file in state.GetProperty("files").EnumerateArray())
            {
                files.Add(file.GetString()!);
            }

            states.Add(new(Text(state, "name"), Text(state, "codec"), state.GetProperty("version").GetInt32(), files));
        }

        return states;
    }

    private static List<string> Names(JsonElement queries)
    {
        var names = new List<string>();
        foreach (var query in queries.EnumerateArray())
        {
            names.Add(Text(query, "name"));
        }

        return names;
    }

    private static OciDescriptor Descriptor(JsonElement blob) => new()
    {
        MediaType = Text(blob, "mediaType"),
        ArtifactType = blob.TryGetProperty("artifactType", out var type) ? type.GetString() : null,
        Digest = Digest.TryParse(Text(blob, "digest"), out var digest) ? digest : default,
        Size = blob.GetProperty("size").GetInt64(),
        Annotations = Annotations(blob),
    };

    private static SortedDictionary<string, string>? Annotations(JsonElement holder)
    {
        if (!holder.TryGetProperty("annotations", out var there))
        {
            return null;
        }

        var annotations = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var annotation in there.EnumerateObject())
        {
            annotations.Add(annotation.Name, annotation.Value.GetString()!);
        }

        return annotations;
    }

    private static string Text(JsonElement holder, string name) => holder.GetProperty(name).GetString()!;
}
