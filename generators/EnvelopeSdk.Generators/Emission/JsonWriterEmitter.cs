using System.Collections.Generic;
using System.Linq;
using EnvelopeSdk.Generators.Model;

namespace EnvelopeSdk.Generators.Emission;

/// <summary>Emits the methods that write types to <c>Utf8JsonWriter</c>.</summary>
internal static class JsonWriterEmitter
{
    private const string Output = "global::EnvelopeSdk.Binding.JsonOutput";

    /// <summary>The methods that writing the types needs.</summary>
    public static string Methods(TypeClosure types) =>
        types.Enums.Select(Enum).Concat(types.Collections.Select(Collection)).Concat(types.Objects.Select(Object)).Blocks();

    /// <summary>The statement that writes a value.</summary>
    public static string Write(TypeSpec type, string value)
    {
        if (type.Nullable)
        {
            return $"if ({value} is {{ }} present_{type.Id}) {{ {WritePresent(type, "present_" + type.Id)} }} else {{ writer.WriteNullValue(); }}";
        }

        return WritePresent(type, value);
    }

    /// <summary>The statements that write an object of members.</summary>
    public static string WriteObject(IEnumerable<MemberSpec> members, string prefix) =>
        $$"""
        writer.WriteStartObject();
        {{members.Lines(member => $"writer.WritePropertyName({Code.Literal(member.JsonName)}u8);\n{Write(member.Type, prefix + member.Name)}")}}
        writer.WriteEndObject();
        """;

    private static string WritePresent(TypeSpec type, string value) => type switch
    {
        ScalarSpec scalar => scalar.Kind.Writer.Replace("{0}", value) + ";",
        _ => $"Write{type.Id}(writer, {value});",
    };

    private static string Method(string code, string id, string body) =>
        $$"""
        private static void Write{{id}}(global::System.Text.Json.Utf8JsonWriter writer, {{code}} value)
        {
            {{body.Indent(4)}}
        }
        """;

    private static string Object(ObjectSpec type)
    {
        var body = WriteObject(type.Members, "value.@");
        return Method(type.CSharp, type.Name, type.IsValueType ? body : NullCheck(type.Name) + body);
    }

    private static string Collection(CollectionSpec type) => Method(
        type.CSharp.TrimEnd('?'), type.Id,
        $$"""
        {{NullCheck(type.Id)}}writer.WriteStartArray();
        foreach (var item in value)
        {
            {{Write(type.Element, "item")}}
        }

        writer.WriteEndArray();
        """);

    private static string NullCheck(string type) => $"if (value is null) throw {Output}.UnexpectedNull({Code.Literal(type)});\n";

    private static string Enum(EnumSpec type)
    {
        // Two names of one number: the first declared is written.
        var values = type.Values.GroupBy(value => value.Number).Select(group => group.First());
        var unknown = $"throw {Output}.UndeclaredValue({Code.Literal(type.Name)})";
        var number = $"(global::{type.Underlying.SpecialType.ToString().Replace('_', '.')})value";
        return Method(type.CSharp, type.Name, type.ByName
            ? $$"""
                writer.WriteStringValue(value switch
                {
                    {{values.Lines(value => $"{type.CSharp}.@{value.Member} => {Code.Literal(value.JsonName)}u8,").Indent(4)}}
                    _ => {{unknown}},
                });
                """
            : $$"""
                writer.WriteNumberValue(value switch
                {
                    {{values.Lines(value => $"{type.CSharp}.@{value.Member} => {number},").Indent(4)}}
                    _ => {{unknown}},
                });
                """);
    }
}
