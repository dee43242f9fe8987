using System.Text.Json;

namespace EnvelopeSdk.Binding;

/// <summary>Follows a reader of JSON and knows where it is.</summary>
internal sealed class JsonPath
{
    private readonly Stack<Level> _levels = new();

    /// <summary>The JSON pointer (RFC 6901) of the value that comes next.</summary>
    public string Pointer => string.Concat(_levels.Reverse());

    /// <summary>Takes note of the token at which the reader is.</summary>
    public void Follow(ref Utf8JsonReader reader)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.PropertyName:
                _levels.Peek().Name = reader.GetString();
                break;
            case JsonTokenType.StartArray or JsonTokenType.StartObject:
                _levels.Push(new Level(reader.TokenType == JsonTokenType.StartArray));
                break;
            case JsonTokenType.EndArray or JsonTokenType.EndObject:
                _levels.Pop();
                goto default;
            default:
                _levels.TryPeek(out var level);
                level?.Pass();
                break;
        }
    }

    private sealed class Level(bool isArray)
    {
        private int _index;

        /// <summary>The name whose value comes next; null in an array, and between two members.</summary>
        public string? Name { get; set; }

        public void Pass() => (Name, _index) = (null, _index + 1);

        public override string ToString() => isArray ? $"/{_index}"
            : Name is null
                ? ""
                : "/" + Name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);
    }
}
