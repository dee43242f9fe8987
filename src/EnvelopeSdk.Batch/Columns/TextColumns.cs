using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using EnvelopeSdk.Binding.Numbers;
using EnvelopeSdk.Binding.Writing;
using EnvelopeSdk.Schema;

namespace EnvelopeSdk.Batch.Columns;

/// <summary>Columns of strings and bytes.</summary>
internal static class TextColumns
{
    /// <summary>A string.</summary>
    /// <exception cref="CellException">It is not valid.</exception>
    public static string Read(Vector values, int row)
    {
        var utf8 = values.Bytes(row);
        return Utf8.IsValid(utf8)
            ? Encoding.UTF8.GetString(utf8)
            : throw new CellException("it is a string that is not valid UTF-8");
    }

    /// <summary>Strings of a table that has types: one is a number only where the schema takes such strings.</summary>
    /// <returns>Null when the values of the column are none of the type.</returns>
    public static ColumnJson? Of(ColumnType type, TypeSchema schema) => type.Kind switch
    {
        ColumnKind.Text when IsPoint(schema) => new ScalarJson(
            (output, values, row) => output.WriteString(PointOf(Read(values, row)))),
        ColumnKind.Text when IsText(schema) => new ScalarJson(
            (output, values, row) => output.WriteString(Read(values, row))),
        ColumnKind.Uuid when schema.Kind is TypeKind.Uuid or TypeKind.String => new ScalarJson(
            (output, values, row) => output.WriteGuid(values.Uuid(row))),
        ColumnKind.Bytes when schema.Kind == TypeKind.Bytes => new ScalarJson(
            (output, values, row) => output.WriteBytes(values.Bytes(row).ToArray())),
        _ => null,
    };

    /// <summary>Texts of JSON values.</summary>
    public static ColumnJson OfJson => new ScalarJson((output, values, row) => output.WriteRaw(values.Bytes(row)));

    /// <summary>Texts of decimal numbers, for which a table has no type.</summary>
    public static ColumnJson OfDecimals => new ScalarJson((output, values, row) =>
    {
        var text = Read(values, row).AsSpan().Trim();
        if (!NumberText.TryWrite(output, text))
        {
            throw new CellException("it is no number");
        }

        if (!NumberText.IsExactDecimal(text))
        {
            throw new CellException(NumberColumns.MoreDigits);
        }
    });

    /// <summary>Strings of a table that has none, as CSV: each is what the schema says that it is.</summary>
    public static ColumnJson OfText(TypeSchema schema, ModelSchema model)
    {
        var named = schema.Kind == TypeKind.Ref ? model.TypeOf(schema.Ref!) : null;
        var isNumber = Kinds.IsNumber(schema.Kind) || named?.Values is [{ ValueKind: JsonValueKind.Number }, ..];
        Action<JsonOutput, string> write = isNumber ? (output, text) => WriteNumber(output, text, schema)
            : schema.Kind == TypeKind.Boolean ? WriteBoolean
            : IsPoint(schema) ? (output, text) => output.WriteString(PointOf(text))
            : IsText(schema) || named?.Values is not null ? (output, text) => output.WriteString(text)
            : WriteJson;
        return new ScalarJson((output, values, row) => write(output, Read(values, row)));
    }

    private static bool IsPoint(TypeSchema schema) => schema.Kind is TypeKind.DateTime or TypeKind.DateTimeOffset;

    /// <summary>
    /// A point in time in the form of ISO 8601: pandas, spreadsheets and databases write a space for the T, and some
    /// no minutes of an offset that has none.
    /// </summary>
    /// <exception cref="CellException">It has more digits than .NET has: a request's would be cut.</exception>
    private static string PointOf(string text)
    {
        const int Day = 10; // the length of 2024-05-31
        if (text.Length <= Day || text[Day] is not (' ' or 'T'))
        {
            return text;
        }

        TimeColumns.EnsureKept(text.AsSpan(Day));
        var hasHours = text[^3] is '+' or '-' && char.IsAsciiDigit(text[^2]) && char.IsAsciiDigit(text[^1]);
        return $"{text.AsSpan(0, Day)}T{text.AsSpan(Day + 1)}{(hasHours ? ":00" : "")}";
    }

    private static bool IsText(TypeSchema schema) => Kinds.IsText(schema.Kind) || Kinds.IsOpen(schema.Kind)
        || (Kinds.IsNumber(schema.Kind) && schema.NumberHandling.HasFlag(NumberForms.AllowReadingFromString));

    private static void WriteBoolean(JsonOutput output, string text)
    {
        output.WriteBoolean(text.Trim().ToLowerInvariant() switch
        {
            "true" or "1" => true,
            "false" or "0" => false,
            _ => throw new CellException("it is none of true, false, 1 and 0"),
        });
    }

    private static void WriteNumber(JsonOutput output, string text, TypeSchema schema)
    {
        var trimmed = text.AsSpan().Trim();
        if (NumberText.TryWrite(output, trimmed))
        {
            EnsureKept(trimmed, schema);
            return;
        }

        if (!schema.NumberHandling.HasFlag(NumberForms.AllowNamedFloatingPointLiterals))
        {
            throw new CellException(NoNumber(text));
        }

        output.WriteString(text);
    }

    /// <summary>Why a text is no number: programs write that there is none, or a comma for the point.</summary>
    private static string NoNumber(string text) => text.Trim().ToUpperInvariant() switch
    {
        "NAN" or "INF" or "-INF" or "+INF" or "INFINITY" or "-INFINITY" =>
            "it is NaN or infinite, which no caller can send either",
        "" => "it is no number but an empty string: a value that is missing has no quotes",
        "NA" or "N/A" or "NONE" or "NULL" or "-" => "it is no number: a value that is missing is an empty one",
        var other when other.Contains(',', StringComparison.Ordinal) =>
            "it is no number, which has a point before its fraction, and no comma",
        _ => "it is no number",
    };

    /// <exception cref="CellException">A decimal number has more digits than its type.</exception>
    private static void EnsureKept(ReadOnlySpan<char> number, TypeSchema schema)
    {
        if (schema.Kind == TypeKind.Decimal && !NumberText.IsExactDecimal(number))
        {
            throw new CellException(NumberColumns.MoreDigits);
        }
    }

    private static void WriteJson(JsonOutput output, string text)
    {
        var json = Encoding.UTF8.GetBytes(text);
        var reader = new Utf8JsonReader(json);
        try
        {
            while (reader.Read())
            {
                // to its end: what is put among other JSON has to be one value
            }
        }
        catch (JsonException)
        {
            throw new CellException("it is no JSON");
        }

        output.WriteRaw(json);
    }
}
