using System.Numerics;

namespace EnvelopeSdk.Binding.Numbers;

/// <summary>
/// A number of a JSON text: <c>±Digits · 10^Exponent</c> when <see cref="HasAllDigits"/> says so.
/// </summary>
/// <param name="IsNegative">Whether it has a minus sign.</param>
/// <param name="Digits">Its digits, before and behind the point, as an integer.</param>
/// <param name="Exponent">The power of ten that the digits are multiplied with.</param>
/// <param name="HasAllDigits">Whether all digits are in <see cref="Digits"/>: there are at most 19.</param>
internal readonly record struct JsonNumber(bool IsNegative, ulong Digits, int Exponent, bool HasAllDigits)
{
    /// <summary>Scans the number with which a text begins.</summary>
    /// <param name="text">The text.</param>
    /// <param name="number">The number.</param>
    /// <param name="length">Its length; if there is none, how much of the text fits.</param>
    /// <returns>Whether there is one.</returns>
    public static bool TryScan(ReadOnlySpan<byte> text, out JsonNumber number, out int length)
    {
        var isNegative = text.Length > 0 && text[0] == '-';
        var at = isNegative ? 1 : 0;
        var digits = 0UL;
        var count = at < text.Length && text[at] == '0' ? 1 : DigitRun.Read(text[at..], digits, out digits);
        at += count;
        var isSound = count > 0;
        var exponent = 0;
        if (isSound && at < text.Length && text[at] == '.')
        {
            at++;
            var fraction = DigitRun.Read(text[at..], digits, out digits);
            exponent = -fraction;
            at += fraction;
            count += fraction;
            isSound = fraction > 0;
        }

        if (isSound && at < text.Length && (text[at] | 0x20) == 'e')
        {
            at += ScanExponent(text[at..], out isSound, out var power);

            // Far beyond what is computed with: such a number is parsed from its text.
            exponent = power == int.MaxValue ? short.MaxValue : exponent + power;
        }

        number = new(isNegative, digits, exponent, count <= 19); // 10^19 - 1 is the largest run of nines below 2^64
        length = at;
        return isSound;
    }

    /// <summary>The nearest value; false where only .NET's own parser knows it, or whether there is one.</summary>
    /// <typeparam name="T"><c>float</c> or <c>double</c>.</typeparam>
    public bool TryGet<T>(out T value)
        where T : struct, INumber<T> =>
        TryCompute(out value) || (NearestBinary.TryGet(Digits, Exponent, IsNegative, out value) && HasAllDigits);

    /// <summary>
    /// The integer, if the exponent is none, or as large as there are digits behind the point, and it lies within the
    /// bounds. Others may be integers too, which .NET's own parser knows.
    /// </summary>
    /// <param name="minimum">The bound of negative ones.</param>
    /// <param name="maximum">The bound of the others.</param>
    /// <param name="value">The integer; of one beyond <see cref="long.MaxValue"/> its bits.</param>
    public bool TryGetInteger(long minimum, ulong maximum, out long value)
    {
        value = IsNegative ? unchecked(-(long)Digits) : unchecked((long)Digits);
        return HasAllDigits && Exponent == 0 && Digits <= (IsNegative ? unchecked((ulong)-minimum) : maximum);
    }

    private bool TryCompute<T>(out T value)
        where T : struct, INumber<T>
    {
        value = default;
        if (!HasAllDigits || Exponent is < -PowersOfTen.LargestExact or > PowersOfTen.LargestExact)
        {
            return false;
        }

        var result = Exponent > 0 ? ExactDecimal.Multiply(Digits, Exponent) : ExactDecimal.Divide(Digits, -Exponent);
        value = ExactDecimal.As<T>(result, IsNegative);
        return ExactDecimal.IsNearest<T>(Digits, result);
    }

    /// <param name="text">The text, from its letter on.</param>
    /// <param name="isSound">Whether there is one.</param>
    /// <param name="power">The exponent; the largest number if it has more than six digits.</param>
    /// <returns>Its length; if there is none, how much of the text fits.</returns>
    private static int ScanExponent(ReadOnlySpan<byte> text, out bool isSound, out int power)
    {
        var isNegative = text.Length > 1 && text[1] == '-';
        var at = text.Length > 1 && text[1] is (byte)'+' or (byte)'-' ? 2 : 1;
        var count = DigitRun.Read(text[at..], 0, out var digits);
        isSound = count > 0;
        power = count > 6 ? int.MaxValue : isNegative ? -(int)digits : (int)digits;
        return at + count;
    }
}
