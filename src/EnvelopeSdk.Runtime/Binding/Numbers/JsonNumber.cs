namespace EnvelopeSdk.Binding.Numbers;

/// <summary>
/// A number of a JSON text: <c>±Digits · 10^Exponent</c> when <see cref="IsWhole"/> says so, and its text in any case.
/// </summary>
internal ref struct JsonNumber
{
    /// <summary>The number as it is written.</summary>
    public ReadOnlySpan<byte> Text;

    /// <summary>Whether it has a minus sign.</summary>
    public bool IsNegative;

    /// <summary>Its digits, before and behind the point, as an integer.</summary>
    public ulong Digits;

    /// <summary>The power of ten that the digits are multiplied with.</summary>
    public int Exponent;

    /// <summary>Whether all digits are in <see cref="Digits"/>: there are at most 19.</summary>
    public bool IsWhole;

    // 10^22 is the largest power of ten that a double holds exactly.
    private const int LargestExactPower = 22;

    private static ReadOnlySpan<double> Powers =>
    [
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19,
        1e20, 1e21, 1e22,
    ];

    /// <summary>The nearest double; false where it takes more than 128 bits to know it.</summary>
    public readonly bool TryGetDouble(out double value)
    {
        if (TryCompute(out value))
        {
            return true;
        }

        var isKnown = NearestBinary.TryGetDouble(Digits, Exponent, out var bits) && IsWhole;
        value = BitConverter.UInt64BitsToDouble(IsNegative ? bits | (1UL << 63) : bits);
        return isKnown;
    }

    /// <summary>The nearest float; false where it takes more than 128 bits to know it.</summary>
    public readonly bool TryGetSingle(out float value)
    {
        // The float nearest to the nearest double is the one, unless that double is the midpoint of two floats: then
        // the number may lie to either side of it. All doubles that are computed are in the range in which floats have
        // 24 bits.
        const long BelowFloat = (1L << 29) - 1; // the bits of a double's fraction that a float's does not have
        if (TryCompute(out var nearest) && (BitConverter.DoubleToInt64Bits(nearest) & BelowFloat) != (1L << 28))
        {
            value = (float)nearest;
            return true;
        }

        var isKnown = NearestBinary.TryGetSingle(Digits, Exponent, out var bits) && IsWhole;
        value = BitConverter.UInt32BitsToSingle((uint)(IsNegative ? bits | (1U << 31) : bits));
        return isKnown;
    }

    /// <summary>The integer, if it is written without a point and an exponent and lies within the bounds.</summary>
    /// <param name="minimum">The bound of negative ones.</param>
    /// <param name="maximum">The bound of the others.</param>
    /// <param name="value">The integer; of one beyond <see cref="long.MaxValue"/> its bits.</param>
    public readonly bool TryGetInteger(long minimum, ulong maximum, out long value)
    {
        value = IsNegative ? unchecked(-(long)Digits) : unchecked((long)Digits);
        return IsWhole && Exponent == 0 && Digits <= (IsNegative ? unchecked((ulong)-minimum) : maximum);
    }

    /// <summary>
    /// The nearest double, if one floating-point operation gives it: both operands are exact, so the operation rounds
    /// once (W. D. Clinger, How to read floating point numbers accurately, 1990).
    /// </summary>
    private readonly bool TryCompute(out double value)
    {
        if (!IsWhole || Digits > 1UL << 53 || Exponent is < -LargestExactPower or > LargestExactPower)
        {
            value = default;
            return false;
        }

        var digits = (double)(long)Digits;
        value = Exponent < 0 ? digits / Powers[-Exponent] : digits * Powers[Exponent];
        value = IsNegative ? -value : value;
        return true;
    }
}
