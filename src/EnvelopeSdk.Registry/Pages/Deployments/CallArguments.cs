using System.Text.Json;
using System.Text.Json.Nodes;
using EnvelopeSdk.Schema;
using Microsoft.AspNetCore.Http;

namespace EnvelopeSdk.Registry.Pages.Deployments;

/// <summary>The arguments of a call as its form has them. What they must be like the service says.</summary>
internal static class CallArguments
{
    /// <summary>More than this no field is filled with.</summary>
    private const int LongestValue = 64 << 10;

    public static IReadOnlyList<CallField> FieldsOf(QuerySchema query, ModelSchema schema) =>
        [.. query.Parameters.Select(one => CallField.Of(one, schema))];

    /// <summary>What fields are filled with: those of an example, or else what holds when nothing is given.</summary>
    public static IReadOnlyDictionary<string, string> Filled(IEnumerable<CallField> fields, PredictionExample? example)
    {
        var filled = new Dictionary<string, string>();
        foreach (var field in fields)
        {
            var value = example?.Input.TryGetProperty(field.Member.Name, out var given) == true
                ? given
                : field.Member.Default;
            if (field.Write(value) is { Length: <= LongestValue } text)
            {
                filled[field.Name] = text;
            }
        }

        return filled;
    }

    /// <summary>Makes the object that is sent.</summary>
    /// <exception cref="EnvelopeException">What stands in a field is no value of its kind.</exception>
    public static JsonObject Read(IEnumerable<CallField> fields, IFormCollection form)
    {
        var arguments = new JsonObject();
        foreach (var field in fields)
        {
            var (text, member) = (form[field.Name].ToString(), field.Member);
            if (text.Length > 0 || field.Kind is CallFieldKind.Check)
            {
                arguments[member.Name] = ValueOf(field, text);
            }
            else if (member.Required && member.Type.Nullable)
            {
                arguments[member.Name] = null;
            }
            else if (member.Required && field.Kind is CallFieldKind.Text)
            {
                arguments[member.Name] = "";
            }
        }

        return arguments;
    }

    private static JsonNode? ValueOf(CallField field, string text) => field.Kind switch
    {
        CallFieldKind.Check => text.Length > 0,
        CallFieldKind.Text => text,
        CallFieldKind.Number when Parse(text) is { ValueKind: JsonValueKind.Number } number =>
            JsonValue.Create(number),
        CallFieldKind.Choice when field.Choices.Any(one => one.Json == text) => JsonNode.Parse(text),
        CallFieldKind.Json when Parse(text) is { } any => Node(any),
        _ => throw new EnvelopeException(
            EnvelopeError.Invalid,
            $"'{Shown.FirstLine(text)}' is no {Word(field.Kind)}. Mend '{field.Member.Name}'."),
    };

    private static string Word(CallFieldKind kind) => kind switch
    {
        CallFieldKind.Number => "number",
        CallFieldKind.Json => "JSON",
        _ => "value",
    };

    private static JsonElement? Parse(string text)
    {
        try
        {
            return JsonElement.Parse(text.Trim());
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static JsonNode? Node(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null => null,
        JsonValueKind.Object => JsonObject.Create(value),
        JsonValueKind.Array => JsonArray.Create(value),
        _ => JsonValue.Create(value),
    };
}
