using System.Globalization;
using System.Text;
using System.Text.Json;
using EnvelopeSdk.Binding;
using EnvelopeSdk.Binding.Reading;
using EnvelopeSdk.Binding.Writing;

namespace EnvelopeSdk.Tests.Binding;

/// <summary>Dates and times that are read digit by digit are those that the readers of .NET read.</summary>
public class DateTests
{
    private static readonly Random Random = new(7);

    [Fact]
    public void Every_date_is_read_as_it_is_written()
    {
        for (var day = DateOnly.MinValue; ; day = day.AddDays(1))
        {
            Assert.Equal(day, ReadDate($"{day:yyyy-MM-dd}"));
            if (day == DateOnly.MaxValue)
            {
                break;
            }
        }
    }

    [Fact]
    public void Times_are_written_as_the_serializer_writes_them_and_read_as_it_reads_them()
    {
        for (var i = 0; i < 100_000; i++)
        {
            var value = Time();

            Assert.Equal(JsonSerializer.Serialize(value), Written(output => output.WriteDateTime(value)));
            var (time, error) = ReadTime($"{value:yyyy'-'MM'-'dd'T'HH':'mm':'ss.FFFFFFFK}");
            Assert.Null(error);
            Assert.Equal((value, value.Kind), (time, time.Kind));
        }
    }

    [Fact]
    public void Times_with_an_offset_are_written_as_the_serializer_writes_them()
    {
        for (var i = 0; i < 100_000; i++)
        {
            var value = new DateTimeOffset(
                new DateTime(Random.NextInt64(TimeSpan.TicksPerDay, DateTime.MaxValue.Ticks - TimeSpan.TicksPerDay)), TimeSpan.FromMinutes(Random.Next(-840, 841)));

            Assert.Equal(JsonSerializer.Serialize(value, JsonSerializerOptions.Default).Replace("\\u002B", "+", StringComparison.Ordinal), Written(output => output.WriteDateTimeOffset(value)));
        }
    }

    [Fact]
    public void A_text_with_a_byte_changed_is_taken_or_refused_as_by_the_reader_of_dates_of_NET()
    {
        var taken = 0;
        for (var i = 0; i < 200_000; i++)
        {
            var text = Changed($"{Time():yyyy'-'MM'-'dd'T'HH':'mm':'ss.FFFFFFFK}");
            var (value, error) = ReadTime(text);
            var expected = JsonSerializer.Deserialize<JsonElement>(JsonSerializer.Serialize(text)).TryGetDateTime(out var time)
                && !text.Contains(".Z", StringComparison.Ordinal) && !text.EndsWith('.') && !text.Contains(".+", StringComparison.Ordinal) && !text.Contains(".-", StringComparison.Ordinal)
                && !(text.Length > 16 && text[^3] is '+' or '-'); // an offset of hours alone

            Assert.True(expected == error is null, text);
            if (expected)
            {
                taken++;
                Assert.Equal(time.Kind == DateTimeKind.Local ? time.ToUniversalTime() : time, value);
            }
        }

        Assert.InRange(taken, 20_000, 180_000); // there are enough of both
    }

    [Fact]
    public void Times_with_an_offset_are_read_as_they_are_written()
    {
        for (var i = 0; i < 100_000; i++)
        {
            var value = Instant();
            var text = $"{value:yyyy'-'MM'-'dd'T'HH':'mm':'ss.FFFFFFFzzz}";
            var (read, error) = Read(text, (ref JsonInput input) => input.ReadDateTimeOffset());
            Assert.Null(error);
            Assert.Equal((value, value.Offset), (read, read.Offset));

            var (time, _) = ReadTime(text);
            Assert.Equal((value.UtcDateTime, DateTimeKind.Utc), (time, time.Kind));
        }
    }

    [Fact]
    public void A_time_with_an_offset_and_a_byte_changed_is_taken_or_refused_as_by_the_reader_of_dates_of_NET()
    {
        var taken = 0;
        for (var i = 0; i < 200_000; i++)
        {
            var text = Changed($"{Instant():yyyy'-'MM'-'dd'T'HH':'mm':'ss.FFFFFFFzzz}");
            var (value, error) = Read(text, (ref JsonInput input) => input.ReadDateTimeOffset());
            var isTaken = JsonSerializer.Deserialize<JsonElement>(JsonSerializer.Serialize(text)).TryGetDateTimeOffset(out var expected)
                && !text.Contains(".+", StringComparison.Ordinal) && !text.Contains(".-", StringComparison.Ordinal) && !text.Contains(".Z", StringComparison.Ordinal)
                && (text.EndsWith('Z') || (text[^6] is '+' or '-' && text[^3] == ':'));

            Assert.True(isTaken == error is null, text);
            if (isTaken)
            {
                taken++;
                Assert.Equal((expected, expected.Offset), (value, value.Offset));
            }
        }

        Assert.InRange(taken, 20_000, 180_000);
    }

    [Theory]
    [InlineData("0001-01-01T00:30:00+01:00"), InlineData("9999-12-31T23:30:00-01:00")] // before and behind all dates
    [InlineData("2024-05-31T13:45:00+14:01"), InlineData("2024-05-31T13:45:00+01:60"), InlineData("2024-05-31T13:45:00+1:00"), InlineData("2024-05-31T13:45:00 01:00")]
    public void A_time_whose_offset_is_none_is_refused(string text) =>
        Assert.NotNull(Read(text, (ref JsonInput input) => input.ReadDateTimeOffset()).Error);

