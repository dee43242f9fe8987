using System.Buffers;
using System.Buffers.Text;

namespace EnvelopeSdk.Binding;

/// <summary>
/// UUIDs as RFC 9562 writes them (section 4): 32 hexadecimal digits, and four hyphens. The parsers of
/// <see cref="Guid"/> take a sign or <c>0x</c> in the place of digits too.
/// </summary>
internal static class Uuid
{
    private const int Length = 36;

    private static readonly SearchValues<char> Characters = SearchValues.Create("0123456789abcdefABCDEF-");

    /// <summary>Reads a string that has no escapes.</summary>
    /// <param name="json">The JSON, from its quotation mark on.</param>
    /// <param name="value">The UUID.</param>
    /// <returns>The length of the string with its quotation marks; 0 where it is none.</returns>
    public static int Read(ReadOnlySpan<byte> json, out Guid value)
    {
        value = default;
        return json.Length >= Length + 2 && json[0] == '"' && json[Length + 1] == '"'
            && Utf8Parser.TryParse(json.Slice(1, Length), out value, out var length, 'D') && length == Length
                ? Length + 2 : 0;
    }

    /// <summary>Reads a text that is a UUID and nothing else.</summary>
    public static bool TryParse(string? text, out Guid value)
    {
        value = default;
        return text?.Length == Length && text.AsSpan().IndexOfAnyExcept(Characters) < 0
            && Guid.TryParseExact(text, "D", out value);
    }
}
