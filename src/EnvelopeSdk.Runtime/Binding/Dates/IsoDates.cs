using System.Globalization;

namespace EnvelopeSdk.Binding.Dates;

/// <summary>
/// Dates and times as most programs write them, digit by digit: <c>2024-05-31</c>, <c>2024-05-31T13:45:00.5Z</c> (RFC
/// 3339, section 5.6). A reader of formats takes many times as long. What is written in another way, with escapes
/// or with an offset is left to the readers of .NET.
/// </summary>
internal static class IsoDates
{
    private const int DigitsOfTick = 7;
    private const int NoNumber = -1_000_000;

    /// <summary>The length of <c>"2024-05-31"</c> with its quotes.</summary>
    public const int QuotedDay = 12;

    /// <param name="json">Begins with a quotation mark.</param>
    /// <param name="value">The date.</param>
    /// <returns>Whether there is one that ends where its string does.</returns>
    public static bool TryRead(ReadOnlySpan<byte> json, out DateOnly value)
    {
        value = default;
        return json.Length >= QuotedDay && json[QuotedDay - 1] == '"' && TryReadDay(json, out value);
    }

    /// <param name="json">Begins with a quotation mark.</param>
    /// <param name="value">The time: of UTC where a <c>Z</c> ends it, else of no zone.</param>
    /// <returns>The length of the string with its quotes; 0 when it is no such time.</returns>
    public static int Read(ReadOnlySpan<byte> json, out DateTime value)
    {
        value = default;
        if (json.Length < 21 || json[11] != 'T' || json[14] != ':' || json[17] != ':' || !TryReadDay(json, out var day))
        {
            return 0;
        }

        var (hour, minute, second) = (Two(json, 12), Two(json, 15), Two(json, 18));
        if ((uint)hour > 23 || (uint)minute > 59 || (uint)second > 59)
        {
            return 0;
        }

        var length = 20;
        var ticks = (((hour * 60L) + minute) * 60 + second) * TimeSpan.TicksPerSecond;
        if (json[length] == '.' && !TryAddFraction(json, ref length, ref ticks))
        {
            return 0;
        }

        var isOfUtc = length < json.Length && json[length] == 'Z';
        length += isOfUtc ? 1 : 0;
        ticks += day.DayNumber * TimeSpan.TicksPerDay;
        value = new(ticks, isOfUtc ? DateTimeKind.Utc : DateTimeKind.Unspecified);
        return length < json.Length && json[length] == '"' ? length + 1 : 0;
    }

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

    private static bool TryReadDay(ReadOnlySpan<byte> json, out DateOnly value)
    {
        value = default;
        if (json[5] != '-' || json[8] != '-')
        {
            return false;
        }

        var (year, month, day) = ((Two(json, 1) * 100) + Two(json, 3), Two(json, 6), Two(json, 9));
        if (year < 1 || (uint)(month - 1) > 11 || day < 1 || day > DateTime.DaysInMonth(year, month))
        {
            return false;
        }

        value = new(year, month, day);
        return true;
    }

    /// <returns>Whether there are digits behind the point, and no more than a tick has.</returns>
    private static bool TryAddFraction(ReadOnlySpan<byte> json, ref int length, ref long ticks)
    {
        var (from, fraction) = (++length, 0);
        for (; length < json.Length && char.IsAsciiDigit((char)json[length]); length++)
        {
            if (length - from == DigitsOfTick)
            {
                return false;
            }

            fraction = (fraction * 10) + json[length] - '0';
        }

        var isThere = length > from;
        for (var digits = length - from; digits < DigitsOfTick; digits++)
        {
            fraction *= 10;
        }

        ticks += fraction;
        return isThere;
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

    private static int Two(ReadOnlySpan<byte> json, int at)
    {
        var (tens, ones) = (json[at] - '0', json[at + 1] - '0');
        return (uint)tens > 9 || (uint)ones > 9 ? NoNumber : (tens * 10) + ones;
    }
}
