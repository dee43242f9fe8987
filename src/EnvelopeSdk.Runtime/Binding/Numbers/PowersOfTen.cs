using System.Numerics;

namespace EnvelopeSdk.Binding.Numbers;

/// <summary>The powers of ten from 10^-324 to 10^324, rounded up to 128 bits of which the first is 1.</summary>
internal static class PowersOfTen
{
    /// <summary>The largest exponent, and without its sign the smallest.</summary>
    public const int Largest = 324;

    /// <summary>The exponent of the largest power that a double holds exactly.</summary>
    public const int LargestExact = 22;

    private static readonly (ulong Upper, ulong Lower)[] All =
    [
        .. Enumerable.Range(-Largest, (2 * Largest) + 1).Select(Compute),
    ];

    /// <summary>The powers that a double holds exactly, from 10^0 on.</summary>
    public static ReadOnlySpan<double> Exact =>
    [
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19,
        1e20, 1e21, 1e22,
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
