using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace EnvelopeSdk.Binding;

/// <summary>
/// UUIDs as RFC 9562 writes them (section 4): 32 hexadecimal digits, and four hyphens. The parsers of
/// <see cref="Guid"/> take a sign or <c>0x</c> in the place of digits too.
/// </summary>
internal static class Uuid
{
    private const int Length = 36;

    private const byte None = 0xFF; // takes no byte

    private static readonly SearchValues<char> Characters = SearchValues.Create("0123456789abcdefABCDEF-");

    // Where the digits stand in what is loaded of a text, of which 8, 13, 18 and 23 are hyphens.
    private static Vector128<byte> HighOfFirst =>
        Vector128.Create(0, 1, 2, 3, 4, 5, 6, 7, 9, 10, 11, 12, 14, 15, None, None);

    private static Vector128<byte> HighOfMiddle => Vector128.Create(
        None, None, None, None, None, None, None, None, None, None, None, None, None, None, 0, 1);

    private static Vector128<byte> LowOfMiddle => Vector128.Create(
        3, None, None, None, None, None, None, None, None, None, None, None, None, None, None, None);

    private static Vector128<byte> LowOfLast =>
        Vector128.Create(None, 0, 1, 2, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);

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

        // Three registers hold its 36 characters; two, the digits alone.
        var text = json.Slice(1, Length);
        var (first, middle, last) = (Load(text), Load(text[16..]), Load(text[20..]));
        var high = Vector128.Shuffle(first, HighOfFirst) | Vector128.Shuffle(middle, HighOfMiddle);
        var low = Vector128.Shuffle(middle, LowOfMiddle) | Vector128.Shuffle(last, LowOfLast);
        if (!TryDecode(ref high) || !TryDecode(ref low))
        {
            return 0;
        }

        Span<byte> bytes = stackalloc byte[16];
        Vector128.Narrow(Join(high), Join(low)).CopyTo(bytes);
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

    private static Vector128<byte> Load(ReadOnlySpan<byte> text) => Vector128.Create(text[..Vector128<byte>.Count]);

    /// <summary>The values of 16 hexadecimal digits.</summary>
    /// <returns>Whether all of them are.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool TryDecode(ref Vector128<byte> digits)
    {
        var decimals = digits - Vector128.Create((byte)'0');
        var letters = (digits | Vector128.Create((byte)0x20)) - Vector128.Create((byte)'a');
        var isDecimal = Vector128.LessThan(decimals, Vector128.Create((byte)10));
        var isLetter = Vector128.LessThan(letters, Vector128.Create((byte)6));
        digits = (decimals & isDecimal) | ((letters + Vector128.Create((byte)10)) & isLetter);
        return (isDecimal | isLetter) == Vector128<byte>.AllBitsSet;
    }

    /// <summary>The bytes of 8 pairs of digits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<ushort> Join(Vector128<byte> digits)
    {
        var pairs = digits.AsUInt16(); // on a machine that puts the lower byte first
        return BitConverter.IsLittleEndian
            ? ((pairs << 4) | (pairs >> 8)) & Vector128.Create((ushort)0xFF)
            : ((pairs >> 4) | pairs) & Vector128.Create((ushort)0xFF);
    }
}
