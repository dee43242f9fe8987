using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace EnvelopeSdk.Binding.Dates;

/// <summary>
/// Dates and times as most programs write them, digit by digit: <c>2024-05-31</c>, <c>2024-05-31T13:45:00.5Z</c>,
/// <c>2024-05-31T13:45:00+02:00</c> (RFC 3339, section 5.6), <c>13:45:00</c>. A reader of formats takes many times as
/// long. Each method takes the JSON from a string's first quotation mark on, and answers the string's length with its
/// quotation marks, or 0: what is written in another way, or with escapes, is left to the readers of .NET.
/// </summary>
internal static partial class IsoDates
{
    private const int DigitsOfTick = 7;
    private const int NoNumber = -1_000_000;
    private const int Day = 10; // the length of a date without quotation marks
    private const int LargestOffset = 14 * 60;

    public static int Read(ReadOnlySpan<byte> json, out DateOnly value) =>
        TryReadDay(json, out value) && IsEnd(json, Day + 1) ? Day + 2 : 0;

    /// <summary>Reads a time of UTC, where it has an offset; else of no zone.</summary>
    public static int Read(ReadOnlySpan<byte> json, out DateTime value)
    {
        value = default;
        var at = ReadDayAndClock(json, out var ticks);
        var isOfUtc = at > 0 && at < json.Length && json[at] != '"';
        if (isOfUtc)
        {
            at = ReadOffset(json, at, out var minutes);
            ticks -= minutes * TimeSpan.TicksPerMinute;
        }

        if (!IsEnd(json, at) || (ulong)ticks > (ulong)DateTime.MaxValue.Ticks)
        {
            return 0;
        }

        value = new(ticks, isOfUtc ? DateTimeKind.Utc : DateTimeKind.Unspecified);
        return at + 1;
    }

    public static int Read(ReadOnlySpan<byte> json, out DateTimeOffset value)
    {
        value = default;
        var at = ReadOffset(json, ReadDayAndClock(json, out var ticks), out var minutes);
        var utc = ticks - (minutes * TimeSpan.TicksPerMinute);
        if (!IsEnd(json, at) || (ulong)utc > (ulong)DateTime.MaxValue.Ticks)
        {
            return 0;
        }

        value = new(ticks, TimeSpan.FromMinutes(minutes));
        return at + 1;
    }

    public static int Read(ReadOnlySpan<byte> json, out TimeOnly value)
    {
        var at = ReadTimeOfDay(json, out var ticks);
        value = IsEnd(json, at) ? new(ticks) : default;
        return IsEnd(json, at) ? at + 1 : 0;
    }

    /// <summary>Reads a span of less than a day, with no digits of a second or all that a tick has.</summary>
    public static int Read(ReadOnlySpan<byte> json, out TimeSpan value)
    {
        const int Whole = 9, Fraction = Whole + 1 + DigitsOfTick; // where a string ends
        var at = ReadTimeOfDay(json, out var ticks);
        var isWritten = at is Whole or Fraction;
        value = isWritten && IsEnd(json, at) ? new(ticks) : default;
        return isWritten && IsEnd(json, at) ? at + 1 : 0;
    }

    private static bool IsEnd(ReadOnlySpan<byte> json, int at) =>
        at > 0 && (uint)at < (uint)json.Length && json[at] == '"';

    /// <returns>Where it ends; 0 where there is none.</returns>
    private static int ReadDayAndClock(ReadOnlySpan<byte> json, out long ticks)
    {
        ticks = 0;
        if (json.Length < 21 || json[Day + 1] != 'T' || !TryReadDay(json, out var day))
        {
            return 0;
        }

        var at = ReadClock(json, Day + 2, out ticks);
        ticks += day.DayNumber * TimeSpan.TicksPerDay;
        return at;
    }

    private static int ReadTimeOfDay(ReadOnlySpan<byte> json, out long ticks)
    {
        ticks = 0;
        return json.Length > 0 && json[0] == '"' ? ReadClock(json, 1, out ticks) : 0;
    }

    /// <summary>Reads hours, minutes, seconds and what digits of a second there are.</summary>
    /// <returns>Where they end; 0 where there are none.</returns>
    private static int ReadClock(ReadOnlySpan<byte> json, int at, out long ticks)
    {
        ticks = 0;
        if (json.Length < at + 9 || !TryReadThree(json[at..], ':', out var hour, out var minute, out var second)
            || hour > 23 || minute > 59 || second > 59)
        {
            return 0;
        }

        ticks = ((((hour * 60L) + minute) * 60) + second) * TimeSpan.TicksPerSecond;
        at += 8;
        return json[at] != '.' || TryAddFraction(json, ref at, ref ticks) ? at : 0;
    }

    /// <param name="json">The string.</param>
    /// <param name="at">Where the offset begins; 0 where there is none.</param>
    /// <param name="minutes">Of the offset from UTC.</param>
    /// <returns>Where it ends; 0 where there is none.</returns>
    private static int ReadOffset(ReadOnlySpan<byte> json, int at, out int minutes)
    {
        minutes = 0;
        if (at == 0 || json.Length < at + 2)
        {
            return 0;
        }

        if (json[at] == 'Z')
        {
            return at + 1;
        }

        if (json[at] is not ((byte)'+' or (byte)'-') || json.Length < at + 7 || json[at + 3] != ':')
        {
            return 0;
        }

        var (hour, minute) = (Two(json, at + 1), Two(json, at + 4));
        minutes = (hour * 60) + minute;
        if ((uint)minute > 59 || (uint)minutes > LargestOffset)
        {
            return 0;
        }

        minutes = json[at] == '-' ? -minutes : minutes;
        return at + 6;
    }

    private static bool TryReadDay(ReadOnlySpan<byte> json, out DateOnly value)
    {
        value = default;
        if (json.Length < Day + 2 || json[0] != '"'
            || !TryReadThree(json[3..], '-', out var ofCentury, out var month, out var day))
        {
            return false;
        }

        var year = (Two(json, 1) * 100) + ofCentury;
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

    /// <summary>Reads three numbers of two digits with a character between them, all eight bytes in a register.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool TryReadThree(
        ReadOnlySpan<byte> text, char between, out int first, out int second, out int third)
    {
        // What should be a digit is its value then, and what is between them 0.
        var bytes = BinaryPrimitives.ReadUInt64LittleEndian(text)
            ^ (0x3030_0030_3000_3030UL | (between * 0x0000_0100_0001_0000UL));

        // Whatever is more reaches the highest bit of its byte.
        var isSound = ((bytes | (bytes + 0x7676_7F76_767F_7676UL)) & 0x8080_8080_8080_8080UL) == 0;
        var twos = (bytes * 10) + (bytes >> 8);
        (first, second, third) = ((byte)twos, (byte)(twos >> 24), (byte)(twos >> 48));
        return isSound;
    }

    private static int Two(ReadOnlySpan<byte> json, int at)
    {
        var (tens, ones) = (json[at] - '0', json[at + 1] - '0');
        return (uint)tens > 9 || (uint)ones > 9 ? NoNumber : (tens * 10) + ones;
    }
}
