using System.Text.Json;
using System.Text.Json.Nodes;

namespace EnvelopeSdk.Schema;

/// <summary>
/// Makes JSON Schema 2020-12 of a <see cref="ModelSchema"/>, as it stands in an OpenAPI 3.1 document.
/// </summary>
/// <param name="schema">The schema.</param>
/// <param name="refPrefix">Where the named types lie, for example <c>#/components/schemas/</c>.</param>
public sealed class JsonSchemaWriter(ModelSchema schema, string refPrefix)
{
    /// <summary>The object that a caller of a query sends.</summary>
    /// <param name="query">A query of the schema.</param>
    public JsonObject Arguments(QuerySchema query)
    {
        ArgumentNullException.ThrowIfNull(query);
        return Object(query.Parameters);
    }

    /// <summary>A named type.</summary>
    /// <param name="type">A type of the schema.</param>
    public JsonObject Named(NamedTypeSchema type)
    {
        ArgumentNullException.ThrowIfNull(type);
        var json = type.Members is { } members ? Object(members) : Enum(type.Values ?? []);
        return Describe(json, type.Description);
    }

    /// <summary>The values of a parameter, member, item or answer.</summary>
    /// <param name="type">A type that the schema uses.</param>
    public JsonObject Type(TypeSchema type)
    {
        ArgumentNullException.ThrowIfNull(type);
        return type switch
        {
            { Kind: TypeKind.Ref, Nullable: true } => new() { ["oneOf"] = new JsonArray(Reference(type.Ref!), new JsonObject { ["type"] = "null" }) },
            { Kind: TypeKind.Ref } => Reference(type.Ref!),
            { Kind: TypeKind.Array } => Typed("array", type.Nullable, ("items", Type(type.Items!))),
            _ => Scalar(type),
        };
    }

    /// <summary>All named types.</summary>
    public IEnumerable<(string Name, JsonObject Schema)> NamedTypes() => schema.Types.Select(type => (ComponentName(type.Name), Named(type)));

    /// <summary>A C# name as the name of an OpenAPI component, which has ASCII letters and digits only (OpenAPI 3.1, section 4.8.7).</summary>
    private static string ComponentName(string name) =>
        string.Concat(name.Select(character => char.IsAsciiLetterOrDigit(character) || character == '_' ? $"{character}" : $"-u{(int)character:x4}"));

    private static JsonObject Scalar(TypeSchema type) => type.Kind switch
    {
        TypeKind.Boolean => Typed("boolean", type.Nullable),
        TypeKind.String => Typed("string", type.Nullable),
        TypeKind.Float => Typed("number", type.Nullable, ("format", "float")),
        TypeKind.Double => Typed("number", type.Nullable, ("format", "double")),
        TypeKind.Decimal => Typed("number", type.Nullable, ("format", "decimal")),
        TypeKind.Int32 or TypeKind.Int64 => Typed("integer", type.Nullable, ("format", type.Kind == TypeKind.Int32 ? "int32" : "int64")),
        TypeKind.Int8 => Range(type, sbyte.MinValue, sbyte.MaxValue),
        TypeKind.UInt8 => Range(type, byte.MinValue, byte.MaxValue),
        TypeKind.Int16 => Range(type, short.MinValue, short.MaxValue),
        TypeKind.UInt16 => Range(type, ushort.MinValue, ushort.MaxValue),
        TypeKind.UInt32 => Range(type, uint.MinValue, uint.MaxValue),
        TypeKind.UInt64 => Range(type, ulong.MinValue, ulong.MaxValue),
        _ => throw new ArgumentOutOfRangeException(nameof(type), type.Kind, "Not a scalar."),
    };

    private static JsonObject Range(TypeSchema type, decimal minimum, decimal maximum) =>
        Typed("integer", type.Nullable, ("minimum", minimum), ("maximum", maximum));

    private static JsonObject Typed(string name, bool nullable, params ReadOnlySpan<(string Key, JsonNode Value)> keywords)
    {
        var json = new JsonObject { ["type"] = nullable ? new JsonArray(name, "null") : name };
        foreach (var (key, value) in keywords)
        {
            json[key] = value;
        }

        return json;
    }

    private static JsonObject Enum(IReadOnlyList<JsonElement> values) => new()
    {
        ["type"] = values.Count > 0 && values[0].ValueKind == JsonValueKind.String ? "string" : "integer",
        ["enum"] = new JsonArray([.. values.Select(value => JsonNode.Parse(value.GetRawText()))]),
    };

    private static JsonObject Describe(JsonObject json, string? description)
    {
        if (description is not null)
        {
            json["description"] = description;
        }

        return json;
    }

    private JsonObject Reference(string name) => new() { ["$ref"] = refPrefix + ComponentName(name) };

    private JsonObject Object(IReadOnlyList<MemberSchema> members)
    {
        var properties = new JsonObject();
        foreach (var member in members)
        {
            properties[member.Name] = Member(member);
        }

        var json = new JsonObject { ["type"] = "object", ["properties"] = properties, ["additionalProperties"] = false };
        if (members.Any(member => member.Required))
        {
            json["required"] = new JsonArray([.. members.Where(member => member.Required).Select(member => (JsonNode)member.Name)]);
        }

        return json;
    }

    private JsonObject Member(MemberSchema member)
    {
        var json = Describe(Type(member.Type), member.Description);
        if (member.Default.ValueKind != JsonValueKind.Undefined)
        {
            json["default"] = JsonNode.Parse(member.Default.GetRawText());
        }

        return json;
    }
}
