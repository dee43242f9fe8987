using System.Text.Json;

namespace EnvelopeSdk.Schema;

/// <summary>Says whether a JSON value is one of a type, as a service would read it.</summary>
internal sealed class ValueCheck(ModelSchema schema)
{
    /// <summary>Whether the value has the type and fulfils the constraints.</summary>
    public bool IsValue(JsonElement value, TypeSchema type, ConstraintsSchema? constraints = null) =>
        value.ValueKind == JsonValueKind.Null
            ? type.Nullable || type.Kind == TypeKind.Any
            : HasType(value, type) && (constraints is null || ConstraintCheck.Fulfils(value, constraints));

    private bool HasType(JsonElement value, TypeSchema type) => type.Kind switch
    {
        TypeKind.Any => true,
        TypeKind.Array =>
            value.ValueKind == JsonValueKind.Array && value.EnumerateArray().All(item => IsValue(item, type.Items!)),
        TypeKind.Tensor => Lengths(value, type, type.Rank) is not null,
        TypeKind.Map =>
            value.ValueKind == JsonValueKind.Object
                && value.EnumerateObject().All(
                    member => IsKey(member.Name, type.Keys!) && IsValue(member.Value, type.Items!)),
        TypeKind.Table =>
            value.ValueKind == JsonValueKind.Array
                && value.EnumerateArray().All(row => IsNamed(row, new() { Name = "", Members = type.Columns ?? [] })),
        TypeKind.Ref => IsNamed(value, schema.TypeOf(type.Ref!)),
        _ => ScalarCheck.IsValue(value.GetRawText(), type.Kind, type.NumberHandling),
    };

    /// <summary>
    /// How long the nested arrays are, from the outermost on; null when they are of different lengths, or none.
    /// </summary>
    private IReadOnlyList<int>? Lengths(JsonElement value, TypeSchema tensor, int rank)
    {
        if (rank == 0)
        {
            return IsValue(value, tensor.Items!) ? [] : null;
        }

        if (value.ValueKind != JsonValueKind.Array)
        {
            return null;
        }

        var rows = value.EnumerateArray().Select(row => Lengths(row, tensor, rank - 1)).ToList();
        return rows.Count == 0
            ? [0]
            : rows[0] is { } first && rows.All(row => row?.SequenceEqual(first) == true)
                ? [rows.Count, .. first]
                : null;
    }

    private bool IsKey(string key, TypeSchema type) => type.Kind switch
    {
        TypeKind.String => true,
        TypeKind.Ref => EnumKeywords.Names(schema.TypeOf(type.Ref!)).Contains(key),
        TypeKind.Uuid => ScalarCheck.IsValue($"\"{JsonEncodedText.Encode(key)}\"", type.Kind),
        _ =>
            key.All(character => character == '-' || char.IsAsciiDigit(character))
                && ScalarCheck.IsValue(key, type.Kind),
    };

    private bool IsNamed(JsonElement value, NamedTypeSchema type) => type switch
    {
        { Union: { } union } => union.Select(schema.TypeOf).Any(one => IsNamed(value, one)),
        { Members: { } members } => value.ValueKind == JsonValueKind.Object && IsObject(value, type, members),
        { Flags: TypeKind.String } =>
            value.ValueKind == JsonValueKind.String
                && value.GetString()!.Split(", ").All(name => type.Values!.Any(one => one.ValueEquals(name))),
        { Flags: { } underlying } => ScalarCheck.IsValue(value.GetRawText(), underlying),
        _ => type.Values!.Any(one => JsonElement.DeepEquals(one, value)),
    };

    private bool IsObject(JsonElement value, NamedTypeSchema type, IReadOnlyList<MemberSchema> members) =>
        (type.Tag is not { } tag
            || (value.TryGetProperty(tag.Name, out var given) && JsonElement.DeepEquals(given, tag.Value)))
        && members.All(member => !member.Required || value.TryGetProperty(member.Name, out _))
        && value.EnumerateObject().All(given => given.Name == type.Tag?.Name
            || (members.FirstOrDefault(one => one.Name == given.Name) is { } member
                ? IsValue(given.Value, member.Type, member.Constraints)
                : type.Open));
}
