using System.Text.Json;
using EnvelopeSdk.Binding.Reading;

namespace EnvelopeSdk.Binding.Writing;

/// <summary>
/// Finds where in an answer the writing of it ended, for the person who looks for what is wrong with a model.
/// </summary>
internal static class AnswerPlace
{
    private const int MostLength = 200;

    /// <summary>The JSON pointer (RFC 6901) of the value that would have come next; cut when it is long.</summary>
    /// <param name="written">The beginning of an answer.</param>
    public static string Of(ReadOnlySpan<byte> written)
    {
        var path = new Stack<Level>();
        // The space ends a number.
        var reader = new Utf8JsonReader(
            [.. written, (byte)' '], isFinalBlock: false, new(new() { MaxDepth = JsonInput.MaxDepth + 1 }));
        while (reader.Read())
        {
            switch (reader.TokenType)
            {
                case JsonTokenType.PropertyName:
                    path.Peek().Name = reader.GetString();
                    break;
                case JsonTokenType.StartArray or JsonTokenType.StartObject:
                    path.Push(new Level(reader.TokenType == JsonTokenType.StartArray));
                    break;
                case JsonTokenType.EndArray or JsonTokenType.EndObject:
                    path.Pop();
                    goto default;
                default:
                    path.TryPeek(out var level);
                    level?.Pass();
                    break;
            }
        }

        var pointer = string.Concat(path.Reverse());
        return pointer.Length > MostLength ? pointer[..MostLength] + "..." : pointer;
    }

    private sealed class Level(bool isArray)
    {
        private int _index;

        /// <summary>The name whose value is being written; null in an array, and between two members.</summary>
        public string? Name { get; set; }

        public void Pass() => (Name, _index) = (null, _index + 1);

        public override string ToString() => isArray ? $"/{_index}"
            : Name is null
                ? ""
                : "/" + Name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);
    }
}
