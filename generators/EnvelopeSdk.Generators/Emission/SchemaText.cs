using System;
using System.Collections.Generic;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using EnvelopeSdk.Generators.Model;

namespace EnvelopeSdk.Generators.Emission;

/// <summary>Writes the JSON form of a model's schema: that of <c>EnvelopeSdk.Schema.ModelSchema</c>.</summary>
internal sealed class SchemaText
{
    private readonly bool _descriptions;

    private SchemaText(bool descriptions) => _descriptions = descriptions;

    /// <summary>The schema with its descriptions and its fingerprint.</summary>
    public static string Of(ModelSpec model) =>
        $"{{\"fingerprint\":{JsonText.Quote(Fingerprint(model))},{new SchemaText(descriptions: true).Body(model)}}}";

    /// <summary>SHA-256 of the schema without its descriptions, which a compiled assembly does not carry.</summary>
    public static string Fingerprint(ModelSpec model)
    {
        using var sha = SHA256.Create();
        var hash = sha.ComputeHash(Encoding.UTF8.GetBytes(new SchemaText(descriptions: false).Body(model)));
        return "sha256:" + BitConverter.ToString(hash).Replace("-", "").ToLowerInvariant();
    }

    private string Body(ModelSpec model) => Join(
        Description(model.Description),
        $"\"queries\":{List(model.Queries, Query)}",
        $"\"types\":{List(model.Types, Named)}");

    private string Query(QuerySpec query) => Object(
        $"\"name\":{JsonText.Quote(query.Name)}",
        Description(query.Description),
        $"\"parameters\":{List(query.Parameters, Member)}",
        $"\"returns\":{Type(query.Returns)}",
        Description(query.ReturnsDescription, "returnsDescription"));

    private string Named(NamedTypeSpec type) => Object(
        $"\"name\":{JsonText.Quote(type.Name)}",
        Description(type.Description),
        type switch
        {
            EnumSpec { ByName: true } byName => $"\"values\":{List(byName.Values, value => JsonText.Quote(value.JsonName))}",
            EnumSpec byNumber => $"\"values\":{List(byNumber.Values.Select(value => value.Number).Distinct(), number => number)}",
            ObjectSpec record => $"\"members\":{List(record.Members, Member)}",
            _ => throw new ArgumentOutOfRangeException(nameof(type)),
        });

    private string Member(MemberSpec member) => Object(
        $"\"name\":{JsonText.Quote(member.JsonName)}",
        $"\"type\":{Type(member.Type)}",
        $"\"required\":{(member.Required ? "true" : "false")}",
        member.Default?.Json is { } json ? $"\"default\":{json}" : null,
        Description(member.Description));

    private static string Type(TypeSpec type) => Object(
        type switch
        {
            ScalarSpec scalar => $"\"kind\":\"{scalar.Kind.SchemaKind}\"",
            CollectionSpec collection => $"\"kind\":\"array\",\"items\":{Type(collection.Element)}",
            NamedSpec named => $"\"kind\":\"ref\",\"ref\":{JsonText.Quote(named.Name)}",
            _ => throw new ArgumentOutOfRangeException(nameof(type)),
        },
        type.Nullable ? "\"nullable\":true" : null);

    private string? Description(string? text, string name = "description") =>
        _descriptions && text is not null ? $"\"{name}\":{JsonText.Quote(text)}" : null;

    private static string List<T>(IEnumerable<T> items, Func<T, string> write) => $"[{string.Join(",", items.Select(write))}]";

    private static string Object(params string?[] members) => $"{{{Join(members)}}}";

    private static string Join(params string?[] members) => string.Join(",", members.Where(member => member is not null));
}
