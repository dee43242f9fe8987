using System.Linq;
using EnvelopeSdk.Generators.Model;

namespace EnvelopeSdk.Generators.Parsing.Types;

/// <summary>The <c>default</c> of a type as JSON; null where JSON has nothing for it.</summary>
internal static class ZeroValue
{
    public static string? Of(TypeSpec type, TypeParser types) => type switch
    {
        { Nullable: true } => "null",
        ScalarSpec scalar => OfScalar(scalar.Kind),
        _ when IsEmpty(type) => "[]",
        NamedSpec named => types.Find(named.Name) switch
        {
            EnumSpec declared => DefaultValue.OfEnum(0, declared).Json,
            ObjectSpec { IsValueType: true, Tag: null } structure => OfStructure(structure, types),
            _ => null,
        },
        _ => null,
    };

    /// <summary>Whether it is a collection without items, and not null.</summary>
    public static bool IsEmpty(TypeSpec type) => type is CollectionSpec { Shape.Name: "ReadOnlyMemory" or "Memory" };

    private static string? OfScalar(ScalarKind kind) => kind.Method switch
    {
        _ when kind.IsNumber => "0",
        "Boolean" => "false",
        "Char" => JsonText.Quote("\0"),
        "Guid" => "\"00000000-0000-0000-0000-000000000000\"",
        "DateTime" => "\"0001-01-01T00:00:00\"",
        "DateTimeOffset" => "\"0001-01-01T00:00:00+00:00\"",
        "DateOnly" => "\"0001-01-01\"",
        "TimeOnly" or "TimeSpan" => "\"00:00:00\"",
        "ByteMemory" or "ByteBuffer" => "\"\"",
        _ => null,
    };

    /// <summary>Its members, if callers could send them: none that it says itself, and none with constraints.</summary>
    private static string? OfStructure(ObjectSpec structure, TypeParser types)
    {
        var members = structure.Members
            .Select(member => (Name: JsonText.Quote(member.JsonName), Zero: OfMember(member, types))).ToList();
        return members.Exists(member => member.Zero is null)
            ? null
            : $"{{{string.Join(",", members.Select(member => $"{member.Name}:{member.Zero}"))}}}";
    }

    private static string? OfMember(MemberSpec member, TypeParser types) =>
        member.Kind is MemberKind.ReadOnly or MemberKind.Extension || member.Constraints.Count > 0
            ? null
            : Of(member.Type, types);
}
