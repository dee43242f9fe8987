using System.Collections.Generic;
using System.Linq;
using EnvelopeSdk.Generators.Model;

namespace EnvelopeSdk.Generators.Emission;

/// <summary>Emits the method that reads an object: a type of the user's, or the arguments of a query.</summary>
internal static class ObjectReader
{
    private const string MemberNames = "global::EnvelopeSdk.Binding.Reading.MemberNames";

    /// <summary>The method that reads a type of the user's.</summary>
    public static string Method(ObjectSpec type, ReaderForm form) =>
        Method(form, type.CSharp, form.Verb + type.Name, type.Name, type.Members, type.IsTuple, type.Tag);

    /// <summary>The method that reads the arguments of a query.</summary>
    /// <param name="form">What they are read from.</param>
    /// <param name="code">The generated structure that holds them.</param>
    /// <param name="method">The name of the method.</param>
    /// <param name="parameters">The parameters.</param>
    /// <param name="tables">What binds those that are tables: further parameters of the method.</param>
    public static string Arguments(
        ReaderForm form, string code, string method, IReadOnlyList<MemberSpec> parameters, string tables) =>
        Names(form, $"Names_{method}", parameters, tag: null) + $$"""
            public static void {{method}}({{form.Input}}, ref {{code}} arguments{{tables}})
            {
                {{parameters.Lines(InPlace).Indent(4)}}
                {{Reading(form, $"Names_{method}", parameters, extension: null, tag: null, "return;").Indent(4)}}
            }
            """;

    private static string Method(
        ReaderForm form, string code, string method, string type, IReadOnlyList<MemberSpec> members, bool isTuple,
        TagSpec? tag)
    {
        var named = members.Where(member => member.Kind != MemberKind.Extension).ToList();
        var extension = members.FirstOrDefault(member => member.Kind == MemberKind.Extension);
        var locals = named.Where(member => member.Kind != MemberKind.ReadOnly).Select(Local)
            .Concat(extension is null ? [] : [Others(extension)]);
        return Names(form, $"Names_Read{type}", named, tag) + $$"""
            public static {{code}} {{method}}({{form.Input}})
            {
                {{locals.Lines(local => local).Indent(4)}}
                {{Reading(form, $"Names_Read{type}", named, extension, tag, "return default!;").Indent(4)}}
                if (input.HasErrors)
                {
                    return default!;
                }

                {{ObjectConstruction.Of(code, type, named, extension, isTuple).Indent(4)}}
            }
            """;
    }

    /// <summary>The field with the names of members; for rows, that of the method that reads JSON.</summary>
    private static string Names(ReaderForm form, string field, IReadOnlyList<MemberSpec> members, TagSpec? tag)
    {
        var names = members.Select(member => member.JsonName).Concat(tag is null ? [] : [tag.Name]);
        return form == ReaderForm.Row ? ""
            : $"private static readonly {MemberNames} {field} = new({names.Commas(Code.Literal)});\n\n";
    }

    /// <summary>Reads all members, and looks whether those are there that must be.</summary>
    /// <param name="form">What they are read from.</param>
    /// <param name="names">The field with their names.</param>
    /// <param name="named">The members that have names.</param>
    /// <param name="extension">The member that holds the others.</param>
    /// <param name="tag">The discriminator.</param>
    /// <param name="leave">The statement for where there is no object.</param>
    private static string Reading(
        ReaderForm form, string names, IReadOnlyList<MemberSpec> named, MemberSpec? extension, TagSpec? tag,
        string leave)
    {
        var isOfRow = form == ReaderForm.Row;
        var words = Enumerable.Range(0, named.Count + (tag is null ? 0 : 1))
            .Where(i => !isOfRow || named[i].Kind != MemberKind.ReadOnly) // no column is one of those
            .Select(i => i / 64).Distinct();
        return $$"""
            {{words.Lines(word => $"ulong seen{word} = 0;")}}
            {{(isOfRow ? RowMembers.Read(names, named) : Members(form, names, named, extension, tag, leave))}}

            {{Required(named)}}
            """;
    }

    /// <summary>Asks for each member that must be there, if one is not.</summary>
    private static string Required(IReadOnlyList<MemberSpec> members) =>
        members.Select((member, i) => (member, i)).Where(one => one.member.Required).GroupBy(one => one.i / 64)
            .Lines(word =>
            {
                var all = $"0x{word.Aggregate(0UL, (bits, one) => bits | (1UL << (one.i % 64))):X}UL";
                return $$"""
                    if ((seen{{word.Key}} & {{all}}) != {{all}})
                    {
                        {{word.Lines(one => $"input.Require({Code.Literal(one.member.JsonName)}, {Seen(one.i)});").Indent(4)}}
                    }
                    """;
            });

