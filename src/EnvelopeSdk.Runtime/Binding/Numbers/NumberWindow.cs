using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace EnvelopeSdk.Binding.Numbers;

/// <summary>
/// Reads the digits of a plain number whose end is known, all at once and without a branch on how many there are: of
/// numbers whose lengths differ, a processor guesses about one wrong each, which costs more than the digits.
/// </summary>
/// <remarks>A number has digits here, and a point between two of them at the most; a sign stands before it.</remarks>
internal static class NumberWindow
{
    /// <summary>The most characters of a number, and how many are looked at of a shorter one.</summary>
    public const int Width = 16;

    /// <summary>The most characters of a number that is read in two windows.</summary>
    public const int TwoWidths = 24;

    // The most that may stand before 16 digits for all of them to be below 2^64.
    private const ulong LargestHead = (ulong.MaxValue / TenTo16) - 1;

    private const ulong TenTo15 = 1_000_000_000_000_000;
    private const ulong TenTo16 = 10 * TenTo15;

    /// <summary>Whether the processor has what this takes.</summary>
    public static bool IsSupported => Ssse3.IsSupported;

    /// <summary>The digits of a number of at most <see cref="Width"/> characters, as an integer.</summary>
    /// <param name="text">The text that begins with it, of at least <see cref="Width"/> characters.</param>
    /// <param name="length">Its length.</param>
    /// <param name="point">Where its point is; -1 where it has none.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Digits(ReadOnlySpan<byte> text, int length, int point)
    {
        // The last digit goes to the last byte, and so on; those before the point go one further. What comes from
        // before the first character is zero.
        var to = Vector128.Create((sbyte)length)
            + Vector128.Create((sbyte)-16, -15, -14, -13, -12, -11, -10, -9, -8, -7, -6, -5, -4, -3, -2, -1);
        var from = to - Vector128<sbyte>.One - Vector128.GreaterThan(to, Vector128.Create((sbyte)point));
        var digits = Ssse3.Shuffle(Vector128.Create(text) - Vector128.Create((byte)'0'), from.AsByte());

        // Neighbours are joined to two digits, to four and to eight.
        var twos = Ssse3.MultiplyAddAdjacent(
            digits, Vector128.Create((sbyte)10, 1, 10, 1, 10, 1, 10, 1, 10, 1, 10, 1, 10, 1, 10, 1));
        var fours = Sse2.MultiplyAddAdjacent(twos, Vector128.Create((short)100, 1, 100, 1, 100, 1, 100, 1));
        var eights = Sse2.MultiplyAddAdjacent(
            Sse2.PackSignedSaturate(fours, fours),
            Vector128.Create((short)10_000, 1, 10_000, 1, 10_000, 1, 10_000, 1)).AsUInt64().ToScalar();
        return ((uint)eights * 100_000_000UL) + (eights >> 32);
    }

    /// <summary>The digits of a number of more characters, as an integer.</summary>
    /// <param name="text">The text that begins with it.</param>
    /// <param name="length">Its length.</param>
    /// <param name="point">Where its point is; -1 where it has none.</param>
    /// <param name="digits">Receives them.</param>
    /// <returns>Whether there are not too many, as there are in more than <see cref="TwoWidths"/> characters.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryLongDigits(ReadOnlySpan<byte> text, int length, int point, out ulong digits)
    {
        digits = 0;
        if (length > TwoWidths)
        {
            return false;
        }

        var before = length - Width;
        var first = Digits(text, before, point < before ? point : -1);
        digits = (first * (point < before ? TenTo16 : TenTo15))
            + Digits(text[before..], Width, Math.Max(point - before, -1));
        return first <= LargestHead;
    }

    /// <summary>How many digits are behind a point; none if it is at -1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Places(int length, int point) => (length - 1 - point) & ~(point >> 31);
}
