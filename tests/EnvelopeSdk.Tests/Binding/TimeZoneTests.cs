using System.Text;
using EnvelopeSdk.Binding;
using EnvelopeSdk.Binding.Reading;
using EnvelopeSdk.Binding.Writing;

namespace EnvelopeSdk.Tests.Binding;

/// <summary>A <see cref="DateTime"/> means the same on hosts of each time zone.</summary>
public class TimeZoneTests
{
    [Theory]
    [InlineData("2024-01-01T23:30:00+05:00", "2024-01-01T18:30:00", DateTimeKind.Utc)]
    [InlineData("2024-01-01T23:30:00-10:00", "2024-01-02T09:30:00", DateTimeKind.Utc)]
    [InlineData("2024-01-01T23:30:00Z", "2024-01-01T23:30:00", DateTimeKind.Utc)]
    [InlineData("2024-01-01T23:30:00", "2024-01-01T23:30:00", DateTimeKind.Unspecified)]
    [InlineData("2024-01-01", "2024-01-01T00:00:00", DateTimeKind.Unspecified)]
    public void An_offset_gives_the_instant_in_UTC_and_none_the_time_on_the_wall(string text, string time, DateTimeKind kind)
    {
        var errors = new BindingErrors();
        var value = JsonInput.Read(Encoding.UTF8.GetBytes($"\"{text}\""), errors, (ref JsonInput input) => input.ReadDateTime());

        Assert.Equal(0, errors.Count);
        Assert.Equal((time, kind), (value.ToString("s"), value.Kind));
    }

    [Fact]
    public void A_local_time_is_written_as_its_instant()
    {
        var output = new JsonOutput();
        output.WriteDateTime(new DateTime(2024, 1, 1, 18, 30, 0, DateTimeKind.Utc).ToLocalTime());

        Assert.Equal("\"2024-01-01T18:30:00Z\"", Encoding.UTF8.GetString(output.Written.Span));
    }
}
