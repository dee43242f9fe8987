using System.Diagnostics;

namespace EnvelopeSdk.Binding.Numbers;

/// <summary>
/// The shortest decimal that reads back as the same floating-point number, and the nearest to it of those: the method
/// of R. Giulietti, The Schubfach way to render doubles (2020), whose names stand behind the comments.
/// </summary>
internal static class ShortestDecimal
{
    /// <summary>
    /// The decimal of a number above zero: <c>Digits · 10^Exponent</c>, without zeros at the end of the digits.
    /// </summary>
    public static (ulong Digits, int Exponent) Of(double value)
    {
        var bits = BitConverter.DoubleToUInt64Bits(value);
        var (fraction, exponent) = (bits & ((1UL << 52) - 1), (int)(bits >> 52));
        return exponent == 0
            ? Of(fraction, -1074, false, new Doubles())
            : Of(fraction | (1UL << 52), exponent - 1075, fraction == 0 && exponent > 1, new Doubles());
    }

    /// <inheritdoc cref="Of(double)"/>
    public static (ulong Digits, int Exponent) Of(float value)
    {
        var bits = BitConverter.SingleToUInt32Bits(value);
        var (fraction, exponent) = (bits & ((1U << 23) - 1), (int)(bits >> 23));
        return exponent == 0
            ? Of(fraction, -149, false, new Floats())
            : Of(fraction | (1U << 23), exponent - 150, fraction == 0 && exponent > 1, new Floats());
    }

    /// <param name="c">The significand.</param>
    /// <param name="q">The exponent: the number is c·2^q.</param>
    /// <param name="isIrregular">Whether the number below is nearer than the one above: c is a power of two.</param>
    /// <param name="powers">Multiplies with powers of ten in the precision that the type of number needs.</param>
    private static (ulong Digits, int Exponent) Of<TPowers>(ulong c, int q, bool isIrregular, TPowers powers)
        where TPowers : struct, IPowers
    {
        // The power of ten of which there is at least one multiple between the midpoints to the numbers around, and at
        // most ten: k.
        var k = ((q * 1262611) - (isIrregular ? 524031 : 0)) >> 22; // floor(q·log10(2)), floor(q·log10(2) + log10(3/4))
        var shift = q + PowersOfTen.Log2(-k) + 1; // h
        var (low, number, high) = (
            powers.Scale(-k, ((4 * c) - (isIrregular ? 1UL : 2UL)) << shift),
            powers.Scale(-k, (4 * c) << shift),
            powers.Scale(-k, ((4 * c) + 2) << shift));

        // A midpoint reads back as the number with the even significand.
        low += c & 1;
        high -= c & 1;
        var digits = number / 4; // s
        if (digits >= 10)
        {
            var tens = digits / 10;
            var (isBelowInside, isAboveInside) = (low <= 40 * tens, (40 * tens) + 40 <= high);
            if (isBelowInside != isAboveInside)
            {
                return Trim(isAboveInside ? tens + 1 : tens, k + 1);
            }
        }

        var (isDownInside, isUpInside) = (low <= 4 * digits, (4 * digits) + 4 <= high);
        var middle = (4 * digits) + 2;
        var isUp = isDownInside != isUpInside ? isUpInside : number > middle || (number == middle && (digits & 1) == 1);
        return Trim(isUp ? digits + 1 : digits, k);
    }

    private static (ulong Digits, int Exponent) Trim(ulong digits, int exponent)
    {
        if (digits % 100_000_000 == 0)
        {
            (digits, exponent) = (digits / 100_000_000, exponent + 8);
        }

        while (digits % 10 == 0)
        {
            (digits, exponent) = (digits / 10, exponent + 1);
        }

        return (digits, exponent);
    }

    private interface IPowers
    {
        /// <summary>
        /// The integer part of <c>factor · 10^power / 2^e</c>, e being the exponent of the power's own leading bit; odd
        /// when there is a fraction.
        /// </summary>
        ulong Scale(int power, ulong factor);
    }

    private readonly struct Doubles : IPowers
    {
        public ulong Scale(int power, ulong factor)
        {
            var (upper, lower) = PowersOfTen.Of(power);
            var carried = Math.BigMul(lower, factor, out _);
            var whole = Math.BigMul(upper, factor, out var fraction);
            fraction += carried;
            whole += fraction < carried ? 1UL : 0;
            return whole | (fraction > 1 ? 1UL : 0);
        }
    }

    private readonly struct Floats : IPowers
    {
        public ulong Scale(int power, ulong factor)
        {
            var (upper, lower) = PowersOfTen.Of(power);
            Debug.Assert(factor <= uint.MaxValue, "A float's significand has 24 bits, and is scaled by less than 2^8.");
            var rounded = upper + (lower > 0 ? 1UL : 0);
            var product = ((rounded >> 32) * factor) + (((uint)rounded * factor) >> 32); // its upper 64 bits
            return (product >> 32) | ((uint)product > 1 ? 1UL : 0);
        }
    }
}
