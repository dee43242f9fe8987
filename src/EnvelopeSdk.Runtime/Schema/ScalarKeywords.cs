using System.Text.Json.Nodes;
using EnvelopeSdk.Binding.Numbers;

namespace EnvelopeSdk.Schema;

/// <summary>
/// The keywords of JSON Schema for values without parts. They accept what generated code reads, and nothing else; or,
/// for an answer, what it writes.
/// </summary>
internal static class ScalarKeywords
{
    private const string Date = "[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])";
    private const string Clock = "([01][0-9]|2[0-3]):[0-5][0-9]";
    private const string Seconds = "(:[0-5][0-9](\\.[0-9]{1,16})?)?";
    private const string Uuid = "^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$";
    private const string Offset = "(Z|[+-]((0[0-9]|1[0-3]):[0-5][0-9]|14:00))";

    public static JsonObject Of(TypeSchema type, bool isAnswer = false) =>
        type.NumberHandling != NumberForms.None && NumberSchema.Of(type.Kind) is { } number
            ? NumberFormKeywords.Of(type, number, isAnswer)
            : Plain(type);

    /// <summary>An object of keywords with a type.</summary>
    public static JsonObject Typed(
        string name, bool nullable, params ReadOnlySpan<(string Key, JsonNode Value)> keywords)
    {
        var json = new JsonObject { ["type"] = nullable ? new JsonArray(name, "null") : name };
        foreach (var (key, value) in keywords)
        {
            json[key] = value;
        }

        return json;
    }

    private static JsonObject Plain(TypeSchema type) => type.Kind switch
    {
        TypeKind.Boolean => Typed("boolean", type.Nullable),
        TypeKind.Any => new(),
        TypeKind.Value => WithItems(OneOf(type, "array", "boolean", "number", "object", "string")),
        TypeKind.Primitive => OneOf(type, "boolean", "number", "string"),
        _ when NumberSchema.Of(type.Kind) is { } number => NumberSchema.Json(number, type.Nullable),
        _ => Text(type),
    };

    private static JsonObject Text(TypeSchema type) => type.Kind switch
    {
        TypeKind.String => Typed("string", type.Nullable),
        TypeKind.Char => Typed(
            "string", type.Nullable, ("minLength", 1), ("maxLength", 1), ("pattern", "^[\\u0000-\\uFFFF]$")),
        TypeKind.Uuid => Typed("string", type.Nullable, ("format", "uuid"), ("pattern", Uuid)),
        TypeKind.Uri => Typed("string", type.Nullable, ("format", "uri-reference")),
        TypeKind.Version => Typed(
            "string", type.Nullable, ("pattern", "^(0|[1-9][0-9]*)(\\.(0|[1-9][0-9]*)){1,3}$")),
        TypeKind.DateTime => Typed("string", type.Nullable, ("pattern", $"^{Date}(T{Clock}{Seconds}{Offset}?)?$")),
        TypeKind.DateTimeOffset => Typed(
            "string", type.Nullable, ("format", "date-time"), ("pattern", $"^{Date}T{Clock}{Seconds}{Offset}$")),
        TypeKind.Date => Typed("string", type.Nullable, ("format", "date")),
        TypeKind.Time => Typed("string", type.Nullable, ("pattern", $"^{Clock}:[0-5][0-9](\\.[0-9]{{1,7}})?$")),
        TypeKind.Duration => Typed(
            "string", type.Nullable, ("pattern", $"^-?([1-9][0-9]{{0,7}}\\.)?{Clock}:[0-5][0-9](\\.[0-9]{{7}})?$")),
        TypeKind.Bytes => Typed("string", type.Nullable, ("contentEncoding", "base64")),
        _ => throw new ArgumentOutOfRangeException(nameof(type), type.Kind, "Not a scalar."),
    };

    /// <summary>Nothing is asked of the items, but tools ask for the keyword where there can be an array.</summary>
    private static JsonObject WithItems(JsonObject json)
    {
        json["items"] = new JsonObject();
        return json;
    }

    private static JsonObject OneOf(TypeSchema type, params IEnumerable<string> names) =>
        new()
        {
            ["type"] = new JsonArray([.. names.Concat(type.Nullable ? ["null"] : []).Select(name => (JsonNode)name)]),
        };
}
