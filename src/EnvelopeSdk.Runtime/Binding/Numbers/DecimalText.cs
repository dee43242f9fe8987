using System.Globalization;

namespace EnvelopeSdk.Binding.Numbers;

/// <summary>Decimal numbers as .NET writes them: with all their places, also those that are zero.</summary>
internal static class DecimalText
{
    /// <summary>The most bytes that are written: a sign, a zero, a point and 28 places.</summary>
    public const int MaxLength = 32;

    /// <summary>Writes a number.</summary>
    /// <returns>The number of bytes.</returns>
    public static int Write(decimal value, Span<byte> target)
    {
        Span<int> parts = stackalloc int[4];
        decimal.GetBits(value, parts);
        if (parts[2] != 0)
        {
            value.TryFormat(target, out var length, default, CultureInfo.InvariantCulture); // digits of more than 64 bits
            return length;
        }

        var digits = ((ulong)(uint)parts[1] << 32) | (uint)parts[0];
        var places = (parts[3] >> 16) & 0xFF;
        target[0] = (byte)'-';
        var sign = parts[3] < 0 && digits > 0 ? 1 : 0; // zero has none
        digits.TryFormat(target[sign..], out var count, default, CultureInfo.InvariantCulture);
        return sign + SetPoint(target[sign..], count, places);
    }

    /// <summary>Puts a point before the last digits.</summary>
    /// <param name="text">The digits, and room behind them.</param>
    /// <param name="count">How many there are.</param>
    /// <param name="places">How many are behind the point.</param>
    /// <returns>How many bytes there are then.</returns>
    private static int SetPoint(Span<byte> text, int count, int places)
    {
        if (places == 0)
        {
            return count;
        }

        if (count <= places)
        {
            var zeros = places + 1 - count; // one of them before the point
            text[..count].CopyTo(text[zeros..]);
            text[..zeros].Fill((byte)'0');
            count += zeros;
        }

        var whole = count - places;
        text.Slice(whole, places).CopyTo(text[(whole + 1)..]);
        text[whole] = (byte)'.';
        return count + 1;
    }
}
