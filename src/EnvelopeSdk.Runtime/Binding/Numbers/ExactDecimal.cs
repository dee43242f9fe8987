using System.Runtime.CompilerServices;

namespace EnvelopeSdk.Binding.Numbers;

/// <summary>
/// Decimals of few digits, to which one floating-point operation gives the nearest number: both operands are exact as
/// doubles, so that it rounds once (W. D. Clinger, How to read floating point numbers accurately, 1990).
/// </summary>
/// <remarks>
/// Nothing here is handed on by <c>out</c>: within what reads an object, the compiler would keep it on the stack, which
/// costs 8 ns a number.
/// </remarks>
internal static class ExactDecimal
{
    private const ulong LargestDigits = 1UL << 53;

    /// <summary>Digits divided by a power of ten.</summary>
    /// <param name="digits">The digits of a number as an integer.</param>
    /// <param name="places">How many of them are behind the point, 22 at the most.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Divide(ulong digits, int places) =>
        places == 0 ? (long)digits : (double)(long)digits / PowersOfTen.Exact[places];

    /// <summary>Digits multiplied with a power of ten.</summary>
    /// <param name="digits">The digits of a number as an integer.</param>
    /// <param name="zeros">How many zeros are behind them, 22 at the most.</param>
    public static double Multiply(ulong digits, int zeros) => (double)(long)digits * PowersOfTen.Exact[zeros];

    /// <summary>
    /// Whether a result is the number nearest to the decimal. The float nearest to the nearest double is the one,
    /// unless that double is the midpoint of two floats: then the decimal may lie to either side of it. With at most 22
    /// places or zeros, results are in the range in which floats have 24 bits.
    /// </summary>
    /// <typeparam name="T"><c>float</c> or <c>double</c>.</typeparam>
    /// <param name="digits">The digits that were computed with.</param>
    /// <param name="result">What was computed, without the decimal's sign.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsNearest<T>(ulong digits, double result)
    {
        const long BelowFloat = (1L << 29) - 1; // the bits of a double's fraction that a float's does not have
        return digits <= LargestDigits
            && (typeof(T) != typeof(float) || (BitConverter.DoubleToInt64Bits(result) & BelowFloat) != 1L << 28);
    }

    /// <summary>A number as one of another type, with a sign.</summary>
    /// <typeparam name="T"><c>float</c> or <c>double</c>.</typeparam>
    /// <param name="number">The number, without its sign.</param>
    /// <param name="isNegative">Whether it has a minus sign.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T As<T>(double number, bool isNegative)
        where T : struct
    {
        var sign = (isNegative ? 1UL : 0) << 63; // without a branch: of many numbers' signs half are guessed wrong
        var signed = BitConverter.UInt64BitsToDouble(BitConverter.DoubleToUInt64Bits(number) | sign);
        return typeof(T) == typeof(float) ? (T)(object)(float)signed : (T)(object)signed;
    }
}
