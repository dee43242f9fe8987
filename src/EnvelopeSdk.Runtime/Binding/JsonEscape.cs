using System.Globalization;
using System.Text;

namespace EnvelopeSdk.Binding;

/// <summary>The escapes of JSON strings (RFC 8259, section 7).</summary>
internal static class JsonEscape
{
    /// <summary>The length of <c>\u1234</c>.</summary>
    public const int UnitLength = 6;

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
        while (true)
        {
            var plain = escaped.IndexOf((byte)'\\');
            plain = plain < 0 ? escaped.Length : plain;
            escaped[..plain].CopyTo(resolved.AsSpan(length));
            length += plain;
            escaped = escaped[plain..];
            text = resolved.AsSpan(0, length);
            if (escaped.IsEmpty)
            {
                return true;
            }

            if (!TryReadRune(ref escaped, out var rune))
            {
                return false;
            }

            length += rune.EncodeToUtf8(resolved.AsSpan(length));
        }
    }

    private static bool TryReadRune(ref ReadOnlySpan<byte> escaped, out Rune rune)
    {
        if (escaped[1] != 'u')
        {
            rune = new Rune(Short(escaped[1]));
            escaped = escaped[2..];
            return true;
        }

        TryReadUnit(escaped, out var unit);
        escaped = escaped[UnitLength..];
        if (Rune.TryCreate(unit, out rune))
        {
            return true;
        }

        var isPair = TryReadUnit(escaped, out var low) && Rune.TryCreate(unit, low, out rune);
        escaped = isPair ? escaped[UnitLength..] : escaped;
        return isPair;
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
    private static int Digit(byte letter) =>
        (uint)(letter - '0') <= 9 ? letter - '0'
        : (uint)((letter | 0x20) - 'a') <= 5 ? (letter | 0x20) - 'a' + 10
        : -1;

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
