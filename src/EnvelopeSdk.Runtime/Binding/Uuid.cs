using System.Buffers;

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
        if (json.Length < Length + 2 || json[0] != '"' || json[9] != '-' || json[14] != '-' || json[19] != '-'
            || json[24] != '-' || json[Length + 1] != '"')
        {
            return 0;
        }

        // Put together, all are read at once.
        Span<byte> digits = stackalloc byte[2 * 16];
        json.Slice(1, 8).CopyTo(digits);
        json.Slice(10, 4).CopyTo(digits[8..]);
        json.Slice(15, 4).CopyTo(digits[12..]);
        json.Slice(20, 4).CopyTo(digits[16..]);
        json.Slice(25, 12).CopyTo(digits[20..]);
        Span<byte> bytes = stackalloc byte[16];
        if (Convert.FromHexString(digits, bytes, out _, out _) != OperationStatus.Done)
        {
            return 0;
        }

        value = new(bytes, bigEndian: true);
        return Length + 2;
    }

    /// <summary>Reads a text that is a UUID and nothing else.</summary>
    public static bool TryParse(string? text, out Guid value)
    {
        value = default;
        return text?.Length == Length && text.AsSpan().IndexOfAnyExcept(Characters) < 0
            && Guid.TryParseExact(text, "D", out value);
    }
}
