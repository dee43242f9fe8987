using System.Globalization;
using System.Text;
using System.Text.Unicode;

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

        var digits = text[2..UnitLength];
        var isHex = ushort.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value)
            && !digits.Contains((byte)0); // which .NET takes behind digits
        unit = (char)value;
        return isHex;
    }

    /// <summary>Resolves the escapes of a text that has been scanned.</summary>
    /// <returns>The text in UTF-8; null when it is not valid Unicode.</returns>
    public static byte[]? Resolve(ReadOnlySpan<byte> escaped)
    {
        var text = new byte[escaped.Length]; // an escape is never shorter than what it stands for
        var length = 0;
        while (!escaped.IsEmpty)
        {
            var plain = escaped.IndexOf((byte)'\\');
            plain = plain < 0 ? escaped.Length : plain;
            escaped[..plain].CopyTo(text.AsSpan(length));
            length += plain;
            escaped = escaped[plain..];
            if (escaped.IsEmpty)
            {
                break;
            }

            if (!TryReadRune(ref escaped, out var rune))
            {
                return null;
            }

            length += rune.EncodeToUtf8(text.AsSpan(length));
        }

        Array.Resize(ref text, length);
        return Utf8.IsValid(text) ? text : null;
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
