using System.Globalization;
using System.Numerics;
using System.Text.Json;

namespace EnvelopeSdk.Binding;

/// <summary>Values that <see cref="Utf8JsonWriter"/> does not write itself, in the forms of <see cref="JsonSerializer"/>.</summary>
public static partial class JsonOutput
{
    /// <summary>Writes a number of a type that <see cref="Utf8JsonWriter"/> does not know: the shortest one that reads back as the same value.</summary>
    /// <typeparam name="T">The type of the number.</typeparam>
    /// <param name="writer">Where to.</param>
    /// <param name="value">A finite number.</param>
    /// <exception cref="ModelAnswerException">The number is NaN or infinite, which JSON cannot carry.</exception>
    public static void WriteNumber<T>(Utf8JsonWriter writer, T value)
        where T : struct, INumber<T> => WriteNumber(writer, value, NumberForms.None);

    /// <summary>Writes a number in one of the forms that it may have.</summary>
    /// <typeparam name="T">The type of the number.</typeparam>
    /// <param name="writer">Where to.</param>
    /// <param name="value">The number.</param>
    /// <param name="forms">The forms.</param>
    /// <exception cref="ModelAnswerException">The number is NaN or infinite, and <paramref name="forms"/> has no names for that.</exception>
    public static void WriteNumber<T>(Utf8JsonWriter writer, T value, NumberForms forms)
        where T : struct, INumber<T>
    {
        ArgumentNullException.ThrowIfNull(writer);
        if (!T.IsFinite(value))
        {
            if (!forms.HasFlag(NumberForms.AllowNamedFloatingPointLiterals))
            {
                throw NotFinite(value);
            }

            writer.WriteStringValue(T.IsNaN(value) ? "NaN"u8 : T.IsNegativeInfinity(value) ? "-Infinity"u8 : "Infinity"u8);
            return;
        }

        Span<byte> digits = stackalloc byte[64];
        value.TryFormat(digits, out var length, default, CultureInfo.InvariantCulture);
        if (forms.HasFlag(NumberForms.WriteAsString))
        {
            writer.WriteStringValue(digits[..length]);
        }
        else
        {
            writer.WriteRawValue(digits[..length], skipInputValidation: true);
        }
    }

    /// <summary>Writes the name of a member that only the value knows.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="name">The name.</param>
    /// <exception cref="ModelAnswerException">It is not valid Unicode.</exception>
    public static void WriteName(Utf8JsonWriter writer, string name)
    {
        ArgumentNullException.ThrowIfNull(writer);
        CheckUnicode(name);
        writer.WritePropertyName(name);
    }

    /// <summary>Writes a character as a string.</summary>
    /// <exception cref="ModelAnswerException">It is one half of a surrogate pair.</exception>
    public static void WriteChar(Utf8JsonWriter writer, char value) => WriteString(writer, value.ToString());

    /// <summary>Writes a UUID of 32 hexadecimal digits with four hyphens.</summary>
    public static void WriteGuid(Utf8JsonWriter writer, Guid value) => Checked(writer).WriteStringValue(value);

    /// <summary>Writes a URI as it was given.</summary>
    /// <exception cref="ModelAnswerException">It is null, or not valid Unicode.</exception>
    public static void WriteUri(Utf8JsonWriter writer, Uri? value) => WriteString(writer, value?.OriginalString);

    /// <summary>Writes a version of two to four numbers.</summary>
    /// <exception cref="ModelAnswerException">It is null.</exception>
    public static void WriteVersion(Utf8JsonWriter writer, Version? value) => WriteString(writer, value?.ToString());

    /// <summary>Writes a date and time, with its offset from UTC when its kind is not <see cref="DateTimeKind.Unspecified"/>.</summary>
    public static void WriteDateTime(Utf8JsonWriter writer, DateTime value) => Checked(writer).WriteStringValue(value);

    /// <summary>Writes a date and time with its offset from UTC.</summary>
    public static void WriteDateTimeOffset(Utf8JsonWriter writer, DateTimeOffset value) => Checked(writer).WriteStringValue(value);

    /// <summary>Writes a date of year, month and day.</summary>
    public static void WriteDateOnly(Utf8JsonWriter writer, DateOnly value) => Checked(writer).WriteStringValue(value.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));

    /// <summary>Writes a time of day, with seven digits of a second when it is not whole.</summary>
    public static void WriteTimeOnly(Utf8JsonWriter writer, TimeOnly value) => WriteTimeSpan(writer, value.ToTimeSpan());

    /// <summary>Writes a span of time, <c>[-][d.]hh:mm:ss[.fffffff]</c>.</summary>
    public static void WriteTimeSpan(Utf8JsonWriter writer, TimeSpan value) => Checked(writer).WriteStringValue(value.ToString("c", CultureInfo.InvariantCulture));

    /// <summary>Writes bytes in base64 with padding.</summary>
    /// <exception cref="ModelAnswerException">There is no array.</exception>
    public static void WriteBytes(Utf8JsonWriter writer, byte[]? value) => Checked(writer).WriteBase64StringValue(value ?? throw UnexpectedNull("byte[]"));

    /// <summary>Writes bytes in base64 with padding.</summary>
    public static void WriteByteMemory(Utf8JsonWriter writer, ReadOnlyMemory<byte> value) => Checked(writer).WriteBase64StringValue(value.Span);

    /// <summary>Writes a value of any form.</summary>
    /// <exception cref="ModelAnswerException">It was never given a value.</exception>
    public static void WriteElement(Utf8JsonWriter writer, JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Undefined)
        {
            throw UnexpectedNull("a JSON value");
        }

        value.WriteTo(Checked(writer));
    }

    private static Utf8JsonWriter Checked(Utf8JsonWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        return writer;
    }

    private static ModelAnswerException NotFinite<T>(T value)
        where T : IFormattable => new($"The model answered {value.ToString(null, CultureInfo.InvariantCulture)}, which JSON cannot carry.");
}
