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
        var path = new JsonPath();
        var reader = new Utf8JsonReader(
            written, isFinalBlock: false, new(new() { MaxDepth = JsonInput.MaxDepth + 1 }));
        Follow(path, ref reader);
        byte[] last = [.. written[(int)reader.BytesConsumed..], (byte)' ']; // which ends a number
        reader = new Utf8JsonReader(last, isFinalBlock: false, reader.CurrentState);
        Follow(path, ref reader);

        var pointer = path.Pointer;
        return pointer.Length > MostLength ? pointer[..MostLength] + "..." : pointer;
    }

    private static void Follow(JsonPath path, ref Utf8JsonReader reader)
    {
        while (reader.Read())
        {
            path.Follow(ref reader);
        }
    }
}
