using System.Text.Encodings.Web;
using System.Text.Json;

namespace EnvelopeSdk.Plain;

/// <summary>JSON of which one value has one text: members are sorted by name.</summary>
internal static class CanonicalJson
{
    /// <summary>The most bytes of JSON of what a user says of a model.</summary>
    public const int MaxBytes = 1 << 20;

    /// <summary>The deepest nesting. What it becomes a part of is read to 64 levels.</summary>
    public const int MaxDepth = 32;

    private static readonly JsonWriterOptions Options = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, // as the documents that it becomes a part of
        MaxDepth = 64,
    };

    public static JsonElement Write(Action<Utf8JsonWriter> write)
    {
        using var text = new MemoryStream();
        using (var writer = new Utf8JsonWriter(text, Options))
        {
            write(writer);
        }

        return JsonElement.Parse(text.GetBuffer().AsSpan(0, (int)text.Length));
    }

    public static void Write(Utf8JsonWriter writer, JsonElement json)
    {
        switch (json.ValueKind)
        {
            case JsonValueKind.Object:
                writer.WriteStartObject();
                foreach (var member in json.EnumerateObject().OrderBy(one => one.Name, StringComparer.Ordinal))
                {
                    writer.WritePropertyName(member.Name);
                    Write(writer, member.Value);
                }

                writer.WriteEndObject();
                break;
            case JsonValueKind.Array:
                writer.WriteStartArray();
                foreach (var item in json.EnumerateArray())
                {
                    Write(writer, item);
                }

                writer.WriteEndArray();
                break;
            default:
                json.WriteTo(writer);
                break;
        }
    }
}
