using System.Text.Json;
using System.Text.Json.Nodes;

namespace EnvelopeSdk.Schema;

/// <summary>The keywords of JSON Schema for all types, as they are taken or as they are answered.</summary>
internal sealed class TypeKeywords(ModelSchema schema, string refPrefix, TypeSides sides, bool isAnswer)
{
    private readonly ExampleKeyword _examples = new(new ValueCheck(schema));

    /// <summary>A named type.</summary>
    public JsonObject Named(NamedTypeSchema type)
    {
        var json = type switch
        {
            { Union: { } union } => Union(union),
            { Members: { } members } => Object(members, type.Open, type.Tag),
            _ => EnumKeywords.Of(type),
        };
        Documentation.AddDescription(json, type.Description, type.Remarks);
        var itself = new TypeSchema { Kind = TypeKind.Ref, Ref = type.Name };
        return isAnswer && sides.Differ(itself) ? json : _examples.AddTo(json, type.Example, itself);
    }

    /// <summary>The values of a parameter, member, item or answer.</summary>
    public JsonObject Type(TypeSchema type) => type switch
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
        _ => ScalarKeywords.Of(type, isAnswer),
    };

    private JsonObject Reference(string name) => new() { ["$ref"] = refPrefix + sides.ComponentName(name, isAnswer) };

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
        _ => new() { ["pattern"] = IntegerPattern.OfKey(NumberSchema.Of(type.Kind)!) },
    };

    private JsonObject Union(IReadOnlyList<string> types)
    {
        // No value is of two of the types. But of oneOf, NSwag takes the first one alone.
        var json = new JsonObject { ["anyOf"] = new JsonArray([.. types.Select(Reference)]) };
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
                    type.Tag!.Value.ToString(), (JsonNode?)(refPrefix + sides.ComponentName(type.Name, isAnswer))))),
            };
        }

        return json;
    }

    /// <summary>An object with these members.</summary>
    public JsonObject Object(IReadOnlyList<MemberSchema> members, bool isOpen = false, TagSchema? tag = null)
    {
        var properties = new JsonObject();
        if (tag is not null)
        {
            properties[tag.Name] = new JsonObject
            {
                ["type"] = tag.Value.ValueKind == JsonValueKind.Number ? "integer" : "string",
                ["const"] = JsonNode.Parse(tag.Value.GetRawText()),
            };
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
        ConstraintKeywords.AddTo(json, member.Constraints, NumberSchema.Of(member.Type.Kind));
        if (member.ReadOnly)
        {
            json["readOnly"] = true;
        }

        if (member.Seen is { } seen)
        {
            json["examples"] = new JsonArray([.. seen.Select(value => (JsonNode)value)]);
        }

        if (isAnswer && sides.Differ(member.Type))
        {
            return json; // its default and its example are those of a caller
        }

        if (member.Default.ValueKind != JsonValueKind.Undefined)
        {
            json["default"] = JsonNode.Parse(member.Default.GetRawText());
        }

        return _examples.AddTo(json, member.Example, member.Type, member.Constraints);
    }
}
