using System.Globalization;

namespace EnvelopeSdk.Binding.Numbers;

/// <summary>
/// Floating-point numbers in the forms that .NET writes: with a point where that is short, else with an exponent.
/// </summary>
internal static class FloatText
{
    /// <summary>The most bytes of a number: a sign, 17 digits, a point and <c>E-324</c>.</summary>
    public const int MaxLength = 32;

    /// <summary>Writes a finite number.</summary>
    /// <returns>The number of bytes.</returns>
    public static int Write(double value, Span<byte> target)
    {
        var sign = WriteSign(double.IsNegative(value), target);
        var rest = target[sign..];
        return sign + (value == 0 ? WriteZero(rest) : Write(ShortestDecimal.Of(Math.Abs(value)), 15, rest));
    }

    /// <inheritdoc cref="Write(double, Span{byte})"/>
    public static int Write(float value, Span<byte> target)
    {
        var sign = WriteSign(float.IsNegative(value), target);
        var rest = target[sign..];
        return sign + (value == 0 ? WriteZero(rest) : Write(ShortestDecimal.Of(Math.Abs(value)), 7, rest));
    }

    private static int WriteSign(bool isNegative, Span<byte> target)
    {
        target[0] = (byte)'-';
        return isNegative ? 1 : 0;
    }

    private static int WriteZero(Span<byte> target)
    {
        target[0] = (byte)'0';
        return 1;
    }

    /// <param name="number">The digits and their power of ten.</param>
    /// <param name="precision">How many digits stand before the point although there are fewer.</param>
    /// <param name="target">Where to.</param>
    private static int Write((ulong Digits, int Exponent) number, int precision, Span<byte> target)
    {
        number.Digits.TryFormat(target, out var count, default, CultureInfo.InvariantCulture);
        var whole = count + number.Exponent; // the digits before the point
        if (whole > Math.Max(count, precision) || whole < -3)
        {
            return WriteExponent(whole - 1, count, target);
        }

        if (whole >= count)
        {
            target[count..whole].Fill((byte)'0');
            return whole;
        }

        // The digits are moved to make room for the point, and for the zeros of a number below one.
        var zeros = whole > 0 ? 0 : 2 - whole;
        var start = whole > 0 ? whole : 0;
        target[start..count].CopyTo(target[(whole > 0 ? whole + 1 : zeros)..]);
        if (whole > 0)
        {
            target[whole] = (byte)'.';
            return count + 1;
        }

        target[..zeros].Fill((byte)'0');
        target[1] = (byte)'.';
        return count + zeros;
    }

    private static int WriteExponent(int exponent, int count, Span<byte> target)
    {
        if (count > 1)
        {
            target[1..count].CopyTo(target[2..]);
            target[1] = (byte)'.';
            count++;
        }

        target[count] = (byte)'E';
        exponent.TryFormat(target[(count + 1)..], out var length, "+00;-00", CultureInfo.InvariantCulture);
        return count + 1 + length;
    }
}
