using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace EnvelopeSdk.Binding.Writing;

/// <summary>
/// Values whose form is left open. What JSON cannot carry in them is only found when they are written.
/// </summary>
public sealed partial class JsonOutput
{
    private static readonly JsonWriterOptions Relaxed = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        SkipValidation = true,
    };

    /// <summary>Writes a value of any form.</summary>
    /// <exception cref="ModelAnswerException">
    /// It was never given a value, or holds a string that is not valid Unicode.
    /// </exception>
    public void WriteElement(JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Undefined)
        {
            throw UnexpectedNull("a JSON value");
        }

        WriteOpen(value.WriteTo);
    }

    /// <summary>Writes a value of any form but null.</summary>
    /// <exception cref="ModelAnswerException">It is null, or holds something that JSON cannot carry.</exception>
    public void WriteJsonNode(JsonNode? value)
    {
        switch (value)
        {
            case null:
                throw UnexpectedNull("a JSON value");
            case JsonObject members:
                WriteMembers(members);
                break;
            case JsonArray items:
                WriteItems(items);
                break;
            default:
                WriteJsonValue(value.AsValue());
                break;
        }
    }

    /// <summary>Writes a string, number or boolean.</summary>
    /// <exception cref="ModelAnswerException">It is null, or something that JSON cannot carry.</exception>
    public void WriteJsonValue(JsonValue? value)
    {
        if (value is null)
        {
            throw UnexpectedNull("a JSON value");
        }

        // A node that was made of a string would write another character for a lone surrogate.
        if (value.GetValueKind() == JsonValueKind.String && !value.TryGetValue(out JsonElement _)
            && value.TryGetValue(out string? text))
        {
            WriteString(text);
        }
        else
        {
            WriteOpen(writer => value.WriteTo(writer));
        }
    }

    private void WriteMembers(JsonObject value)
    {
        WriteStartObject();
        foreach (var (name, member) in value)
        {
            WriteName(name);
            WriteNullable(member);
        }

        WriteEndObject();
    }

    private void WriteItems(JsonArray value)
    {
        WriteStartArray();
        foreach (var item in value)
        {
            WriteNullable(item);
        }

        WriteEndArray();
    }

    private void WriteNullable(JsonNode? value)
    {
        if (value is null)
        {
            WriteNull();
        }
        else
        {
            WriteJsonNode(value);
        }
    }

    private void WriteOpen(Action<Utf8JsonWriter> write)
    {
        try
        {
            Value(0);
            using var writer = new Utf8JsonWriter(this, Relaxed);
            write(writer);
        }
        catch (Exception invalid) when (invalid is InvalidOperationException or ArgumentException)
        {
            throw new ModelAnswerException(
                "The model answered a JSON value that holds NaN, an infinity, or a string that is not valid Unicode.");
        }

        _isBehindValue = true;
    }
}
