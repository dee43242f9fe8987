using System.Globalization;
using System.Text;

namespace EnvelopeSdk.Binding;

/// <summary>The escapes of JSON strings (RFC 8259, section 7).</summary>
internal static class JsonEscape
{
    /// <summary>The length of <c>\u1234</c>.</summary>
    public const int UnitLength = 6;

    /// <summary>
    /// What the letters from 0 to f count, and -1 those between: which of them comes next, no processor guesses.
    /// </summary>
    private static ReadOnlySpan<sbyte> Digits =>
    [
        0, 1, 2, 3, 4, 5, 6, 7, 8, 9, -1, -1, -1, -1, -1, -1, -1, 10, 11, 12, 13, 14, 15,
        -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1,
        10, 11, 12, 13, 14, 15,
    ];

    /// <summary>Reads <c>\u1234</c> at the start of a text.</summary>
    public static bool TryReadUnit(ReadOnlySpan<byte> text, out char unit)
    {
        unit = default;
        if (text.Length < UnitLength || text[0] != '\\' || text[1] != 'u')
        {
            return false;
        }

        var (first, second, third, fourth) = (Digit(text[2]), Digit(text[3]), Digit(text[4]), Digit(text[5]));
        unit = (char)((first << 12) | (second << 8) | (third << 4) | fourth);
        return (first | second | third | fourth) >= 0;
    }

    /// <summary>Resolves the escapes of a text that has been scanned.</summary>
    /// <param name="escaped">The text.</param>
    /// <param name="text">The text in UTF-8, whose bytes without escapes are as they came, valid or not.</param>
    /// <returns>Whether no escape is half of a surrogate pair alone.</returns>
    public static bool TryResolve(ReadOnlySpan<byte> escaped, out ReadOnlySpan<byte> text)
    {
        var resolved = new byte[escaped.Length]; // an escape is never shorter than what it stands for
        var length = 0;
        for (var at = 0; at < escaped.Length;)
        {
            if (escaped[at] != '\\')
            {
                var plain = escaped[at..];
                var next = plain.IndexOf((byte)'\\');
                plain = next < 0 ? plain : plain[..next];
                plain.CopyTo(resolved.AsSpan(length));
                at += plain.Length;
                length += plain.Length;
                continue;
            }

            var size = ReadRune(escaped[at..], out var rune);
            if (size == 0)
            {
                text = default;
                return false;
            }

            at += size;
            length += Encode(rune, resolved.AsSpan(length));
        }

        text = resolved.AsSpan(0, length);
        return true;
    }

    /// <summary>Reads the escape with which a text begins, or the two of a surrogate pair.</summary>
    /// <returns>Its length; 0 where it is half of a pair alone.</returns>
    private static int ReadRune(ReadOnlySpan<byte> escaped, out int rune)
    {
        if (escaped[1] != 'u')
        {
            rune = Short(escaped[1]);
            return 2;
        }

        TryReadUnit(escaped, out var unit);
        rune = unit;
        if (!char.IsSurrogate(unit))
        {
            return UnitLength;
        }

        if (!TryReadUnit(escaped[UnitLength..], out var low) || !char.IsSurrogatePair(unit, low))
        {
            return 0;
        }

        rune = char.ConvertToUtf32(unit, low);
        return 2 * UnitLength;
    }

    /// <summary>Writes a code point in UTF-8; most that are escaped are not ASCII, and of the first plane.</summary>
    private static int Encode(int rune, Span<byte> target)
    {
        if (rune is < 0x800 or > 0xFFFF)
        {
            return new Rune(rune).EncodeToUtf8(target);
        }

        target[2] = (byte)(0x80 | (rune & 0x3F));
        target[1] = (byte)(0x80 | ((rune >> 6) & 0x3F));
        target[0] = (byte)(0xE0 | (rune >> 12));
        return 3;
    }

    /// <summary>Writes the escape of a character that JSON has no other form for.</summary>
    /// <returns>The number of bytes.</returns>
    public static int Write(char character, Span<byte> target)
    {
        target[0] = (byte)'\\';
        target[1] = character switch
        {
            '\b' => (byte)'b',
            '\f' => (byte)'f',
            '\n' => (byte)'n',
            '\r' => (byte)'r',
            '\t' => (byte)'t',
            < ' ' => (byte)'u',
            _ => (byte)character,
        };
        if (target[1] != 'u')
        {
            return 2;
        }

        ((int)character).TryFormat(target[2..], out _, "x4", CultureInfo.InvariantCulture);
        return UnitLength;
    }

    /// <returns>What a hexadecimal digit counts; -1 for another letter.</returns>
    private static int Digit(byte letter)
    {
        var place = (uint)(letter - '0');
        return place < (uint)Digits.Length ? Digits[(int)place] : -1;
    }

    private static char Short(byte letter) => letter switch
    {
        (byte)'b' => '\b',
        (byte)'f' => '\f',
        (byte)'n' => '\n',
        (byte)'r' => '\r',
        (byte)'t' => '\t',
        _ => (char)letter,
    };
}
