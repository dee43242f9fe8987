using System.Text.Json;
using EnvelopeSdk.Binding.Numbers;
using EnvelopeSdk.Schema;

namespace EnvelopeSdk.Registry.Pages.Deployments;

/// <summary>How a parameter of a query is given in a form.</summary>
internal enum CallFieldKind
{
    /// <summary>A number.</summary>
    Number,

    /// <summary>A text of one line.</summary>
    Text,

    /// <summary>A tick.</summary>
    Check,

    /// <summary>One of some values.</summary>
    Choice,

    /// <summary>Anything, as JSON.</summary>
    Json,
}

/// <summary>A parameter of a query, as a form asks for it.</summary>
internal sealed record CallField(
    MemberSchema Member, CallFieldKind Kind, IReadOnlyList<(string Json, string Label)> Choices)
{
    private const string Prefix = "value.";
    private const int LongestLine = 60;

    /// <summary>What its field is called.</summary>
    public string Name => Prefix + Member.Name;

    /// <summary>Whether it may be left empty.</summary>
    public bool MayBeEmpty =>
        !Member.Required || Member.Type.Nullable || Kind is CallFieldKind.Text or CallFieldKind.Check;

    /// <summary>Whether its numbers have no fractions.</summary>
    public bool IsWhole => Member.Type.Kind is >= TypeKind.Int8 and <= TypeKind.UInt128;

    public static CallField Of(MemberSchema member, ModelSchema schema)
    {
        var choices = ChoicesOf(member.Type, schema);
        return new(member, choices.Count > 0 ? CallFieldKind.Choice : KindOf(member.Type), choices);
    }

    /// <summary>How a value of it stands in its field; null: it is not there, or not ticked.</summary>
    public string? Write(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Undefined => null,
        _ when Kind is CallFieldKind.Choice => value.ValueKind == JsonValueKind.Null ? null : value.GetRawText(),
        JsonValueKind.Null => null,
        JsonValueKind.False when Kind is CallFieldKind.Check => null,
        JsonValueKind.String when Kind is CallFieldKind.Text or CallFieldKind.Number => value.GetString(),
        _ when Kind is CallFieldKind.Json => JsonOf(value),
        _ => value.GetRawText(),
    };

    /// <summary>What is short stands in one line.</summary>
    private static string JsonOf(JsonElement value) =>
        JsonSerializer.Serialize(value) is { Length: <= LongestLine } line
            ? line
            : JsonSerializer.Serialize(value, Shown.Indented);

    private static CallFieldKind KindOf(TypeSchema type) => type.Kind switch
    {
        TypeKind.Boolean => CallFieldKind.Check,
        >= TypeKind.Int8 and <= TypeKind.Decimal =>
            (type.NumberHandling & NumberForms.AllowNamedFloatingPointLiterals) != 0
                ? CallFieldKind.Json // NaN is a number too, which no field for numbers takes
                : CallFieldKind.Number,
        >= TypeKind.String and <= TypeKind.Bytes => CallFieldKind.Text,
        _ => CallFieldKind.Json,
    };

    private static IReadOnlyList<(string Json, string Label)> ChoicesOf(TypeSchema type, ModelSchema schema)
    {
        if (type is { Kind: TypeKind.Boolean, Nullable: true })
        {
            return [("true", "true"), ("false", "false")];
        }

        return type.Kind == TypeKind.Ref && schema.TypeOf(type.Ref!) is { Values: { } values, Flags: null } named
            ? [.. values.Zip(EnumKeywords.Names(named), (value, name) => (value.GetRawText(), name))]
            : [];
    }
}
