using System.Buffers.Text;
using System.Globalization;
using System.Text.Json;
using EnvelopeSdk.Binding.Dates;

namespace EnvelopeSdk.Binding.Writing;

/// <summary>Values that JSON has as strings of a certain form, as <see cref="JsonSerializer"/> writes them.</summary>
public sealed partial class JsonOutput
{
    // Of dates, times, spans of time and UUIDs, the longest are UUIDs.
    private const int LongestForm = 40;

    /// <summary>Writes a character as a string.</summary>
    /// <exception cref="ModelAnswerException">It is one half of a surrogate pair.</exception>
    public void WriteChar(char value) => WriteString(value.ToString());

    /// <summary>Writes a UUID of 32 hexadecimal digits with four hyphens.</summary>
    public void WriteGuid(Guid value) => WriteQuoted(value, "D");

    /// <summary>Writes a URI as it was given.</summary>
    /// <exception cref="ModelAnswerException">It is null, or not valid Unicode.</exception>
    public void WriteUri(Uri? value) => WriteString((value ?? throw UnexpectedNull("Uri")).OriginalString);

    /// <summary>Writes a version of two to four numbers.</summary>
    /// <exception cref="ModelAnswerException">It is null.</exception>
    public void WriteVersion(Version? value) => WriteString((value ?? throw UnexpectedNull("Version")).ToString());

    /// <summary>
    /// Writes a date and time: an instant, in UTC, unless its kind is <see cref="DateTimeKind.Unspecified"/>. One of
    /// the kind <see cref="DateTimeKind.Local"/> is the instant that it is on this host.
    /// </summary>
    /// <exception cref="EnvelopeException">It is local, and the argument of an example.</exception>
    public void WriteDateTime(DateTime value)
    {
        if (value.Kind == DateTimeKind.Local && RefusesLocalTimes)
        {
            throw new EnvelopeException(
                EnvelopeError.Invalid,
                "An argument of an example holds a DateTime of the kind Local, and a service gives its model the same "
                + "instant in UTC. Record the example with a time of the kind Utc or Unspecified, or use "
                + "DateTimeOffset.");
        }

        var target = Value(LongestForm + 2);
        WroteQuoted(target, IsoDates.Write(
            target[1..], value.Kind == DateTimeKind.Local ? value.ToUniversalTime() : value));
    }

    /// <summary>Writes a date and time with its offset from UTC.</summary>
    public void WriteDateTimeOffset(DateTimeOffset value)
    {
        var target = Value(LongestForm + 2);
        WroteQuoted(target, IsoDates.Write(target[1..], value));
    }

    /// <summary>Writes a date of year, month and day.</summary>
    public void WriteDateOnly(DateOnly value) => WriteQuoted(value, "O");

    /// <summary>Writes a time of day, with seven digits of a second when it is not whole.</summary>
    public void WriteTimeOnly(TimeOnly value) => WriteTimeSpan(value.ToTimeSpan());

    /// <summary>Writes a span of time, <c>[-][d.]hh:mm:ss[.fffffff]</c>.</summary>
    public void WriteTimeSpan(TimeSpan value) => WriteQuoted(value, "c");

    /// <summary>Writes bytes in base64 with padding.</summary>
    /// <exception cref="ModelAnswerException">There is no array.</exception>
    public void WriteBytes(byte[]? value) => WriteByteMemory(value ?? throw UnexpectedNull("byte[]"));

    /// <summary>Writes bytes in base64 with padding.</summary>
    public void WriteByteBuffer(Memory<byte> value) => WriteByteMemory(value);

    /// <summary>Writes bytes in base64 with padding.</summary>
    public void WriteByteMemory(ReadOnlyMemory<byte> value)
    {
        if (TryStoreMemory(value))
        {
            return;
        }

        var target = Value(Base64.GetMaxEncodedToUtf8Length(value.Length) + 2);
        target[0] = (byte)'"';
        Base64.EncodeToUtf8(value.Span, target[1..], out _, out var length);
        target[length + 1] = (byte)'"';
        Wrote(length + 2);
    }

    private void WriteQuoted<T>(T value, ReadOnlySpan<char> format)
        where T : IUtf8SpanFormattable
    {
        var target = Value(LongestForm + 2);
        value.TryFormat(target[1..], out var length, format, CultureInfo.InvariantCulture);
        WroteQuoted(target, length);
    }

    /// <summary>Puts quotation marks around what was written behind the first of them.</summary>
    private void WroteQuoted(Span<byte> target, int length)
    {
        target[0] = (byte)'"';
        target[length + 1] = (byte)'"';
        Wrote(length + 2);
    }
}
