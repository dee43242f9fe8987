using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace EnvelopeSdk.Binding;

/// <summary>What generated code writes JSON with, beside <see cref="Utf8JsonWriter"/>.</summary>
public static partial class JsonOutput
{
    /// <summary>How answers, examples and state are written: compact, with little escaped that JSON itself does not require.</summary>
    public static JsonWriterOptions Options { get; } = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, // the text never becomes part of an HTML page
        SkipValidation = true, // generated code cannot leave an object open
    };

    /// <summary>Writes the shortest number that reads back as the same bits.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="value">A finite number.</param>
    /// <exception cref="ModelAnswerException">The number is NaN or infinite, which JSON cannot carry.</exception>
    public static void WriteNumber(Utf8JsonWriter writer, float value)
    {
        ArgumentNullException.ThrowIfNull(writer);
        if (!float.IsFinite(value))
        {
            throw NotFinite(value);
        }

        writer.WriteNumberValue(value);
    }

    /// <inheritdoc cref="WriteNumber(Utf8JsonWriter, float)"/>
    public static void WriteNumber(Utf8JsonWriter writer, double value)
    {
        ArgumentNullException.ThrowIfNull(writer);
        if (!double.IsFinite(value))
        {
            throw NotFinite(value);
        }

        writer.WriteNumberValue(value);
    }

    /// <summary>Writes a string that is valid Unicode.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="value">The string.</param>
    /// <exception cref="ModelAnswerException">The string is null, or has a surrogate without its other half, which UTF-8 cannot carry.</exception>
    public static void WriteString(Utf8JsonWriter writer, string? value)
    {
        ArgumentNullException.ThrowIfNull(writer);
        if (value is null)
        {
            throw UnexpectedNull("string");
        }

        CheckUnicode(value);
        writer.WriteStringValue(value);
    }

    /// <summary>Tells that a model answered null where its signature says it never does.</summary>
    /// <param name="type">The type that the signature promises.</param>
    public static ModelAnswerException UnexpectedNull(string type) => new($"The model answered null where its signature promises {type}.");

    /// <summary>Tells that a model answered with an enum value that has no name.</summary>
    /// <param name="type">The enum.</param>
    public static ModelAnswerException UndeclaredValue(string type) => new($"The model answered a value that {type} does not declare.");

    private static void CheckUnicode(string text)
    {
        if (text.AsSpan().IndexOfAnyInRange('\uD800', '\uDFFF') >= 0 && !IsValidUnicode(text))
        {
            throw new ModelAnswerException("The model answered a string with a lone surrogate, which JSON cannot carry.");
        }
    }

    private static bool IsValidUnicode(string text)
    {
        var rest = text.AsSpan();
        while (!rest.IsEmpty)
        {
            if (Rune.DecodeFromUtf16(rest, out _, out var consumed) != OperationStatus.Done)
            {
                return false;
            }

            rest = rest[consumed..];
        }

        return true;
    }
}
