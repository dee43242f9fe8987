using System.Runtime.CompilerServices;

namespace EnvelopeSdk.Binding.Numbers;

/// <summary>
/// Floating-point numbers in the forms that .NET writes: with a point where that is short, else with an exponent.
/// </summary>
/// <remarks>
/// What most numbers come by is one method of native code: the compiler ahead has no profile, and inlines little that
/// it is not told to.
/// </remarks>
internal static class FloatText
{
    /// <summary>
    /// The most bytes that are written to, some of them behind the number: of a sign, 17 digits, a point and
    /// <c>E-324</c> there are fewer.
    /// </summary>
    public const int MaxLength = 32;

    /// <summary>How many zeros may stand behind the point before a digit: with more, there is an exponent.</summary>
    private const int MostZeros = 3;

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
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Write((ulong Digits, int Exponent) number, int precision, Span<byte> target)
    {
        if (number.Digits < EightDigits.End)
        {
            return WriteEight(number, precision, target);
        }

        // One byte behind where they begin, so that a point has room.
        var count = WriteDigits(number.Digits, target[1..]);
        var whole = count + number.Exponent; // the digits before the point
        while (target[count] == '0')
        {
            count--;
        }

        return Place(whole, count, precision, target);
    }

    /// <summary>Writes a number of at most eight digits, most of which are moved within a register.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int WriteEight((ulong Digits, int Exponent) number, int precision, Span<byte> target)
    {
        var eight = new EightDigits((uint)number.Digits);
        var zeros = eight.LeadingZeros;
        var text = eight.Text(zeros);
        var whole = EightDigits.Count - zeros + number.Exponent;
        var count = EightDigits.Count - zeros - eight.TrailingZeros;
        if (whole > 0 && whole < count)
        {
            EightDigits.Write(text, target);
            target[whole] = (byte)'.';
            EightDigits.Write(text >> (8 * whole), target[(whole + 1)..]);
            return count + 1;
        }

        if (whole <= 0 && whole >= -MostZeros)
        {
            EightDigits.Write(EightDigits.Zeros, target);
            target[1] = (byte)'.';
            EightDigits.Write(text, target[(2 - whole)..]);
            return count + 2 - whole;
        }

        EightDigits.Write(text, target[1..]);
        return Place(whole, count, precision, target);
    }

    /// <summary>Writes the digits of a number of more than eight, which has 17 at the most.</summary>
    /// <returns>How many there are.</returns>
    private static int WriteDigits(ulong digits, Span<byte> target)
    {
        var high = digits / EightDigits.End;
        var low = new EightDigits((uint)(digits - (high * EightDigits.End)));
        var count = 0;
        if (high >= EightDigits.End)
        {
            var first = high / EightDigits.End;
            target[count++] = (byte)('0' + first);
            high -= first * EightDigits.End;
        }

        var middle = new EightDigits((uint)high);
        var zeros = count == 0 ? middle.LeadingZeros : 0;
        EightDigits.Write(middle.Text(zeros), target[count..]);
        count += EightDigits.Count - zeros;
        EightDigits.Write(low.Text(0), target[count..]);
        return count + EightDigits.Count;
    }

    /// <summary>Puts digits into their places that stand one byte behind the beginning.</summary>
    /// <param name="whole">How many are before the point; less than one: so many zeros are behind it.</param>
    /// <param name="count">How many there are.</param>
    /// <param name="precision">How many stand before the point although there are fewer.</param>
    /// <param name="target">Where they are.</param>
    private static int Place(int whole, int count, int precision, Span<byte> target)
    {
        if (whole > Math.Max(count, precision) || whole < -MostZeros)
        {
            return WriteExponent(whole - 1, count, target);
        }

        if (whole >= count)
        {
            target.Slice(1, count).CopyTo(target);
            target[count..whole].Fill((byte)'0');
            return whole;
        }

        if (whole > 0)
        {
            for (var i = 0; i < whole; i++)
            {
                target[i] = target[i + 1]; // mostly few, for which a call costs more
            }

            target[whole] = (byte)'.';
            return count + 1;
        }

        target.Slice(1, count).CopyTo(target[(2 - whole)..]);
        target[..(2 - whole)].Fill((byte)'0');
        target[1] = (byte)'.';
        return count + 2 - whole;
    }

    private static int WriteExponent(int exponent, int count, Span<byte> target)
    {
        target[0] = target[1];
        if (count > 1)
        {
            target[1] = (byte)'.';
            count++;
        }

        target[count++] = (byte)'E';
        target[count++] = (byte)(exponent < 0 ? '-' : '+');
        exponent = Math.Abs(exponent);
        if (exponent >= 100)
        {
            target[count++] = (byte)('0' + (exponent / 100));
        }

        target[count++] = (byte)('0' + (exponent / 10 % 10));
        target[count++] = (byte)('0' + (exponent % 10));
        return count;
    }
}
