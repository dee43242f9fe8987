using System.Numerics;

namespace EnvelopeSdk.Binding.Numbers;

/// <summary>The powers of ten from 10^-324 to 10^324, rounded up to 128 bits of which the first is 1.</summary>
internal static class PowersOfTen
{
    /// <summary>The largest exponent, and without its sign the smallest.</summary>
    public const int Largest = 324;

    private static readonly (ulong Upper, ulong Lower)[] All =
    [
        .. Enumerable.Range(-Largest, (2 * Largest) + 1).Select(Compute),
    ];

    /// <summary>The bits of a power.</summary>
    public static (ulong Upper, ulong Lower) Of(int power) => All[power + Largest];

    /// <summary>The exponent of a power's leading bit: floor(log2(10^power)).</summary>
    public static int Log2(int power) => (power * 1741647) >> 19;

    private static (ulong Upper, ulong Lower) Compute(int power)
    {
        var ten = BigInteger.Pow(10, Math.Abs(power));
        var bits = (int)ten.GetBitLength();
        var rounded = power < 0 ? (((BigInteger.One << (bits + 127)) - 1) / ten) + 1
            : bits <= 128 ? ten << (128 - bits)
            : ((ten - 1) >> (bits - 128)) + 1;
        return ((ulong)(rounded >> 64), (ulong)(rounded & ulong.MaxValue));
    }
}
