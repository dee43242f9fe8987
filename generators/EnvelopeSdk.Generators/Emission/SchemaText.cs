using System;
using System.Collections.Generic;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using EnvelopeSdk.Generators.Model;
using EnvelopeSdk.Vocabulary;

namespace EnvelopeSdk.Generators.Emission;

/// <summary>Writes the JSON form of a model's schema: that of <c>EnvelopeSdk.Schema.ModelSchema</c>.</summary>
internal sealed class SchemaText
{
    private readonly bool _descriptions;

    private SchemaText(bool descriptions) => _descriptions = descriptions;

    /// <summary>The schema with its descriptions and its fingerprint.</summary>
    public static string Of(ModelSpec model) =>
        $"{{\"vocabulary\":{Agreements.Vocabulary},\"fingerprint\":{JsonText.Quote(Fingerprint(model))},"
        + $"{new SchemaText(descriptions: true).Body(model)}}}";

    /// <summary>SHA-256 of the schema without its descriptions, which a compiled assembly does not carry.</summary>
    public static string Fingerprint(ModelSpec model)
    {
        using var sha = SHA256.Create();
        var hash = sha.ComputeHash(Encoding.UTF8.GetBytes(new SchemaText(descriptions: false).Body(model)));
        return "sha256:" + BitConverter.ToString(hash).Replace("-", "").ToLowerInvariant();
    }

    private string Body(ModelSpec model) => Join(
        Text("description", model.Documentation?.Summary),
        Text("remarks", model.Documentation?.Remarks),
        $"\"queries\":{List(model.Queries, Query)}",
        $"\"types\":{List(model.Types, Named)}");

    private string Query(QuerySpec query) => Object(
        $"\"name\":{JsonText.Quote(query.Name)}",
        Text("description", query.Documentation?.Summary),
        Text("remarks", query.Documentation?.Remarks),
        $"\"parameters\":{List(query.Parameters, Member)}",
        $"\"returns\":{Type(query.Returns)}",
        query.Delivery == Delivery.Streamed ? "\"stream\":true" : null,
        Text("returnsDescription", query.ReturnsDocumentation?.Summary),
        Text("returnsUnit", query.ReturnsDocumentation?.Unit),
        Text("recorder", query.Tables.Any() ? query.Recorder : null));

    private string Named(NamedTypeSpec type) => Object(
        $"\"name\":{JsonText.Quote(type.Name)}",
        Text("description", type.Documentation?.Summary),
        Text("remarks", type.Documentation?.Remarks),
        Text("example", type.Documentation?.Example),
        type switch
        {
            EnumSpec declared => Enum(declared),
            ObjectSpec record => Join(
                $"\"members\":{List(record.Members.Where(member => member.Kind != MemberKind.Extension), Member)}",
                record.Members.Any(member => member.Kind == MemberKind.Extension) ? "\"open\":true" : null,
                record.Tag is { } tag
                    ? $"\"tag\":{{\"name\":{JsonText.Quote(tag.Name)},\"value\":{tag.Value}}}"
                    : null),
            UnionSpec union => $"\"union\":{List(union.Cases, one => JsonText.Quote(one.Type))}",
            _ => throw new ArgumentOutOfRangeException(nameof(type)),
        });

    private string Enum(EnumSpec type) => Join(
        type.ByName
            ? $"\"values\":{List(type.Values, value => JsonText.Quote(value.JsonName))}"
            : $"\"values\":{List(type.Distinct, value => value.Number)},"
                + $"\"names\":{List(type.Distinct, value => JsonText.Quote(value.JsonName))}",
        ValueDescriptions(type.ByName ? type.Values : type.Distinct),
        type.IsFlags ? $"\"flags\":\"{(type.ByName ? KindNames.String : type.Underlying.SchemaKind)}\"" : null);

    /// <summary>One for each value, null for those that have none.</summary>
    private string? ValueDescriptions(IEnumerable<EnumValueSpec> values) =>
        _descriptions && values.Any(value => value.Description is not null)
            ? "\"valueDescriptions\":"
                + List(values, value => value.Description is { } text ? JsonText.Quote(text) : "null")
            : null;

    private string Member(MemberSpec member) => Object(
        $"\"name\":{JsonText.Quote(member.JsonName)}",
        $"\"type\":{Type(member.Type)}",
        $"\"required\":{(member.Required ? "true" : "false")}",
        member.Kind == MemberKind.ReadOnly ? "\"readOnly\":true" : null,
        member.Default?.Json is { } json ? $"\"default\":{json}" : null,
        member.Constraints.Count == 0
            ? null
            : "\"constraints\":{"
                + string.Join(",", member.Constraints.GroupBy(one => one.Keyword).Select(Constraint)) + "}",
        Text("description", member.Documentation?.Summary),
        Text("remarks", member.Documentation?.Remarks),
        Text("unit", member.Documentation?.Unit),
        Text("example", member.Documentation?.Example));

    /// <summary>A pattern can be asked for twice; then both hold.</summary>
    private static string Constraint(IGrouping<string, ConstraintSpec> constraints) =>
        $"\"{constraints.Key}\":"
        + (constraints.Key == Keywords.Pattern ? List(constraints, one => one.Json) : constraints.First().Json);

    private static string Type(TypeSpec type) => Object(
        type switch
        {
            ScalarSpec scalar => Kind(scalar.SchemaKind),
            CollectionSpec collection => Join(Kind(KindNames.Array), Items(collection.Element)),
            TensorSpec { Rank: 1 } row => Join(Kind(KindNames.Array), Items(row.Element)),
            TensorSpec tensor => Join(Kind(KindNames.Tensor), $"\"rank\":{tensor.Rank}", Items(tensor.Element)),
            MapSpec map => Join(Kind(KindNames.Map), $"\"keys\":{Type(map.Key)}", Items(map.Value)),
            TableSpec => Kind(KindNames.Table),
            NamedSpec named => Join(Kind(KindNames.Ref), $"\"ref\":{JsonText.Quote(named.Name)}"),
            _ => throw new ArgumentOutOfRangeException(nameof(type)),
        },
        type is ScalarSpec { Forms: not 0 and var forms } ? $"\"numberHandling\":{forms}" : null,
        type is { Nullable: true } and not ScalarSpec { SchemaKind: KindNames.Any } ? "\"nullable\":true" : null);

    private static string Kind(string name) => $"\"kind\":\"{name}\"";

    private static string Items(TypeSpec type) => $"\"items\":{Type(type)}";

    private string? Text(string name, string? text) =>
        _descriptions && text is not null ? $"\"{name}\":{JsonText.Quote(text)}" : null;

    private static string List<T>(IEnumerable<T> items, Func<T, string> write) =>
        $"[{string.Join(",", items.Select(write))}]";

    private static string Object(params string?[] members) => $"{{{Join(members)}}}";

    private static string Join(params string?[] members) =>
        string.Join(",", members.Where(member => member is not null));
}
