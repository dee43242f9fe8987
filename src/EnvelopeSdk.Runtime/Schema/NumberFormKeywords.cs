using System.Text.Json.Nodes;
using EnvelopeSdk.Binding.Numbers;
using EnvelopeSdk.Vocabulary;

namespace EnvelopeSdk.Schema;

/// <summary>
/// The keywords of JSON Schema for numbers that have other forms than those of JSON. What is read in one form may be
/// written in another.
/// </summary>
internal static class NumberFormKeywords
{
    private const string Number = "^-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]+)?$";

    /// <summary>Whether what is read is not what is written.</summary>
    public static bool Differ(TypeSchema type) =>
        (type.NumberHandling & (NumberForms.AllowReadingFromString | NumberForms.WriteAsString)) != 0;

    public static JsonObject Of(TypeSchema type, NumberKind kind, bool isAnswer)
    {
        var forms = type.NumberHandling;
        var isText = forms.HasFlag(isAnswer ? NumberForms.WriteAsString : NumberForms.AllowReadingFromString);
        var all = new List<JsonObject>();
        if (!isAnswer || !isText)
        {
            all.Add(NumberSchema.Json(kind, nullable: false));
        }

        if (isText)
        {
            all.Add(ScalarKeywords.Typed(
                "string",
                nullable: false,
                ("pattern", kind.IsInteger ? IntegerPattern.OfText(kind) : Number)));
        }

        if (forms.HasFlag(NumberForms.AllowNamedFloatingPointLiterals) && kind.Family == NumberFamily.Binary)
        {
            all.Add(new() { ["enum"] = new JsonArray("NaN", "Infinity", "-Infinity") });
        }

        if (all is [var only])
        {
            only["type"] = type.Nullable ? new JsonArray((string)only["type"]!, "null") : (string)only["type"]!;
            return only;
        }

        if (type.Nullable)
        {
            all.Add(ScalarKeywords.Typed("null", nullable: false));
        }

        // No value is of two of them; and NSwag takes the first one.
        return new() { ["oneOf"] = new JsonArray([.. all]) };
    }
}
