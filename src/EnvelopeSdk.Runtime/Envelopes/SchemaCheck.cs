using EnvelopeSdk.Schema;

namespace EnvelopeSdk.Envelopes;

/// <summary>
/// Whether a schema that somebody else may have written is one: each kind of type has what belongs to it.
/// </summary>
internal static class SchemaCheck
{
    /// <returns>What is wrong; null when nothing is.</returns>
    public static string? WhyUnsound(ModelSchema schema)
    {
        if (schema.Vocabulary < 1)
        {
            return $"has a schema in vocabulary {schema.Vocabulary}, and they begin with 1";
        }

        var names = new HashSet<string>(StringComparer.Ordinal);
        if (schema.Types.FirstOrDefault(type => !names.Add(type.Name)) is { } twice)
        {
            return $"has two types '{SafeText.Of(twice.Name)}'";
        }

        var queries = new HashSet<string>(StringComparer.Ordinal);
        if (schema.Queries.FirstOrDefault(query => !queries.Add(query.Name)) is { } again)
        {
            return $"has two queries '{SafeText.Of(again.Name)}'";
        }

        return schema.Queries.Select(query => WhyUnsound(query.Parameters, names) ?? WhyUnsound(query.Returns, names))
            .Concat(schema.Types.Select(type => WhyUnsound(type, names)))
            .FirstOrDefault(reason => reason is not null);
    }

    private static string? WhyUnsound(NamedTypeSchema type, HashSet<string> names) =>
        type.Union?.FirstOrDefault(one => !names.Contains(one)) is { } unknown
            ? $"has a type of '{SafeText.Of(unknown)}', which it does not have"
            : WhyUnsound(type.Members ?? [], names);

    private static string? WhyUnsound(IReadOnlyList<MemberSchema> members, HashSet<string> names) =>
        members.Select(member => WhyUnsound(member.Type, names)).FirstOrDefault(reason => reason is not null);

    private static string? WhyUnsound(TypeSchema type, HashSet<string> names) => type switch
    {
        { Kind: TypeKind.Array or TypeKind.Map or TypeKind.Tensor, Items: null } => "has a list or map without 'items'",
        { Kind: TypeKind.Map, Keys: null } => "has a map without 'keys'",
        { Kind: TypeKind.Tensor, Rank: < 1 } => $"has a tensor of rank {type.Rank}",
        { Kind: TypeKind.Ref, Ref: null } => "has a reference without 'ref'",
        { Kind: TypeKind.Ref } when !names.Contains(type.Ref) =>
            $"has a reference to '{SafeText.Of(type.Ref)}', which it does not have",
        _ => (type.Keys is { } keys ? WhyUnsound(keys, names) : null)
            ?? (type.Items is { } items ? WhyUnsound(items, names) : null)
            ?? WhyUnsound(type.Columns ?? [], names),
    };
}
