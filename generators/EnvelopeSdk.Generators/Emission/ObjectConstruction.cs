using System.Collections.Generic;
using System.Linq;
using EnvelopeSdk.Generators.Model;

namespace EnvelopeSdk.Generators.Emission;

/// <summary>Emits the statements that make an object of the values of its members.</summary>
internal static class ObjectConstruction
{
    /// <param name="code">The type.</param>
    /// <param name="type">Its name.</param>
    /// <param name="members">The members that have names.</param>
    /// <param name="extension">The member that holds the others.</param>
    /// <param name="isTuple">Whether it is a tuple.</param>
    public static string Of(
        string code, string type, IReadOnlyList<MemberSpec> members, MemberSpec? extension, bool isTuple)
    {
        var arguments = members.Where(member => member.Kind == MemberKind.Parameter)
            .Commas(member => "value_" + member.Name);
        if (isTuple)
        {
            return $"return ({arguments});";
        }

        var construct = Construct(code, arguments, members.Select((member, i) => (member, i)).ToList(), extension);

        // What the type's own code throws is about what was sent, so it is an error of the body.
        return $$"""
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

    /// <summary>A property that the caller did not give keeps the value that the type itself sets.</summary>
    private static string Construct(
        string code, string arguments, List<(MemberSpec Member, int Index)> members, MemberSpec? extension)
    {
        var required = members
            .Where(one => one.Member is { Kind: MemberKind.Settable or MemberKind.InitOnly, Required: true })
            .Select(one => $"@{one.Member.Name} = value_{one.Member.Name}").ToList();
        var optional = members.Where(one => one.Member is { Kind: MemberKind.InitOnly, Required: false })
            .Select(one => $"@{one.Member.Name} = {IsSeen(one.Index)} "
                + $"? value_{one.Member.Name} : defaults.@{one.Member.Name}").ToList();
        var settable = members.Where(one => one.Member is { Kind: MemberKind.Settable, Required: false })
            .Select(one => $"if ({IsSeen(one.Index)}) result.@{one.Member.Name} = value_{one.Member.Name};");
        var statements = new List<string>();
        if (optional.Count > 0)
        {
            // What can only be set while it is made is taken from another one.
            statements.Add($"var defaults = {New(code, arguments, required)};");
        }

        statements.Add($"var result = {New(code, arguments, required.Concat(optional).ToList())};");
        statements.AddRange(settable);
        if (extension is not null)
        {
            statements.Add($"if (extension is not null) result.@{extension.Name} = extension;");
        }

        statements.Add("return result;");
        return statements.Lines(statement => statement);
    }

    private static string New(string code, string arguments, List<string> initializers) =>
        $"new {code}({arguments}){(initializers.Count == 0 ? "" : $" {{ {string.Join(", ", initializers)} }}")}";

    private static string IsSeen(int i) => $"({ObjectReader.Seen(i).Replace(", ", " & (")})) != 0";
}