    [Fact]
    public void A_time_of_day_is_taken_or_refused_with_a_byte_changed_as_by_its_formats()
    {
        string[] formats = ["HH:mm:ss", .. Enumerable.Range(1, 7).Select(digits => "HH:mm:ss." + new string('f', digits))];
        var taken = 0;
        for (var i = 0; i < 200_000; i++)
        {
            var written = TimeOnly.FromDateTime(Time()).ToString("HH':'mm':'ss.FFFFFFF", CultureInfo.InvariantCulture);
            var text = i % 2 == 0 ? written : Changed(written);
            var (value, error) = Read(text, (ref JsonInput input) => input.ReadTimeOnly());
            var isTaken = TimeOnly.TryParseExact(text, formats, CultureInfo.InvariantCulture, DateTimeStyles.None, out var expected);

            Assert.True(isTaken == error is null, text);
            Assert.Equal(expected, value);
            taken += isTaken ? 1 : 0;
        }

        Assert.InRange(taken, 100_000, 180_000);
    }

    [Fact]
    public void A_span_of_time_is_taken_where_it_is_written_so_and_refused_elsewhere()
    {
        var taken = 0;
        for (var i = 0; i < 200_000; i++)
        {
            var unit = Random.Next(2) == 0 ? TimeSpan.TicksPerSecond : 1;
            var span = new TimeSpan(Random.NextInt64(-TimeSpan.TicksPerDay, TimeSpan.TicksPerDay * 3) / unit * unit);
            var text = i % 2 == 0 ? span.ToString("c") : Changed(span.ToString("c"));
            var (value, error) = Read(text, (ref JsonInput input) => input.ReadTimeSpan());
            var isTaken = TimeSpan.TryParseExact(text, "c", CultureInfo.InvariantCulture, out var expected) && expected.ToString("c") == text;

            Assert.True(isTaken == error is null, text);
            Assert.Equal(isTaken ? expected : default, value);
            taken += isTaken ? 1 : 0;
        }

        Assert.InRange(taken, 100_000, 180_000);
    }

    [Theory]
    [InlineData("2024-02-30"), InlineData("0000-01-01"), InlineData("2024-00-01"), InlineData("2024-13-01"), InlineData("2024-01-00")]
    [InlineData("2024/01/01"), InlineData("2024-1-01"), InlineData("2024-01-01 "), InlineData("2O24-01-01"), InlineData("20 4-01-01")]
    public void What_is_no_date_is_refused(string text)
    {
        var errors = new BindingErrors();
        JsonInput.Read(Encoding.UTF8.GetBytes($"\"{text}\""), errors, (ref JsonInput input) => input.ReadDateOnly());

        Assert.Equal(1, errors.Count);
        Assert.Equal("a date such as 2024-05-31", errors[0].Expected);
    }

    [Theory]
    [InlineData("\"2024-05-3"), InlineData("\"2024-05-31T13:45:0"), InlineData("\"2024-05-31T13:45:00"), InlineData("\"2024-05-31T13:45:00.5"), InlineData("\"2024-05-31T13:45:00Z")]
    public void A_text_that_is_cut_off_is_refused(string json)
    {
        var errors = new BindingErrors();
        JsonInput.Read(Encoding.UTF8.GetBytes(json), errors, (ref JsonInput input) => input.ReadDateTime());

        Assert.Equal(1, errors.Count);
    }

    [Fact]
    public void Escapes_stand_for_what_they_stand_for()
    {
        Assert.Equal(new DateOnly(2024, 5, 31), ReadDate("2024\\u002d05-31"));
        Assert.Equal(new DateTime(2024, 5, 31, 1, 2, 3, DateTimeKind.Utc), ReadTime("2024\\u002d05-31T01:02:03Z").Value);
    }

    private static DateTime Time()
    {
        var ticks = Random.NextInt64(DateTime.MaxValue.Ticks);
        var unit = Random.Next(3) switch { 0 => TimeSpan.TicksPerSecond, 1 => TimeSpan.TicksPerMillisecond, _ => 1 };
        return new(ticks - (ticks % unit), Random.Next(2) == 0 ? DateTimeKind.Utc : DateTimeKind.Unspecified);
    }

    private static string Changed(string text)
    {
        const string Characters = "0123456789-:TZ.+ x";
        var at = Random.Next(text.Length);
        var other = Characters[Random.Next(Characters.Length)];
        return Random.Next(3) switch
        {
            0 => text[..at] + other + text[(at + 1)..],
            1 => text[..at] + other + text[at..],
            _ => text[..at] + text[(at + 1)..],
        };
    }

    private static DateOnly ReadDate(string text)
    {
        var errors = new BindingErrors();
        var value = JsonInput.Read(Encoding.UTF8.GetBytes($"\"{text}\""), errors, (ref JsonInput input) => input.ReadDateOnly());
        Assert.Equal(0, errors.Count);
        return value;
    }

    private static (DateTime Value, string? Error) ReadTime(string text) => Read(text, (ref JsonInput input) => input.ReadDateTime());

    private static (T Value, string? Error) Read<T>(string text, JsonRead<T> read)
    {
        var errors = new BindingErrors();
        var value = JsonInput.Read(Encoding.UTF8.GetBytes($"\"{text}\""), errors, read);
        return (value!, errors.Count == 0 ? null : errors[0].ToString());
    }

    private static DateTimeOffset Instant() =>
        new(new DateTime(Random.NextInt64(TimeSpan.TicksPerDay, DateTime.MaxValue.Ticks - TimeSpan.TicksPerDay)), TimeSpan.FromMinutes(Random.Next(-840, 841)));

    private static string Written(Action<JsonOutput> write)
    {
        var output = new JsonOutput();
        write(output);
        return Encoding.UTF8.GetString(output.Written.Span);
    }
}
