using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace EnvelopeSdk.Binding.Numbers;

/// <summary>
/// Numbers as most callers send them: without an exponent, of few digits, and with something behind them. All that is
/// known of one stays in registers; any other is left to <see cref="JsonNumber"/>.
/// </summary>
internal static class PlainNumber
{
    // As many decimal digits as are surely below 2^64.
    private const int MostDigits = 19;

    /// <summary>Reads the number with which a text begins.</summary>
    /// <typeparam name="T">Its type.</typeparam>
    /// <param name="text">The text.</param>
    /// <param name="value">The nearest value.</param>
    /// <returns>
    /// Its length; 0 where there is no plain number, it is out of range, or its type is <see cref="Half"/>,
    /// <see cref="Int128"/> or <see cref="UInt128"/>.
    /// </returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Read<T>(ReadOnlySpan<byte> text, out T value)
        where T : struct, INumber<T>
    {
        if (typeof(T) == typeof(float))
        {
            var length = Read(text, out float nearest);
            value = (T)(object)nearest;
            return length;
        }

        if (typeof(T) == typeof(double))
        {
            var length = Read(text, out double nearest);
            value = (T)(object)nearest;
            return length;
        }

        if (typeof(T) == typeof(decimal))
        {
            var length = Read(text, out decimal exact);
            value = (T)(object)exact;
            return length;
        }

        return ReadInteger(text, out value);
    }

    private static int Read(ReadOnlySpan<byte> text, out float value)
    {
        var length = Scan(text, out var isNegative, out var digits, out var places);
        var quotient = ExactDecimal.Divide(digits, places);
        value = (float)(isNegative ? -quotient : quotient);
        return ExactDecimal.IsNearest<float>(digits, quotient) ? length : 0;
    }

    private static int Read(ReadOnlySpan<byte> text, out double value)
    {
        var length = Scan(text, out var isNegative, out var digits, out var places);
        var quotient = ExactDecimal.Divide(digits, places);
        value = isNegative ? -quotient : quotient;
        return ExactDecimal.IsNearest<double>(digits, quotient) ? length : 0;
    }

    private static int Read(ReadOnlySpan<byte> text, out decimal value)
    {
        var length = Scan(text, out var isNegative, out var digits, out var places);
        value = new decimal((int)digits, (int)(digits >> 32), 0, isNegative, (byte)places);
        return length;
    }

    private static int ReadInteger<T>(ReadOnlySpan<byte> text, out T value)
        where T : struct, INumber<T>
    {
        var length = Scan(text, out var isNegative, out var digits, out var places);
        var largest = LargestOf<T>();
        value = T.CreateTruncating(isNegative ? unchecked((ulong)-(long)digits) : digits);
        var isIn = digits <= (!isNegative ? largest : IsSigned<T>() ? largest + 1 : 0);
        return isIn && places == 0 && largest > 0 ? length : 0;
    }

    /// <param name="text">The text.</param>
    /// <param name="isNegative">Whether it has a minus sign.</param>
    /// <param name="digits">Its digits, before and behind the point, as an integer.</param>
    /// <param name="places">How many of them are behind the point, 18 at the most.</param>
    /// <returns>Its length; 0 where it is no plain number.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Scan(ReadOnlySpan<byte> text, out bool isNegative, out ulong digits, out int places)
    {
        isNegative = text.Length > 0 && text[0] == '-';
        var at = isNegative ? 1 : 0;
        var start = at;
        var number = 0UL;
        for (; (uint)at < (uint)text.Length && (uint)(text[at] - '0') <= 9; at++)
        {
            number = (number * 10) + (uint)(text[at] - '0');
        }

        var count = at - start;
        places = 0;
        var isPlain = count == 1 || (count > 1 && text[start] != '0');
        if ((uint)at < (uint)text.Length && text[at] == '.')
        {
            var point = at++;
            if (text.Length - at >= sizeof(ulong)
                && DigitRun.TryReadEight(BinaryPrimitives.ReadUInt64LittleEndian(text[at..]), out var eight))
            {
                number = (number * 100_000_000) + eight;
                at += sizeof(ulong);
            }

            for (; (uint)at < (uint)text.Length && (uint)(text[at] - '0') <= 9; at++)
            {
                number = (number * 10) + (uint)(text[at] - '0');
            }

            places = at - point - 1;
            count += places;
            isPlain &= places > 0;
        }

        digits = number;
        isPlain &= count <= MostDigits && (uint)at < (uint)text.Length && (text[at] | 0x20) != 'e';
        places = isPlain ? places : 0;
        return isPlain ? at : 0;
    }

    private static bool IsSigned<T>() =>
        typeof(T) == typeof(sbyte) || typeof(T) == typeof(short) || typeof(T) == typeof(int)
        || typeof(T) == typeof(long);

    /// <summary>The largest value of a type; 0 if it is none of integers of at most 64 bits.</summary>
    private static ulong LargestOf<T>() =>
        typeof(T) == typeof(sbyte) ? (ulong)sbyte.MaxValue
        : typeof(T) == typeof(byte) ? byte.MaxValue
        : typeof(T) == typeof(short) ? (ulong)short.MaxValue
        : typeof(T) == typeof(ushort) ? ushort.MaxValue
        : typeof(T) == typeof(int) ? int.MaxValue
        : typeof(T) == typeof(uint) ? uint.MaxValue
        : typeof(T) == typeof(long) ? long.MaxValue
        : typeof(T) == typeof(ulong) ? ulong.MaxValue
        : 0;
}
