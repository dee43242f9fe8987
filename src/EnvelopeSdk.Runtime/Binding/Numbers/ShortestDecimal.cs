using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace EnvelopeSdk.Binding.Numbers;

/// <summary>
/// The shortest decimal that reads back as the same floating-point number, and the nearest to it of those: the method
/// of R. Giulietti, The Schubfach way to render doubles (2020), whose names stand behind the comments.
/// </summary>
internal static class ShortestDecimal
{
    /// <summary>
    /// The decimal of a number above zero: <c>Digits · 10^Exponent</c>. The digits may end with zeros.
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
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
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
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (ulong Digits, int Exponent) Of<TPowers>(ulong c, int q, bool isIrregular, TPowers powers)
        where TPowers : struct, IPowers
    {
        // The power of ten of which there is at least one multiple between the midpoints to the numbers around, and at
        // most ten: k.
        var k = ((q * 1262611) - (isIrregular ? 524031 : 0)) >> 22; // floor(q·log10(2)), floor(q·log10(2) + log10(3/4))
        var shift = q + PowersOfTen.Log2(-k) + 1; // h
        var (low, number, high) = powers.Scale(-k, c, shift, isIrregular);

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
                return (isAboveInside ? tens + 1 : tens, k + 1);
            }
        }

        var (isDownInside, isUpInside) = (low <= 4 * digits, (4 * digits) + 4 <= high);
        var middle = (4 * digits) + 2;
        var isUp = isDownInside != isUpInside ? isUpInside : number > middle || (number == middle && (digits & 1) == 1);
        return (isUp ? digits + 1 : digits, k);
    }

    private interface IPowers
    {
        /// <summary>
        /// The integer parts of <c>n · 10^power / 2^e</c>, e being the exponent of the power's own leading bit, each
        /// odd when there is a fraction, for three n: the number <c>4c·2^shift</c>, and the midpoints below and above
        /// it, which are <c>2·2^shift</c> away, or half of that below an irregular one.
        /// </summary>
        (ulong Low, ulong Number, ulong High) Scale(int power, ulong c, int shift, bool isIrregular);
    }

    private readonly struct Doubles : IPowers
    {
        public (ulong Low, ulong Number, ulong High) Scale(int power, ulong c, int shift, bool isIrregular)
        {
            // Only one is multiplied: how far the others are away is the power, shifted. Products have 192 bits, of
            // which the last 64 matter by what is carried out of them. (Native code for any processor multiplies
            // UInt128 faster than by Math.BigMul.)
            var (upper, lower) = PowersOfTen.Of(power);
            var factor = (4 * c) << shift;
            var end = (UInt128)lower * factor;
            var (number, last) = (((UInt128)upper * factor) + (end >> 64), (ulong)end);

            var (above, lastAbove) = Shifted(upper, lower, shift + 1);
            var (below, lastBelow) = isIrregular ? Shifted(upper, lower, shift) : (above, lastAbove);
            var high = number + above + (last + lastAbove < last ? 1UL : 0);
            var low = number - below - (last < lastBelow ? 1UL : 0);
            return (Whole(low), Whole(number), Whole(high));
        }

        /// <summary>
        /// A power times <c>2^shift</c>, which is from 1 to 5: its bits before the last 64, and these.
        /// </summary>
        private static (UInt128 Leading, ulong Last) Shifted(ulong upper, ulong lower, int shift) =>
            (new UInt128(upper, lower) >> (64 - shift), lower << shift);

        private static ulong Whole(UInt128 product) => (ulong)(product >> 64) | ((ulong)product > 1 ? 1UL : 0);
    }

    private readonly struct Floats : IPowers
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public (ulong Low, ulong Number, ulong High) Scale(int power, ulong c, int shift, bool isIrregular)
        {
            var (upper, lower) = PowersOfTen.Of(power);
            var rounded = upper + (lower > 0 ? 1UL : 0);
            return (
                Scale(rounded, ((4 * c) - (isIrregular ? 1UL : 2UL)) << shift),
                Scale(rounded, (4 * c) << shift),
                Scale(rounded, ((4 * c) + 2) << shift));
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static ulong Scale(ulong power, ulong factor)
        {
            Debug.Assert(factor <= uint.MaxValue, "A float's significand has 24 bits, and is scaled by less than 2^8.");
            var product = ((power >> 32) * factor) + (((uint)power * factor) >> 32); // its upper 64 bits
            return (product >> 32) | ((uint)product > 1 ? 1UL : 0);
        }
    }
}
