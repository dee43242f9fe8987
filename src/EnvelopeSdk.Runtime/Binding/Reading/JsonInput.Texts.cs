using System.Globalization;
using System.Text;
using System.Text.Json;
using EnvelopeSdk.Binding.Dates;

namespace EnvelopeSdk.Binding.Reading;

/// <summary>Values that JSON has as strings of a certain form.</summary>
public ref partial struct JsonInput
{
    // Nothing with a form of its own is nearly as long: a longer string is refused without being copied.
    private const int LongestForm = 1024;

    private delegate bool TryParse<T>(string text, out T value);

    private delegate bool TryGet<T>(ref Utf8JsonReader token, out T value);

    /// <summary>Reads a string of one UTF-16 unit, which is no half of a surrogate pair.</summary>
    public char ReadChar() =>
        ReadText("one character up to U+FFFF", static (string text, out char value) => char.TryParse(text, out value));

    /// <summary>Reads a UUID of 32 hexadecimal digits with four hyphens, as RFC 9562 writes it.</summary>
    public Guid ReadGuid() => TryTake(Uuid.Read(Rest, out var plain)) ? plain : ReadText(
        "a UUID such as 0f8fad5b-d9cb-469f-a165-70867728950e",
        static (string text, out Guid value) => Uuid.TryParse(text, out value));

    /// <summary>Reads an absolute or relative URI reference.</summary>
    public Uri ReadUri() => ReadText<Uri>("a URI", TryParseUri, int.MaxValue);

    /// <summary>Reads two to four numbers with dots between them.</summary>
    public Version ReadVersion() => ReadText(
        "a version such as 1.2.3",
        static (string text, out Version value) => Version.TryParse(text, out value!) && value.ToString() == text);

    /// <summary>
    /// Reads a date, with or without a time and an offset from UTC, in the profile of ISO 8601 that
    /// <c>System.Text.Json</c> reads. It means the same on each host: with an offset it is the instant, in UTC; without
    /// one it is what a clock on the wall shows, and of the kind <see cref="DateTimeKind.Unspecified"/>.
    /// </summary>
    public DateTime ReadDateTime() => TryTake(IsoDates.Read(Rest, out DateTime plain)) ? plain : ReadAnyDateTime();

    private DateTime ReadAnyDateTime() => ReadToken(
        "a date and time such as 2024-05-31T13:45:00", static (ref Utf8JsonReader token, out DateTime value) =>
        {
            if (!token.TryGetDateTime(out value) || !HasDigitsBehindPoint(ref token))
            {
                return false;
            }

            if (value.Kind != DateTimeKind.Unspecified && !HasOffset(token.GetString()!))
            {
                return false; // but hours alone, which are taken too
            }

            // What the reader makes of an offset is the time of the host's zone.
            if (value.Kind == DateTimeKind.Local && token.TryGetDateTimeOffset(out var instant))
            {
                value = instant.UtcDateTime;
            }

            return true;
        });

    /// <summary>
    /// Reads a date and time with its offset from UTC (RFC 3339). Without an offset it would mean another time on each
    /// machine.
    /// </summary>
    public DateTimeOffset ReadDateTimeOffset() =>
        TryTake(IsoDates.Read(Rest, out DateTimeOffset plain)) ? plain : ReadAnyDateTimeOffset();

    private DateTimeOffset ReadAnyDateTimeOffset() => ReadToken(
        "a date and time with its offset from UTC such as 2024-05-31T13:45:00+02:00",
        static (ref Utf8JsonReader token, out DateTimeOffset value) =>
            token.TryGetDateTimeOffset(out value) && HasOffset(token.GetString()!)
                && HasDigitsBehindPoint(ref token));

    /// <summary>Reads a date of year, month and day.</summary>
    public DateOnly ReadDateOnly() => TryTake(IsoDates.Read(Rest, out DateOnly plain)) ? plain : ReadText(
        "a date such as 2024-05-31",
        static (string text, out DateOnly value) =>
            DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out value));

    /// <summary>Reads a time of day of hours, minutes, seconds and up to seven digits of a second.</summary>
    public TimeOnly ReadTimeOnly() => TryTake(IsoDates.Read(Rest, out TimeOnly plain)) ? plain : ReadText(
        "a time such as 13:45:00",
        static (string text, out TimeOnly value) =>
            TimeOnly.TryParseExact(text, TimeFormats, CultureInfo.InvariantCulture, DateTimeStyles.None, out value));

    /// <summary>
    /// Reads a span of time: days, hours, minutes, seconds and seven digits of a second,
    /// <c>[-][d.]hh:mm:ss[.fffffff]</c>.
    /// </summary>
    public TimeSpan ReadTimeSpan() => TryTake(IsoDates.Read(Rest, out TimeSpan plain)) ? plain : ReadText(
        "a time span such as 1.02:03:04.5000000",
        static (string text, out TimeSpan value) =>
            TimeSpan.TryParseExact(text, "c", CultureInfo.InvariantCulture, out value)
                && value.ToString("c", CultureInfo.InvariantCulture) == WithoutZeros(text));

    /// <summary>
    /// Reads bytes in base64 with padding (RFC 4648, section 4). White space within it is left out, since writers for
    /// mail break lines (RFC 2045, section 6.8).
    /// </summary>
    public byte[] ReadBytes() => HoldsArray ? TakeArray<byte>() : ReadToken(
        "bytes in base64",
        static (ref Utf8JsonReader token, out byte[] value) => token.TryGetBytesFromBase64(out value!)) ?? [];

    /// <inheritdoc cref="ReadBytes"/>
    public ReadOnlyMemory<byte> ReadByteMemory() => ReadBytes();

    /// <inheritdoc cref="ReadBytes"/>
    public Memory<byte> ReadByteBuffer() => ReadBytes();

    private static readonly string[] TimeFormats =
    [
        "HH:mm:ss",
        .. Enumerable.Range(1, 7).Select(digits => "HH:mm:ss." + new string('f', digits)),
    ];

    private readonly ReadOnlySpan<byte> Rest => _json[_position..];

    /// <summary>Steps over a string that was read at once.</summary>
    /// <param name="length">Its length; 0 where it has to be read in another way.</param>
    private bool TryTake(int length)
    {
        _position += length;
        return length > 0;
    }

    private T ReadText<T>(string expected, TryParse<T> parse, int longest = LongestForm)
    {
        if (!TryReadText(expected, out var text, longest))
        {
            return default!;
        }

        return text.Utf8.Length <= longest && text.IsValid && parse(text.ToString(), out var value)
            ? value
            : RefuseText<T>(expected);
    }

    /// <summary>Reads a string with the parser that <c>System.Text.Json</c> has for its form.</summary>
    private T ReadToken<T>(string expected, TryGet<T> get)
    {
        var start = _position;
        if (Next != '"')
        {
            Refuse(expected);
            return default!;
        }

        _hasLoneSurrogate = false;
        if (!ScanString(out _, out _))
        {
            Fail();
            return default!;
        }

        if (_hasLoneSurrogate)
        {
            return RefuseText<T>(expected); // at which the parser would throw
        }

        var token = new Utf8JsonReader(_json[start.._position]);
        token.Read();
        return get(ref token, out var value) ? value : RefuseText<T>(expected);
    }

    private readonly T RefuseText<T>(string expected)
    {
        _errors.Add(expected, "another string");
        return default!;
    }

    /// <summary>
    /// The digits of a second are left out with their point (ISO 8601); the reader of .NET takes the point alone too.
    /// </summary>
    private static bool HasDigitsBehindPoint(ref Utf8JsonReader token)
    {
        var text = token.ValueIsEscaped ? System.Text.Encoding.UTF8.GetBytes(token.GetString()!) : token.ValueSpan;
        var point = text.IndexOf((byte)'.');
        return point < 0 || (point + 1 < text.Length && char.IsAsciiDigit((char)text[point + 1]));
    }

    /// <summary>A span of time without digits of a second, or a sign, that say nothing, which .NET does not write.</summary>
    private static string WithoutZeros(string text)
    {
        const string NoFraction = ".0000000";
        var span = text.EndsWith(NoFraction, StringComparison.Ordinal) ? text[..^NoFraction.Length] : text;
        return span == "-00:00:00" ? span[1..] : span;
    }

    private static bool HasOffset(string text) =>
        text[^1] == 'Z' || (text.Length > 6 && text[^6] is '+' or '-' && text[^3] == ':');

    /// <summary>
    /// A URI reference (RFC 3986, section 4.1), in ASCII. .NET takes white space around one, and no fragment behind a
    /// relative one.
    /// </summary>
    private static bool TryParseUri(string text, out Uri value)
    {
        if (!Uri.TryCreate(text, UriKind.RelativeOrAbsolute, out value!) || !Ascii.IsValid(text)
            || text.AsSpan().Trim().Length < text.Length)
        {
            return false;
        }

        // What a fragment may hold, a query may hold as well.
        var fragment = value.IsAbsoluteUri ? -1 : text.IndexOf('#', StringComparison.Ordinal);
        return fragment < 0
            ? IsWellFormed(text)
            : IsWellFormed(text[..fragment]) && IsWellFormed("?" + text[(fragment + 1)..]);
    }

    private static bool IsWellFormed(string text) => Uri.IsWellFormedUriString(text, UriKind.RelativeOrAbsolute);
}
