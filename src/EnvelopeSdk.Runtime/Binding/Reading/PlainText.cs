using System.Buffers;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace EnvelopeSdk.Binding.Reading;

/// <summary>Strings as most are: short ones of ASCII without escapes, which are looked at several characters at once.</summary>
internal static class PlainText
{
    // Longer ones are worth a call of what looks at more at once.
    public const int Longest = 4 * Width;

    private const int Width = 16;

    private static readonly SearchValues<byte> Ends = SearchValues.Create(
        [(byte)'"', (byte)'\\', .. Enumerable.Range(0, ' ').Select(control => (byte)control)]);

    /// <summary>Where a string ends, or has an escape, or a control, which it may not have.</summary>
    /// <param name="text">What is behind its first quote.</param>
    /// <returns>-1 where it goes on to the end.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int IndexOfEnd(ReadOnlySpan<byte> text)
    {
        // Most strings are shorter than what it costs to call what looks for more at once.
        if (text.Length >= Width)
        {
            var block = Vector128.Create(text[..Width]);
            var places = (Vector128.LessThan(block, Vector128.Create((byte)' '))
                | Vector128.Equals(block, Vector128.Create((byte)'"'))
                | Vector128.Equals(block, Vector128.Create((byte)'\\'))).ExtractMostSignificantBits();
            if (places != 0)
            {
                return BitOperations.TrailingZeroCount(places);
            }
        }

        return text.IndexOfAny(Ends);
    }

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

    /// <summary>Writes the characters of a short text up to the first that is not written as it is.</summary>
    /// <param name="text">The text.</param>
    /// <param name="utf8">Receives them; what is behind them may be written to as well.</param>
    /// <returns>How many there are.</returns>
    public static int Write(ReadOnlySpan<char> text, Span<byte> utf8)
    {
        var units = MemoryMarshal.Cast<char, ushort>(text);
        var at = 0;
        for (; units.Length - at >= Width / 2; at += Width / 2)
        {
            var block = Vector128.Create(units.Slice(at, Width / 2));
            var others = Vector128.LessThan(block, Vector128.Create((ushort)' '))
                | Vector128.GreaterThan(block, Vector128.Create((ushort)0x7F))
                | Vector128.Equals(block, Vector128.Create((ushort)'"'))
                | Vector128.Equals(block, Vector128.Create((ushort)'\\'));
            if (others != Vector128<ushort>.Zero)
            {
                break;
            }

            Vector128.Narrow(block, block).GetLower().CopyTo(utf8[at..]);
        }

        for (; at < units.Length && units[at] is >= ' ' and <= 0x7F and not '"' and not '\\'; at++)
        {
            utf8[at] = (byte)units[at];
        }

        return at;
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