    private static string Members(
        ReaderForm form, string known, IReadOnlyList<MemberSpec> named, MemberSpec? extension, TagSpec? tag,
        string leave)
    {
        var branches = named.Select((member, i) => MemberBranch(form, member, i))
            .Concat(tag is null ? [] : [TagBranch(tag, named.Count)]);
        return $$"""
            if (!input.BeginObject())
            {
                {{leave}}
            }

            var member = -1;{{PlainMembers.Read(form, named)}}
            while (input.NextMember({{known}}, ref member))
            {
                switch (member)
                {
                    {{branches.Lines(branch => branch).Indent(8)}}
                    default:
                        {{(extension is null ? Unknown(named) : Extension(extension)).Indent(12)}}
                        break;
                }
            }
            """;
    }

    /// <summary>The word and the bit that say whether the member was there.</summary>
    public static string Seen(int i) => $"seen{i / 64}, 1UL << {i % 64}";

    private static string Local(MemberSpec member) =>
        $"{member.Type.Bound} value_{member.Name} = {Initial(member)};";

    private static string InPlace(MemberSpec member) =>
        $"""
        ref {member.Type.Bound} value_{member.Name} = ref arguments.@{member.Name};
        value_{member.Name} = {Initial(member)};
        """;

    private static string Initial(MemberSpec member) =>
        member.Default is { } value ? Literals.Default(value, member.Type) : "default!";

    private static string Others(MemberSpec extension) =>
        $"global::System.Collections.Generic.Dictionary<string, {extension.Type.CSharp}>? extension = null;";

    private static string Unknown(IReadOnlyList<MemberSpec> members)
    {
        var names = members.Count == 0
            ? "no member"
            : "one of the members " + members.Commas(member => $"'{member.JsonName}'");
        return $"input.UnknownMember({Code.Literal(names)});";
    }

    private static string Extension(MemberSpec extension) =>
        $$"""
        if (input.ReadMemberName() is { } name)
        {
            extension ??= [];
            if (extension.ContainsKey(name))
            {
                input.RefuseDuplicate(name);
                continue;
            }

            input.BeginMember(name);
            extension.Add(name, {{JsonReaderEmitter.Read(extension.Type)}});
            input.EndMember();
        }
        """;

    private static string MemberBranch(ReaderForm form, MemberSpec member, int i) =>
        Branch(member.JsonName, i, Value(form, member));

    /// <summary>The discriminator was looked at before; here it is only stepped over.</summary>
    private static string TagBranch(TagSpec tag, int i) => Branch(tag.Name, i, "input.SkipValue();");

    private static string Branch(string name, int i, string read) =>
        $$"""
        case {{i}}:
            if (input.BeginMember({{Code.Literal(name)}}, ref {{Seen(i)}}))
            {
                {{read.Indent(8)}}
                input.EndMember();
            }

            break;
        """;

    /// <summary>
    /// Reads a member. A value of the wrong type is reported once, for its type; what the object says itself is only
    /// looked at.
    /// </summary>
    public static string Value(ReaderForm form, MemberSpec member)
    {
        var target = member.Kind == MemberKind.ReadOnly ? "_" : "value_" + member.Name;
        var read = $"{target} = {form.Read(member.Type)};";
        if (member.Constraints.Count == 0 || member.Kind == MemberKind.ReadOnly)
        {
            return read;
        }

        var value = member.Type.Nullable ? "present" : "value_" + member.Name;
        var guard = member.Type.Nullable ? $" && value_{member.Name} is {{ }} present" : "";
        var checks = string.Join("\n\n", member.Constraints.Select(constraint => $$"""
            if (!({{ConstraintCode.Holds(constraint, member.Type, value)}}))
            {
                input.Refuse(
                    {{Code.Literal(constraint.Expected)}}, {{ConstraintCode.Actual(constraint, member.Type, value)}});
            }
            """));
        return $$"""
            var errors = input.ErrorCount;
            {{read}}
            if (input.ErrorCount == errors{{guard}})
            {
                {{checks.Indent(4)}}
            }
            """;
    }
}
