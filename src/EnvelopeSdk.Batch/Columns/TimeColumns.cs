using EnvelopeSdk.Binding.Writing;
using EnvelopeSdk.Schema;

namespace EnvelopeSdk.Batch.Columns;

/// <summary>Columns of dates and times. A time without a zone is none of a point in time, which is refused.</summary>
internal static class TimeColumns
{
    private const string Below100Nanoseconds =
        "it has parts of a second below 100 nanoseconds, which .NET does not have";

    private const long TicksPerMicrosecond = TimeSpan.TicksPerMillisecond / 1000;

    private static readonly int FirstDay = DateOnly.FromDateTime(DateTime.UnixEpoch).DayNumber;

    /// <returns>Null when the values of the column are none of the kind.</returns>
    public static ColumnJson? Of(ColumnType type, TypeKind kind) => (type.Kind, kind) switch
    {
        (ColumnKind.Date, TypeKind.Date or TypeKind.DateTime) => new ScalarJson(
            (output, values, row) => output.WriteDateOnly(Day(values.Read<int>(row)))),
        (ColumnKind.Time, TypeKind.Time) => new ScalarJson((output, values, row) =>
            output.WriteTimeOnly(OfDay(values.Read<long>(row), type))),
        (ColumnKind.Timestamp, TypeKind.DateTime) => new ScalarJson((output, values, row) => output.WriteDateTime(
            Point(values.Read<long>(row), type, type.IsUtc ? DateTimeKind.Utc : DateTimeKind.Unspecified))),
        (ColumnKind.Timestamp, TypeKind.DateTimeOffset) when type.IsUtc => new ScalarJson(
            (output, values, row) => output.WriteDateTimeOffset(
                new(Point(values.Read<long>(row), type, DateTimeKind.Utc)))),
        (ColumnKind.Interval, TypeKind.Duration) => new ScalarJson(WriteSpan),
        _ => null,
    };

    /// <summary>A point in time as .NET has it, in ticks.</summary>
    /// <returns>False when .NET does not have it.</returns>
    public static bool TryRead(long value, ColumnType type, out long ticks)
    {
        var perUnit = type.TicksPerUnit;
        if (perUnit == 0)
        {
            var (whole, rest) = Math.DivRem(value, type.PerSecond / TimeSpan.TicksPerSecond);
            ticks = whole + DateTime.UnixEpoch.Ticks;
            return rest == 0 && ticks >= 0;
        }

        ticks = unchecked((value * perUnit) + DateTime.UnixEpoch.Ticks);
        return Math.Abs((double)value) * perUnit < DateTime.MaxValue.Ticks && ticks >= 0
            && ticks <= DateTime.MaxValue.Ticks;
    }

    /// <summary>A day as .NET has it.</summary>
    /// <returns>False when .NET does not have it.</returns>
    public static bool TryRead(int daysSince1970, out DateOnly day)
    {
        var number = (long)daysSince1970 + FirstDay;
        var isOne = number >= 0 && number <= DateOnly.MaxValue.DayNumber;
        day = isOne ? DateOnly.FromDayNumber((int)number) : default;
        return isOne;
    }

    /// <summary>Looks at a time as text, which has its parts of a second behind a point.</summary>
    /// <exception cref="CellException">It has parts that .NET does not have.</exception>
    public static void EnsureKept(ReadOnlySpan<char> text)
    {
        const int Digits = 7; // of 100 nanoseconds
        var rest = text[(text.IndexOf('.') + 1)..];
        var end = rest.IndexOfAnyExceptInRange('0', '9');
        var fraction = rest.Length < text.Length ? rest[..(end < 0 ? rest.Length : end)] : default;
        if (fraction.Length > Digits && fraction[Digits..].IndexOfAnyExcept('0') >= 0)
        {
            throw new CellException(Below100Nanoseconds);
        }
    }

    private static TimeOnly OfDay(long value, ColumnType type)
    {
        var ticks = (Int128)value * TimeSpan.TicksPerSecond;
        return ticks % type.PerSecond != 0
            ? throw new CellException(Below100Nanoseconds)
            : ticks >= 0 && ticks / type.PerSecond < TimeSpan.TicksPerDay ? new TimeOnly((long)(ticks / type.PerSecond))
            : throw new CellException("it is 24:00:00 or later, which is no time of the day");
    }

    private static DateOnly Day(int daysSince1970) => TryRead(daysSince1970, out var day)
        ? day
        : throw new CellException("it is a date outside of the years 1 to 9999");

    private static DateTime Point(long value, ColumnType type, DateTimeKind kind) =>
        TryRead(value, type, out var ticks) ? new DateTime(ticks, kind)
        : throw new CellException((Int128)value * TimeSpan.TicksPerSecond % type.PerSecond != 0
            ? Below100Nanoseconds
            : "it is a time outside of the years 1 to 9999");

    private static void WriteSpan(JsonOutput output, Vector values, int row)
    {
        var (months, days, microseconds) = values.Read<CalendarSpan>(row);
        if (months != 0)
        {
            throw new CellException("it is a span with months, which have no one length");
        }

        var ticks = ((Int128)days * TimeSpan.TicksPerDay) + ((Int128)microseconds * TicksPerMicrosecond);
        output.WriteTimeSpan(ticks >= long.MinValue && ticks <= long.MaxValue
            ? new TimeSpan((long)ticks)
            : throw new CellException("it is a span of over 10 million days"));
    }
}
