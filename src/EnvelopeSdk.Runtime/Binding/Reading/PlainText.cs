using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace EnvelopeSdk.Binding.Reading;

/// <summary>Strings as most are: short ones of ASCII without escapes.</summary>
internal static class PlainText
{
    // Longer ones are worth a call of what looks at more at once.
    private const int Longest = 4 * Width;

    private const int Width = 16;

    /// <summary>How many characters stand before the quote that ends a string.</summary>
    /// <param name="text">What is behind its first quote.</param>
    /// <returns>
    /// -1 where one of them is none of ASCII, or escaped, or a control, and where there are many.
    /// </returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Length(ReadOnlySpan<byte> text)
    {
        var at = 0;
        for (; at < Longest && text.Length - at >= Width; at += Width)
        {
            var block = Vector128.Create(text.Slice(at, Width));
            var others = Vector128.LessThan(block.AsSByte(), Vector128.Create((sbyte)' ')).AsByte() // and from 0x80 on
                | Vector128.Equals(block, Vector128.Create((byte)'"'))
                | Vector128.Equals(block, Vector128.Create((byte)'\\'));
            var places = others.ExtractMostSignificantBits();
            if (places != 0)
            {
                var end = at + BitOperations.TrailingZeroCount(places);
                return text[end] == '"' ? end : -1;
            }
        }

        return at < Longest ? LengthOfRest(text, at) : -1;
    }

    private static int LengthOfRest(ReadOnlySpan<byte> text, int at)
    {
        while (at < text.Length && text[at] is >= (byte)' ' and < 0x80 and not (byte)'"' and not (byte)'\\')
        {
            at++;
        }

        return at < text.Length && text[at] == '"' ? at : -1;
    }
}
