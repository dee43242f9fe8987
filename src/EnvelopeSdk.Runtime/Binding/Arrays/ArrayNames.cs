using System.Text.Json;
using EnvelopeSdk.Binding.Reading;

namespace EnvelopeSdk.Binding.Arrays;

/// <summary>
/// Names arrays after their places: the constructor's parameter, and the JSON pointer (RFC 6901) from there, such as
/// <c>layers/0/weights</c>.
/// </summary>
internal static class ArrayNames
{
    /// <param name="json">The state in JSON.</param>
    /// <param name="places">Where in it the arrays are, in bytes, ascending; several may be at one place.</param>
    /// <param name="parameter">The name of the constructor's parameter.</param>
    public static IReadOnlyList<string> Of(ReadOnlySpan<byte> json, IReadOnlyList<int> places, string parameter)
    {
        var names = new List<string>();
        var path = new JsonPath();
        var reader = new Utf8JsonReader(json, new() { MaxDepth = JsonInput.MaxDepth + 1 });
        while (names.Count < places.Count && reader.Read())
        {
            if (reader.TokenType == JsonTokenType.StartObject)
            {
                while (names.Count < places.Count && places[names.Count] == reader.TokenStartIndex)
                {
                    names.Add(parameter + path.Pointer);
                }
            }

            path.Follow(ref reader);
        }

        return names;
    }
}
