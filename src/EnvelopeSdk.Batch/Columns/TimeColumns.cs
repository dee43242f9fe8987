using EnvelopeSdk.Binding.Writing;
using EnvelopeSdk.Schema;

namespace EnvelopeSdk.Batch.Columns;

/// <summary>Columns of dates and times. A time without a zone is none of a point in time, which is refused.</summary>
internal static class TimeColumns
{
    private const long TicksPerMicrosecond = TimeSpan.TicksPerMillisecond / 1000;

    private static readonly int FirstDay = DateOnly.FromDateTime(DateTime.UnixEpoch).DayNumber;

    /// <returns>Null when the values of the column are none of the kind.</returns>
    public static ColumnJson? Of(ColumnType type, TypeKind kind) => (type.Kind, kind) switch
    {
        (ColumnKind.Date, TypeKind.Date or TypeKind.DateTime) => new ScalarJson(
            (output, values, row) => output.WriteDateOnly(Day(values.Read<int>(row)))),
        (ColumnKind.Time, TypeKind.Time) => new ScalarJson((output, values, row) =>
            output.WriteTimeOnly(OfDay(values.Read<long>(row)))),
        (ColumnKind.Timestamp, TypeKind.DateTime) => new ScalarJson((output, values, row) => output.WriteDateTime(
            Point(values.Read<long>(row), type, type.IsUtc ? DateTimeKind.Utc : DateTimeKind.Unspecified))),
        (ColumnKind.Timestamp, TypeKind.DateTimeOffset) when type.IsUtc => new ScalarJson(
            (output, values, row) => output.WriteDateTimeOffset(
                new(Point(values.Read<long>(row), type, DateTimeKind.Utc)))),
        (ColumnKind.Interval, TypeKind.Duration) => new ScalarJson(WriteSpan),
        _ => null,
    };

    private static TimeOnly OfDay(long microseconds) =>
        microseconds * TicksPerMicrosecond < TimeSpan.TicksPerDay
            ? new TimeOnly(microseconds * TicksPerMicrosecond)
            : throw new CellException("it is 24:00:00, which is no time of the day");

    private static DateOnly Day(int daysSince1970) =>
        (long)daysSince1970 + FirstDay is >= 0 and var day && day <= DateOnly.MaxValue.DayNumber
            ? DateOnly.FromDayNumber((int)day)
            : throw new CellException("it is a date outside of the years 1 to 9999");

    private static DateTime Point(long value, ColumnType type, DateTimeKind kind)
    {
        var ticks = (Int128)value * TimeSpan.TicksPerSecond;
        if (ticks % type.PerSecond != 0)
        {
            throw new CellException("it has parts of a second below 100 nanoseconds, which .NET does not have");
        }

        ticks = (ticks / type.PerSecond) + DateTime.UnixEpoch.Ticks;
        return ticks >= 0 && ticks <= DateTime.MaxValue.Ticks
            ? new DateTime((long)ticks, kind)
            : throw new CellException("it is a time outside of the years 1 to 9999");
    }

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
