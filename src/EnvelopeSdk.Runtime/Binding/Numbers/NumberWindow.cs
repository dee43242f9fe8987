using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace EnvelopeSdk.Binding.Numbers;

/// <summary>
/// Reads a plain number whose end is known, all of its characters at once and without a branch on how many there are:
/// of numbers whose lengths differ, a processor guesses about one wrong each, which costs more than the digits.
/// </summary>
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

    /// <summary>Scans a number of at most <see cref="Width"/> characters.</summary>
    /// <param name="text">The text that begins with it, of at least <see cref="Width"/> characters.</param>
    /// <param name="length">Its length.</param>
    /// <param name="isNegative">Whether it has a minus sign.</param>
    /// <param name="digits">Its digits, before and behind the point, as an integer.</param>
    /// <param name="places">How many of them are behind the point.</param>
    /// <returns>Whether these characters are a number without an exponent.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryScan(
        ReadOnlySpan<byte> text, int length, out bool isNegative, out ulong digits, out int places)
    {
        var window = Vector128.Create(text);
        var marks = new Marks(window);
        isNegative = text[0] == '-';
        var point = marks.Point(length, isNegative);
        digits = Digits(window, length, point);
        places = Places(length, point);
        return marks.AreNumber(length, isNegative);
    }

    /// <summary>Scans a number of more characters; none of more than <see cref="TwoWidths"/>.</summary>
    /// <inheritdoc cref="TryScan"/>
    public static bool TryScanLong(
        ReadOnlySpan<byte> text, int length, out bool isNegative, out ulong digits, out int places)
    {
        if (length > TwoWidths)
        {
            (isNegative, digits, places) = (false, 0, 0);
            return false;
        }

        var before = length - Width;
        var (head, tail) = (Vector128.Create(text), Vector128.Create(text.Slice(before, Width)));
        var marks = new Marks(head).Before(new Marks(tail), before);
        isNegative = text[0] == '-';
        var point = marks.Point(length, isNegative);
        var first = Digits(head, before, point < before ? point : -1);
        digits = (first * (point < before ? TenTo16 : TenTo15)) + Digits(tail, Width, Math.Max(point - before, -1));
        places = Places(length, point);
        return first <= LargestHead && marks.AreNumber(length, isNegative);
    }

    /// <summary>How many digits are behind a point; none if it is at -1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Places(int length, int point) => (length - 1 - point) & ~(point >> 31);

    /// <param name="window">The characters; all but digits count as zeros.</param>
    /// <param name="length">How many of them there are.</param>
    /// <param name="point">Where one is to be left out; -1 if none is.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Digits(Vector128<byte> window, int length, int point)
    {
        // The last digit goes to the last byte, and so on; those before the point go one further. What comes from
        // before the first character is zero.
        var to = Vector128.Create((sbyte)length)
            + Vector128.Create((sbyte)-16, -15, -14, -13, -12, -11, -10, -9, -8, -7, -6, -5, -4, -3, -2, -1);
        var from = to - Vector128<sbyte>.One - Vector128.GreaterThan(to, Vector128.Create((sbyte)point));
        var values = window - Vector128.Create((byte)'0');
        var aligned = Ssse3.Shuffle(values & AreDigits(values), from.AsByte());

        // Neighbours are joined to two digits, to four and to eight.
        var twos = Ssse3.MultiplyAddAdjacent(
            aligned, Vector128.Create((sbyte)10, 1, 10, 1, 10, 1, 10, 1, 10, 1, 10, 1, 10, 1, 10, 1));
        var fours = Sse2.MultiplyAddAdjacent(twos, Vector128.Create((short)100, 1, 100, 1, 100, 1, 100, 1));
        var eights = Sse2.MultiplyAddAdjacent(
            Sse2.PackSignedSaturate(fours, fours),
            Vector128.Create((short)10_000, 1, 10_000, 1, 10_000, 1, 10_000, 1)).AsUInt64().ToScalar();
        return ((uint)eights * 100_000_000UL) + (eights >> 32);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<byte> AreDigits(Vector128<byte> values) =>
        Vector128.Equals(Vector128.Min(values, Vector128.Create((byte)9)), values);

    /// <summary>What characters are, a bit for each, the first in the lowest.</summary>
    private readonly struct Marks
    {
        private readonly uint _digits;
        private readonly uint _points;
        private readonly uint _zeros;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Marks(Vector128<byte> window)
            : this(
                AreDigits(window - Vector128.Create((byte)'0')).ExtractMostSignificantBits(),
                Vector128.Equals(window, Vector128.Create((byte)'.')).ExtractMostSignificantBits(),
                Vector128.Equals(window, Vector128.Create((byte)'0')).ExtractMostSignificantBits())
        {
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private Marks(uint digits, uint points, uint zeros) => (_digits, _points, _zeros) = (digits, points, zeros);

        /// <summary>Those of the first so many characters, with those of others behind them.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Marks Before(Marks others, int length)
        {
            var own = (1U << length) - 1;
            return new(
                (_digits & own) | (others._digits << length),
                (_points & own) | (others._points << length),
                (_zeros & own) | (others._zeros << length));
        }

        /// <summary>Where the last of the characters is that is no digit, and not the sign; -1 if all are.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public int Point(int length, bool isNegative) =>
            31 - BitOperations.LeadingZeroCount(Others(length, isNegative));

        /// <summary>Whether characters are digits, with one point between them at the most.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public bool AreNumber(int length, bool isNegative)
        {
            var all = (1U << length) - 1;
            var sign = isNegative ? 1 : 0;
            var others = Others(length, isNegative);
            var digits = _digits & all;
            var isBounded = (digits >> sign) & (digits >> (length - 1)); // digits stand first and last
            var leadingZero = (_zeros & (digits >> 1)) >> sign; // and behind it a digit
            return ((others ^ (_points & all)) | (others & (others - 1)) | ((~isBounded | leadingZero) & 1)) == 0;
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private uint Others(int length, bool isNegative) =>
            (~_digits & ((1U << length) - 1)) ^ (isNegative ? 1U : 0U);
    }
}
