using System.Collections.Generic;
using System.Linq;
using EnvelopeSdk.Generators.Model;

namespace EnvelopeSdk.Generators.Emission;

/// <summary>
/// Emits what reads the members of an object as most callers send them: in order, and in their plainest form. It ends
/// at the first that is not so, which is read, like those behind it, by what looks at everything.
/// </summary>
internal static class PlainMembers
{
    private const int Most = 63; // have a bit in one word, and leave one over

    /// <summary>The statements, on lines of their own; nothing where they cannot be.</summary>
    /// <param name="form">What the members are read from.</param>
    /// <param name="members">The members, in order.</param>
    public static string Read(ReaderForm form, IReadOnlyList<MemberSpec> members) =>
        !form.HasShortWays || members.Count == 0 ? "" : "\n" + $$"""
            do
            {
                {{members.Take(Most).Lines(Member).Indent(4)}}
            }
            while (false);

            seen0 = (1UL << (member + 1)) - 1;
            """ + "\n";

    private static string Member(MemberSpec member)
    {
        var quoted = Code.Literal(JsonText.Minimal(member.JsonName) + ":") + "u8";
        return IsPlain(member)
            ? $$"""
                if (!input.TryMember({{quoted}}, ref value_{{member.Name}}, ref member)) break;
                {{member.Constraints.Lines(constraint => Check(member, constraint))}}
                """.TrimEnd()
            : $$"""
                if (!input.TryBeginMember({{quoted}}, {{Code.Literal(member.JsonName)}}, ref member)) break;
                {
                    {{ObjectReader.Value(ReaderForm.Json, member).Indent(4)}}
                }

                input.EndMember();
                """;
    }

    /// <summary>Whether there is a way for its values that need no place to be named.</summary>
    private static bool IsPlain(MemberSpec member) =>
        member is { Kind: not MemberKind.ReadOnly, Type: ScalarSpec { Forms: 0, Nullable: false } type }
        && (type.Kind.IsNumber || type.Kind == ScalarKind.String);

    /// <summary>A value that does not hold what is asked of it is read once more by what says so.</summary>
    private static string Check(MemberSpec member, ConstraintSpec constraint) =>
        $"if (!({ConstraintCode.Holds(constraint, member.Type, $"value_{member.Name}")})) "
        + "{ input.Undo(ref member); break; }";
}
