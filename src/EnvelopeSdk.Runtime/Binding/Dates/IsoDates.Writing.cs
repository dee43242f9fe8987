using System.Globalization;

namespace EnvelopeSdk.Binding.Dates;

internal static partial class IsoDates
{
    /// <summary>Writes a time with as many digits of a second as it has, and <c>Z</c> where it is of UTC.</summary>
    /// <param name="target">At least 28 bytes.</param>
    /// <param name="value">The time.</param>
    /// <returns>The length.</returns>
    public static int Write(Span<byte> target, DateTime value)
    {
        var length = WriteClock(target, value);
        if (value.Kind == DateTimeKind.Utc)
        {
            target[length++] = (byte)'Z';
        }

        return length;
    }

    /// <summary>Writes a time with as many digits of a second as it has, and its offset.</summary>
    /// <param name="target">At least 33 bytes.</param>
    /// <param name="value">The time.</param>
    /// <returns>The length.</returns>
    public static int Write(Span<byte> target, DateTimeOffset value)
    {
        var length = WriteClock(target, value.DateTime);
        var minutes = value.TotalOffsetMinutes;
        target[length] = (byte)(minutes < 0 ? '-' : '+');
        var (hour, minute) = Math.DivRem(Math.Abs(minutes), 60);
        WriteTwo(target, length + 1, hour);
        target[length + 3] = (byte)':';
        WriteTwo(target, length + 4, minute);
        return length + 6;
    }

    private static int WriteClock(Span<byte> target, DateTime value)
    {
        var ((year, month, day), time) = value;
        WriteTwo(target, 0, year / 100);
        WriteTwo(target, 2, year % 100);
        target[4] = (byte)'-';
        WriteTwo(target, 5, month);
        target[7] = (byte)'-';
        WriteTwo(target, 8, day);
        target[10] = (byte)'T';
        WriteTwo(target, 11, time.Hour);
        target[13] = (byte)':';
        WriteTwo(target, 14, time.Minute);
        target[16] = (byte)':';
        WriteTwo(target, 17, time.Second);
        var fraction = (int)(value.Ticks % TimeSpan.TicksPerSecond);
        return fraction == 0 ? 19 : WriteFraction(target, fraction);
    }

    private static int WriteFraction(Span<byte> target, int fraction)
    {
        target[19] = (byte)'.';
        fraction.TryFormat(target[20..], out var digits, "D7", CultureInfo.InvariantCulture);
        return target[..(20 + digits)].TrimEnd((byte)'0').Length;
    }

    private static void WriteTwo(Span<byte> target, int at, int number)
    {
        target[at] = (byte)('0' + (number / 10));
        target[at + 1] = (byte)('0' + (number % 10));
    }
}
