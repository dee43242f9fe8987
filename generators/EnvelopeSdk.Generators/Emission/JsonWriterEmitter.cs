using System.Collections.Generic;
using System.Linq;
using EnvelopeSdk.Generators.Model;

namespace EnvelopeSdk.Generators.Emission;

/// <summary>Emits the methods that write types to <c>JsonOutput</c>.</summary>
internal static class JsonWriterEmitter
{
    public const string Output = "global::EnvelopeSdk.Binding.Writing.JsonOutput";

    /// <summary>The methods that writing the types needs.</summary>
    /// <param name="types">The types.</param>
    /// <param name="stored">Those that are parts of state.</param>
    public static string Methods(TypeClosure types, TypeClosure stored) =>
        types.Named.Select(Named)
            .Concat(types.Composed.Select(type => CollectionWriter.Method(type, stored.Composes(type)))).Blocks();

    /// <summary>The statement that writes a value.</summary>
    public static string Write(TypeSpec type, string value)
    {
        if (type.Nullable)
        {
            // Such a variable is still there behind its statement, so those of one object have names of their own.
            var present = "present_" + value.Split('.', '@', '[')
                .Last(part => part.Length > 0 && !part.EndsWith("]", System.StringComparison.Ordinal));
            return $"if ({value} is {{ }} {present}) "
                + $"{{ {WritePresent(type, present)} }} else {{ output.WriteNull(); }}";
        }

        return WritePresent(type, value);
    }

    /// <summary>The statements that write an object of members.</summary>
    public static string WriteObject(IEnumerable<MemberSpec> members, string prefix, TagSpec? tag = null) =>
        $$"""
        output.WriteStartObject();
        {{(tag is null ? "" : WriteTag(tag))}}
        {{WriteMembers(members, prefix)}}
        output.WriteEndObject();
        """;

    /// <summary>A method that writes a type.</summary>
    public static string Method(string code, string id, string body) =>
        $$"""
        private static void Write{{id}}({{Output}} output, {{code}} value)
        {
            {{body.Indent(4)}}
        }
        """;

    /// <summary>The statement that refuses a value that its type does not have.</summary>
    public static string Refuse(string condition, string type) =>
        $"if ({condition}) throw {Output}.UnexpectedNull({Code.Literal(type)});\n";

    private static string WritePresent(TypeSpec type, string value) => type switch
    {
        ScalarSpec { Forms: 0 } scalar => $"output.Write{scalar.Kind.Method}({value});",
        ScalarSpec scalar =>
            $"output.WriteNumber({value}, (global::EnvelopeSdk.Binding.Numbers.NumberForms){scalar.Forms});",
        TableSpec => $"{value}.WriteRows(output);",
        _ => $"Write{type.Id}(output, {value});",
    };

    private static string WriteTag(TagSpec tag) =>
        $"output.WriteRawName({QuotedName(tag.Name)});\noutput.WriteRaw({Code.Literal(tag.Value)}u8);";

    /// <summary>The name of a member as it stands in the JSON.</summary>
    private static string QuotedName(string name) => $"{Code.Literal(JsonText.Minimal(name) + ":")}u8";

    private static string WriteMembers(IEnumerable<MemberSpec> members, string prefix) => members
        .Where(member => member.Omitted != Omission.Always)
        .OrderBy(member => member.Kind == MemberKind.Extension).ThenBy(member => member.Order)
        .Lines(member => WriteMember(member, prefix + (member.Property ?? member.Name)));

    private static string WriteMember(MemberSpec member, string value) => member.Kind == MemberKind.Extension
        ? $$"""
          foreach (var pair in {{value}} ?? [])
          {
              output.WriteName(pair.Key);
              {{Write(member.Type, "pair.Value")}}
          }
          """
        : member.Omitted switch
        {
            Omission.Null => Unless($"{value} is null", member, value),
            Omission.Default => Unless(
                $"global::System.Collections.Generic.EqualityComparer<{member.Type.CSharp}>.Default"
                    + $".Equals({value}, default!)",
                member, value),
            _ => Named(member, value),
        };

    private static string Unless(string condition, MemberSpec member, string value) =>
        $$"""
        if (!({{condition}}))
        {
            {{Named(member, value).Indent(4)}}
        }
        """;

    private static string Named(MemberSpec member, string value) =>
        $"output.WriteRawName({QuotedName(member.JsonName)});\n{Write(member.Type, value)}";

    private static string Named(NamedTypeSpec type) => type switch
    {
        EnumSpec declared => EnumWriter.Method(declared),
        UnionSpec union => Union(union),
        _ => Object((ObjectSpec)type),
    };

    private static string Object(ObjectSpec type)
    {
        var body = WriteObject(type.Members, "value.@", type.Tag);
        return Method(type.CSharp, type.Name, type.IsValueType ? body : Refuse("value is null", type.Name) + body);
    }

    /// <summary>
    /// The type of the value itself counts; one derived from it further is another type, as for
    /// <c>System.Text.Json</c>.
    /// </summary>
    private static string Union(UnionSpec type) => Method(type.CSharp, type.Name,
        $$"""
        {{Refuse("value is null", type.Name)}}{{string.Join("\nelse ", type.Cases.Select(WriteCase))}}
        else throw {{Output}}.UndeclaredValue({{Code.Literal(type.Name)}});
        """);

    private static string WriteCase(UnionCaseSpec one) =>
        $"if (value.GetType() == typeof({one.CSharp})) Write{one.Type}(output, ({one.CSharp})value);";
}
