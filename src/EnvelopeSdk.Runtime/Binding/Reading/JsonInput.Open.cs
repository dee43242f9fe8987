using System.Buffers;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Unicode;

namespace EnvelopeSdk.Binding.Reading;

/// <summary>
/// Values whose form is left open. What would throw when the model reads them, or when they are written back, is
/// refused here.
/// </summary>
public ref partial struct JsonInput
{
    private static readonly JsonDocumentOptions Nested = new() { MaxDepth = MaxDepth };

    /// <summary>Reads a value of any form, null among them, whose strings are valid Unicode.</summary>
    public JsonElement ReadElement()
    {
        var start = _position;
        _hasLoneSurrogate = false;
        SkipValue();
        if (IsStopped)
        {
            return default;
        }

        var json = _json[start.._position];
        var value = Parse(json);
        if (_hasLoneSurrogate || !Utf8.IsValid(json))
        {
            RefuseTexts(value);
        }

        return value;
    }

    /// <summary>
    /// Parses what was looked at. Of an array or object the library parses a copy once: given the bytes alone, it goes
    /// through them to find their end first.
    /// </summary>
    private static JsonElement Parse(ReadOnlySpan<byte> json)
    {
        if (json[0] is not ((byte)'{' or (byte)'['))
        {
            var scalar = new Utf8JsonReader(json);
            return JsonElement.ParseValue(ref scalar);
        }

        var copy = ArrayPool<byte>.Shared.Rent(json.Length);
        try
        {
            json.CopyTo(copy);
            using var document = JsonDocument.Parse(copy.AsMemory(0, json.Length), Nested);
            return document.RootElement.Clone();
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(copy);
        }
    }

    /// <summary>
    /// Reads a value of any form but null. No object in it has a member twice, which a <see cref="JsonObject"/> finds
    /// too late.
    /// </summary>
    public JsonNode ReadJsonNode()
    {
        if (Next == 'n')
        {
            Refuse("a value other than null");
            return null!;
        }

        var errors = ErrorCount;
        var value = ReadElement();
        if (ErrorCount == errors)
        {
            CheckDistinct(value);
        }

        return ErrorCount > errors ? null! : value.ValueKind switch
        {
            JsonValueKind.Object => JsonObject.Create(value)!,
            JsonValueKind.Array => JsonArray.Create(value)!,
            _ => JsonValue.Create(value)!,
        };
    }

    /// <summary>Reads a string, number or boolean; a number keeps its digits.</summary>
    public JsonValue ReadJsonValue()
    {
        if (Next is (byte)'{' or (byte)'[' or (byte)'n')
        {
            Refuse("a string, number or boolean");
            return null!;
        }

        var errors = ErrorCount;
        var value = ReadElement();
        return ErrorCount > errors ? null! : JsonValue.Create(value)!;
    }

    /// <summary>Records each member that an object in a value has twice.</summary>
    private readonly void CheckDistinct(JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Array)
        {
            var index = 0;
            foreach (var item in value.EnumerateArray())
            {
                _errors.Enter(index++);
                CheckDistinct(item);
                _errors.Leave();
            }
        }
        else if (value.ValueKind == JsonValueKind.Object)
        {
            var names = new HashSet<string>(StringComparer.Ordinal);
            foreach (var member in value.EnumerateObject())
            {
                _errors.Enter(member.Name);
                if (!names.Add(member.Name))
                {
                    _errors.Add("the member once", "it again");
                }

                CheckDistinct(member.Value);
                _errors.Leave();
            }
        }
    }

    /// <summary>Records each string in a value, and each name, that is not valid Unicode.</summary>
    private readonly void RefuseTexts(JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Array:
                var index = 0;
                foreach (var item in value.EnumerateArray())
                {
                    _errors.Enter(index++);
                    RefuseTexts(item);
                    _errors.Leave();
                }

                break;
            case JsonValueKind.Object:
                foreach (var member in value.EnumerateObject())
                {
                    RefuseTexts(member);
                }

                break;
            case JsonValueKind.String when TextOf(value.GetString) is null:
                _errors.Add("a string of valid Unicode", "a string with a lone surrogate or invalid UTF-8");
                break;
        }
    }

    private readonly void RefuseTexts(JsonProperty member)
    {
        var name = TextOf(() => member.Name);
        _errors.Enter(name ?? "\uFFFD"); // one that is not valid Unicode cannot be written back
        if (name is null)
        {
            _errors.Add("a member name of valid Unicode", "another name");
        }

        RefuseTexts(member.Value);
        _errors.Leave();
    }

    private static string? TextOf(Func<string?> read)
    {
        try
        {
            return read();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }
}
