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
    private readonly ExampleKeyword _examples = new(new ValueCheck(schema));

    /// <summary>What the model is, for people; <see langword="null"/> when its documentation says nothing.</summary>
    public string? Description => Documentation.Describe(schema.Description, schema.Remarks);

    /// <summary>The object that a caller of a query sends.</summary>
    /// <param name="query">A query of the schema.</param>
    public JsonObject Arguments(QuerySchema query)
    {
        ArgumentNullException.ThrowIfNull(query);
        return Object(query.Parameters);
    }

    /// <summary>The value that a query answers.</summary>
    /// <param name="query">A query of the schema.</param>
    public JsonObject Answer(QuerySchema query)
    {
        ArgumentNullException.ThrowIfNull(query);
        return Documentation.AddUnit(Type(query.Returns), query.ReturnsUnit);
    }

    /// <summary>A named type.</summary>
    /// <param name="type">A type of the schema.</param>
    public JsonObject Named(NamedTypeSchema type)
    {
        ArgumentNullException.ThrowIfNull(type);
        var json = type switch
        {
            { Union: { } union } => Union(union),
            { Members: { } members } => Object(members, type.Open, type.Tag),
            _ => EnumKeywords.Of(type),
        };
        Documentation.AddDescription(json, type.Description, type.Remarks);
        return _examples.AddTo(json, type.Example, new() { Kind = TypeKind.Ref, Ref = type.Name });
    }

    /// <summary>The values of a parameter, member, item or answer.</summary>
    /// <param name="type">A type that the schema uses.</param>
    public JsonObject Type(TypeSchema type)
    {
        ArgumentNullException.ThrowIfNull(type);
        return type switch
        {
            { Kind: TypeKind.Ref, Nullable: true } =>
                new() { ["oneOf"] = new JsonArray(Reference(type.Ref!), new JsonObject { ["type"] = "null" }) },
            { Kind: TypeKind.Ref } => Reference(type.Ref!),
            { Kind: TypeKind.Array } => ScalarKeywords.Typed("array", type.Nullable, ("items", Type(type.Items!))),
            { Kind: TypeKind.Tensor } => ScalarKeywords.Typed("array", type.Nullable, ("items", Type(Row(type)))),
            { Kind: TypeKind.Table } =>
                ScalarKeywords.Typed("array", type.Nullable, ("items", Object(type.Columns ?? []))),
            { Kind: TypeKind.Map } =>
                ScalarKeywords.Typed(
                    "object",
                    type.Nullable,
                    ("additionalProperties", Type(type.Items!)),
                    ("propertyNames", Key(type.Keys!))),
            _ => ScalarKeywords.Of(type),
        };
    }

    /// <summary>All named types.</summary>
    public IEnumerable<(string Name, JsonObject Schema)> NamedTypes() =>
        schema.Types.Select(type => (ComponentName(type.Name), Named(type)));

    /// <summary>
    /// A C# name as the name of an OpenAPI component, which has ASCII letters and digits only (OpenAPI 3.1, section
    /// 4.8.7).
    /// </summary>
    private static string ComponentName(string name) =>
        string.Concat(name.Select(character => char.IsAsciiLetterOrDigit(character) || character == '_'
            ? $"{character}"
            : $"-u{(int)character:x4}"));

    private JsonObject Reference(string name) => new() { ["$ref"] = refPrefix + ComponentName(name) };

    /// <summary>That rows are equally long is nothing that JSON Schema can say.</summary>
    private static TypeSchema Row(TypeSchema tensor) =>
        tensor.Rank == 2
            ? new() { Kind = TypeKind.Array, Items = tensor.Items }
            : new() { Kind = TypeKind.Tensor, Rank = tensor.Rank - 1, Items = tensor.Items };

    /// <summary>Member names are strings, so what they stand for is said by a pattern.</summary>
    private JsonObject Key(TypeSchema type) => type switch
    {
        { Kind: TypeKind.Ref } =>
            new()
            {
                ["enum"] = new JsonArray(
                    [.. EnumKeywords.Names(schema.TypeOf(type.Ref!)).Select(name => (JsonNode)name)]),
            },
        { Kind: TypeKind.String } => new(),
        { Kind: TypeKind.Uuid } => ScalarKeywords.Of(type),
        _ => new() { ["pattern"] = "^(0|-?[1-9][0-9]*)$" },
    };

    private JsonObject Union(IReadOnlyList<string> types)
    {
        var json = new JsonObject { ["oneOf"] = new JsonArray([.. types.Select(Reference)]) };
        var tagged = types.Select(schema.TypeOf).Where(type => type.Tag is not null).ToList();
        // A mapping has no numbers: 1 and "1" are one.
        var tags = tagged.Select(type => type.Tag!.Value.ToString()).Distinct(StringComparer.Ordinal);
        var isMappable = tags.Count() == types.Count;
        if (isMappable)
        {
            json["discriminator"] = new JsonObject
            {
                ["propertyName"] = tagged[0].Tag!.Name,
                ["mapping"] = new JsonObject(tagged.Select(type => KeyValuePair.Create(
                    type.Tag!.Value.ToString(), (JsonNode?)(refPrefix + ComponentName(type.Name))))),
            };
        }

        return json;
    }

    private JsonObject Object(IReadOnlyList<MemberSchema> members, bool isOpen = false, TagSchema? tag = null)
    {
        var properties = new JsonObject();
        if (tag is not null)
        {
            properties[tag.Name] = new JsonObject { ["const"] = JsonNode.Parse(tag.Value.GetRawText()) };
        }

        foreach (var member in members)
        {
            properties[member.Name] = Member(member);
        }

        var json = new JsonObject
        {
            ["type"] = "object",
            ["properties"] = properties,
            ["additionalProperties"] = isOpen,
        };
        var required = (tag is null ? [] : new[] { tag.Name })
            .Concat(members.Where(member => member.Required).Select(member => member.Name)).ToList();
        if (required.Count > 0)
        {
            json["required"] = new JsonArray([.. required.Select(name => (JsonNode)name)]);
        }

        return json;
    }

    private JsonObject Member(MemberSchema member)
    {
        var json = Type(member.Type);
        Documentation.AddDescription(json, member.Description, member.Remarks);
        Documentation.AddUnit(json, member.Unit);
        ConstraintKeywords.AddTo(json, member.Constraints);
        if (member.ReadOnly)
        {
            json["readOnly"] = true;
        }

        if (member.Seen is { } seen)
        {
            json["examples"] = new JsonArray([.. seen.Select(value => (JsonNode)value)]);
        }

        if (member.Default.ValueKind != JsonValueKind.Undefined)
        {
            json["default"] = JsonNode.Parse(member.Default.GetRawText());
        }

        return _examples.AddTo(json, member.Example, member.Type, member.Constraints);
    }
}
