using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace EnvelopeSdk.Binding.Reading;

/// <summary>Strings as most are: short ones of ASCII without escapes.</summary>
internal static class PlainText
{
    // Longer ones are worth a call of what looks at more at once.
    private const int Longest = 4 * Width;

    private const int Width = 16;

    /// <summary>The characters before the quote that ends a string.</summary>
    /// <param name="text">What is behind its first quote.</param>
    /// <returns>
    /// Null where one of them is none of ASCII, or escaped, or a control, and where there are many.
    /// </returns>
    public static string? Read(ReadOnlySpan<byte> text)
    {
        Span<char> characters = stackalloc char[Longest];
        var units = MemoryMarshal.Cast<char, ushort>(characters);
        var at = 0;
        for (; at < Longest && text.Length - at >= Width; at += Width)
        {
            var block = Vector128.Create(text.Slice(at, Width));
            Vector128.WidenLower(block).CopyTo(units[at..]);
            Vector128.WidenUpper(block).CopyTo(units[(at + (Width / 2))..]);
            var others = Vector128.LessThan(block.AsSByte(), Vector128.Create((sbyte)' ')).AsByte() // and from 0x80 on
                | Vector128.Equals(block, Vector128.Create((byte)'"'))
                | Vector128.Equals(block, Vector128.Create((byte)'\\'));
            var places = others.ExtractMostSignificantBits();
            if (places != 0)
            {
                var end = at + BitOperations.TrailingZeroCount(places);
                return text[end] == '"' ? new string(characters[..end]) : null;
            }
        }

        return at < Longest ? ReadRest(text, characters, at) : null;
    }

    private static string? ReadRest(ReadOnlySpan<byte> text, Span<char> characters, int at)
    {
        for (; at < text.Length && text[at] is >= (byte)' ' and < 0x80 and not (byte)'"' and not (byte)'\\'; at++)
        {
            characters[at] = (char)text[at];
        }

        return at < text.Length && text[at] == '"' ? new string(characters[..at]) : null;
    }
}
