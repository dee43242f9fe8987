using System.Text.Json;
using System.Text.Json.Nodes;
using EnvelopeSdk.Schema;
using Json.Schema;

namespace EnvelopeSdk.Generators.Tests.Harness;

/// <summary>The JSON Schema of a query's arguments, as an independent validator reads it.</summary>
internal sealed class PublishedSchema(JsonObject json)
{
    private static readonly EvaluationOptions Options = new() { RequireFormatValidation = true };

    /// <summary>The formats that say a range, which the validator does not know.</summary>
    private static readonly Dictionary<string, (string Least, string Greatest)> Formats = new()
    {
        ["int32"] = ("-2147483648", "2147483647"),
        ["int64"] = ("-9223372036854775808", "9223372036854775807"),
        ["int128"] = ("-170141183460469231731687303715884105728", "170141183460469231731687303715884105727"),
        ["uint128"] = ("0", "340282366920938463463374607431768211455"),
        ["half"] = ("-65504", "65504"),
        ["float"] = ("-3.4028235E+38", "3.4028235E+38"),
        ["double"] = ("-1.7976931348623157E+308", "1.7976931348623157E+308"),
        ["decimal"] = ("-79228162514264337593543950335", "79228162514264337593543950335"),
    };

    private readonly bool _hasPattern = json.ToJsonString().Contains("\"pattern\":", StringComparison.Ordinal);

    private readonly JsonSchema _schema = JsonSchema.FromText(json.ToJsonString(), new BuildOptions { SchemaRegistry = new SchemaRegistry() });

    public static PublishedSchema Of(ModelSchema schema, string query)
    {
        var writer = new JsonSchemaWriter(schema, "#/$defs/");
        var json = writer.Arguments(schema.Queries.Single(one => one.Name == query));
        json["$defs"] = new JsonObject(writer.NamedTypes().Select(type => KeyValuePair.Create(type.Name, (JsonNode?)type.Schema)));
        Prepare(json);
        return new PublishedSchema(json);
    }

    /// <summary>What is published of an example that the documentation of a parameter gives; null when it is left out.</summary>
    public static JsonElement? Example(ModelSchema schema, MemberSchema parameter, string example)
    {
        var query = schema.Queries[0] with { Parameters = [parameter with { Example = example }] };
        var published = new JsonSchemaWriter(schema, "#/$defs/").Arguments(query)["properties"]![parameter.Name]!["examples"];
        return published is null ? null : JsonElement.Parse(published.ToJsonString())[0];
    }

    /// <summary>Whether the validator accepts a body; null when it has a number that the validator does not see exactly: one beyond the range of decimal, or with a fraction or exponent and more digits than double has, or that is nothing but zero to double; or a string of which its patterns see something else than ECMA-262's would.</summary>
    public bool? Accepts(string body)
    {
        using var document = JsonDocument.Parse(body);
        var numbers = Numbers(document.RootElement).ToList();
        try
        {
            return numbers.All(IsExact) && !(_hasPattern && HasOtherCharacters(document.RootElement)) ? _schema.Evaluate(document.RootElement, Options).IsValid : null;
        }
        catch (FormatException) when (numbers.Any(number => !number.TryGetDecimal(out _)))
        {
            return null;
        }
    }

    private static bool IsExact(JsonElement number) => number.GetRawText() is var text
        && (!text.AsSpan().ContainsAny('.', 'E', 'e') || (text.Count(char.IsAsciiDigit) <= 15 && !IsLost(number.GetDouble(), text)));

    /// <summary>What is nearer to zero than to the next number of double is zero to it, and so an integer: 5E-325.</summary>
    private static bool IsLost(double value, string text) => value == 0 && text.AsSpan(0, text.AsSpan().IndexOfAny('E', 'e') is >= 0 and var end ? end : text.Length).ContainsAnyInRange('1', '9');

    /// <summary>For .NET a character beyond U+FFFF is two, and white space is not the same.</summary>
    private static bool HasOtherCharacters(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => value.EnumerateObject().Any(one => HasOtherCharacters(one.Value)),
        JsonValueKind.Array => value.EnumerateArray().Any(HasOtherCharacters),
        JsonValueKind.String => value.GetString()!.Any(character => char.IsSurrogate(character) || character is '\u0085' or '\ufeff'),
        _ => false,
    };

    private static IEnumerable<JsonElement> Numbers(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => value.EnumerateObject().SelectMany(one => Numbers(one.Value)),
        JsonValueKind.Array => value.EnumerateArray().SelectMany(Numbers),
        JsonValueKind.Number => [value],
        _ => [],
    };

    /// <summary>
    /// OpenAPI has keywords of its own, which say nothing of what is accepted. And the validator has the regular expressions of
    /// .NET, where <c>$</c> stands before a last line feed too; those of JSON Schema are ECMA-262's.
    /// </summary>
    private static void Prepare(JsonNode? node)
    {
        if (node is JsonObject schema)
        {
            schema.Remove("discriminator");
            schema.Remove("x-enum-varnames");
            schema.Remove("x-enum-descriptions");
            schema.Remove("x-unit");
            if (schema["format"] is JsonValue format && Formats.TryGetValue((string)format!, out var range))
            {
                schema.TryAdd("minimum", JsonNode.Parse(range.Least));
                schema.TryAdd("maximum", JsonNode.Parse(range.Greatest));
            }

            if (schema["pattern"] is JsonValue pattern && pattern.TryGetValue(out string? text) && text.EndsWith('$'))
            {
                schema["pattern"] = text[..^1] + "\\z";
            }
        }

        foreach (var part in node switch { JsonObject parts => parts.Select(part => part.Value).ToList(), JsonArray parts => parts.ToList(), _ => [] })
        {
            Prepare(part);
        }
    }
}
