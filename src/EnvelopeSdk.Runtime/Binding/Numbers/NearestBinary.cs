using System.Numerics;

namespace EnvelopeSdk.Binding.Numbers;

/// <summary>
/// The floating-point number nearest to a decimal, from its product with a power of ten in 128 bits. The power is
/// rounded up by less than one unit of its last bit, so the true product lies between the computed one and that less
/// the digits: where both have the same leading 64 bits, the true one has them too, and something behind them.
/// Elsewhere nothing is said. (The idea of bounding the product is D. Lemire's, Number parsing at a gigabyte per
/// second, 2021.)
/// </summary>
internal static class NearestBinary
{
    /// <summary>The nearest value; false where it is not known, for zero, and outside of the normal numbers.</summary>
    /// <typeparam name="T"><c>float</c> or <c>double</c>.</typeparam>
    /// <param name="digits">The decimal's digits as an integer.</param>
    /// <param name="exponent">The power of ten that they are multiplied with.</param>
    /// <param name="isNegative">Whether it has a minus sign.</param>
    /// <param name="value">The value.</param>
    public static bool TryGet<T>(ulong digits, int exponent, bool isNegative, out T value)
        where T : struct, INumber<T>
    {
        var sign = isNegative ? 1UL : 0;
        if (typeof(T) == typeof(float))
        {
            var isFloat = TryGet(digits, exponent, fractionBits: 23, largestExponent: 127, out var single);
            value = (T)(object)BitConverter.UInt32BitsToSingle((uint)(single | (sign << 31)));
            return isFloat;
        }

        var isDouble = TryGet(digits, exponent, fractionBits: 52, largestExponent: 1023, out var bits);
        value = (T)(object)BitConverter.UInt64BitsToDouble(bits | (sign << 63));
        return isDouble;
    }

    private static bool TryGet(ulong digits, int exponent, int fractionBits, int largestExponent, out ulong bits)
    {
        bits = 0;
        if (digits == 0 || exponent is < -PowersOfTen.Largest or > PowersOfTen.Largest)
        {
            return false;
        }

        var zeros = BitOperations.LeadingZeroCount(digits);
        digits <<= zeros;
        var (upper, lower) = PowersOfTen.Of(exponent);
        var product = (UInt128)upper * digits;
        var leading = (ulong)(product >> 64);
        if (!IsKnown(leading, fractionBits))
        {
            var end = (UInt128)lower * digits;
            product += end >> 64;
            leading = (ulong)(product >> 64);
            if ((ulong)product == 0 && (ulong)end < digits)
            {
                return false;
            }
        }

        var isNormalized = (int)(leading >> 63); // else the leading bit is the one below
        var power = 63 + isNormalized + PowersOfTen.Log2(exponent) - zeros;
        if (power <= -largestExponent || power >= largestExponent)
        {
            return false;
        }

        // What is behind the leading bits is more than nothing, so half of the last bit that is kept is more than half.
        var dropped = 62 + isNormalized - fractionBits;
        var isUp = (leading >> (dropped - 1)) & 1;
        bits = ((ulong)(power + largestExponent - 1) << fractionBits) + (leading >> dropped) + isUp;
        return true;
    }

    /// <summary>
    /// Whether the bits that are kept are known from the upper half of the power alone. The other half adds at most one
    /// to the leading bits of the product, and takes at most one away: where there are both zeros and ones among those
    /// that are dropped, it changes none of the others, and something remains behind them.
    /// </summary>
    private static bool IsKnown(ulong leading, int fractionBits)
    {
        var dropped = (1UL << (61 - fractionBits)) - 1; // without the one that is rounded by
        return (leading & dropped) != 0 && (leading & dropped) != dropped;
    }
}
