using System.Collections.Generic;
using System.Linq;
using EnvelopeSdk.Generators.Model;

namespace EnvelopeSdk.Generators.Emission;

/// <summary>Emits the methods that read types from <c>JsonInput</c>.</summary>
internal static class JsonReaderEmitter
{
    private const string Input = "ref global::EnvelopeSdk.Binding.JsonInput input";

    /// <summary>The methods that reading the types needs.</summary>
    public static string Methods(TypeClosure types) =>
        types.Enums.Select(Enum)
            .Concat(types.Collections.Select(Collection))
            .Concat(types.Objects.Select(type => Object(type.CSharp, "Read" + type.Name, type.Name, type.Members)))
            .Blocks();

    /// <summary>The expression that reads a value.</summary>
    public static string Read(TypeSpec type)
    {
        var value = type is ScalarSpec scalar ? $"input.Read{scalar.Kind.Reader}()" : $"Read{type.Id}(ref input)";
        return type.Nullable ? $"input.IsNull ? default({type.CSharp}) : {value}" : value;
    }

    /// <summary>A method that reads an object: a record, or the arguments of a query.</summary>
    /// <param name="code">Its type.</param>
    /// <param name="method">The name of the method.</param>
    /// <param name="type">The name of the user's type; null when the type is generated, and so cannot refuse a value.</param>
    /// <param name="members">Its members.</param>
    public static string Object(string code, string method, string? type, IReadOnlyList<MemberSpec> members)
    {
        var words = Enumerable.Range(0, (members.Count + 63) / 64).Select(word => $"ulong seen{word} = 0;");
        var names = members.Count == 0 ? "no member" : "one of the members " + members.Commas(member => $"'{member.JsonName}'");
        return $$"""
            public static {{code}} {{method}}({{Input}})
            {
                const string Members = {{Code.Literal(names)}};
                {{members.Lines(Local).Indent(4)}}
                {{string.Join("\n", words).Indent(4)}}
                if (!input.BeginObject())
                {
                    return default!;
                }

                while (input.NextMember())
                {
                    {{string.Join("\nelse ", members.Select(MemberBranch)).Indent(8)}}
                    {{(members.Count == 0 ? "" : "else")}}
                    {
                        input.UnknownMember(Members);
                    }
                }

                {{members.Select((member, i) => (member, i)).Where(one => one.member.Required)
                    .Lines(one => $"input.Require({Code.Literal(one.member.JsonName)}, {Seen(one.i)});").Indent(4)}}
                if (input.HasErrors)
                {
                    return default!;
                }

                {{Construct(code, type, members).Indent(4)}}
            }
            """;
    }

    private static string Local(MemberSpec member) =>
        $"{member.Type.CSharp} value_{member.Name} = {member.Default?.CSharp ?? "default!"};";

    private static string MemberBranch(MemberSpec member, int i) =>
        $$"""
        if (input.Is({{Code.Literal(member.JsonName)}}u8))
        {
            if (input.BeginMember({{Code.Literal(member.JsonName)}}, ref {{Seen(i)}}))
            {
                value_{{member.Name}} = {{Read(member.Type)}};
                input.EndMember();
            }
        }
        """;

    /// <summary>The word and the bit that say whether the member was there.</summary>
    private static string Seen(int i) => $"seen{i / 64}, 1UL << {i % 64}";

    /// <summary>Makes the object. What the type's own code throws is about what was sent, so it is an error of the body.</summary>
    private static string Construct(string code, string? type, IReadOnlyList<MemberSpec> members)
    {
        var arguments = members.Where(member => member.Kind == MemberKind.Parameter).Commas(member => "value_" + member.Name);
        var required = members.Where(member => member is { Kind: MemberKind.Property, Required: true }).ToList();
        var initializer = required.Count == 0 ? "" : $" {{ {required.Commas(member => $"@{member.Name} = value_{member.Name}")} }}";

        // A property that the caller did not give keeps the value that the type itself sets.
        var optional = members.Select((member, i) => (member, i)).Where(one => one.member is { Kind: MemberKind.Property, Required: false })
            .Lines(one => $"if (({Seen(one.i).Replace(", ", " & (")})) != 0) result = result with {{ @{one.member.Name} = value_{one.member.Name} }};");
        var construct = $"var result = new {code}({arguments}){initializer};\n{optional}\nreturn result;";
        return type is null ? construct : $$"""
            try
            {
                {{construct.Indent(4)}}
            }
            catch (global::System.Exception)
            {
                return input.RefusedByType<{{code}}>({{Code.Literal(type)}});
            }
            """;
    }

    private static string Collection(CollectionSpec type)
    {
        var code = type.CSharp.TrimEnd('?');
        return $$"""
            private static {{code}} Read{{type.Id}}({{Input}})
            {
                var items = new global::System.Collections.Generic.List<{{type.Element.CSharp}}>();
                if (input.BeginArray())
                {
                    var index = -1;
                    while (input.NextItem(ref index))
                    {
                        items.Add({{Read(type.Element)}});
                    }
                }

                return {{(type.IsList ? "items" : "items.ToArray()")}};
            }
            """;
    }

    private static string Enum(EnumSpec type) => type.ByName ? EnumByName(type) : EnumByNumber(type);

    private static string EnumByName(EnumSpec type)
    {
        var expected = "one of " + type.Values.Commas(value => $"\"{value.JsonName}\"");
        return $$"""
            private static {{type.CSharp}} Read{{type.Name}}({{Input}})
            {
                const string Expected = {{Code.Literal(expected)}};
                if (!input.BeginName(Expected))
                {
                    return default;
                }

                {{type.Values.Lines(value => $"if (input.Is({Code.Literal(value.JsonName)}u8)) return {type.CSharp}.@{value.Member};").Indent(4)}}
                return input.UnknownValue<{{type.CSharp}}>(Expected);
            }
            """;
    }

    private static string EnumByNumber(EnumSpec type) =>
        $$"""
        private static {{type.CSharp}} Read{{type.Name}}({{Input}})
        {
            var errors = input.ErrorCount;
            var value = ({{type.CSharp}})input.Read{{type.Underlying.Reader}}();
            return input.ErrorCount > errors || value is {{string.Join(" or ", type.Values.Select(value => $"{type.CSharp}.@{value.Member}"))}}
                ? value
                : input.UnknownValue<{{type.CSharp}}>({{Code.Literal("one of " + type.Values.Commas(value => value.Number))}});
        }
        """;
}
