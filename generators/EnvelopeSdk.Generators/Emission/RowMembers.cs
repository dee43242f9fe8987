using System.Collections.Generic;
using System.Linq;
using EnvelopeSdk.Generators.Model;

namespace EnvelopeSdk.Generators.Emission;

/// <summary>
/// Emits what reads the members of an object from the columns of a row, one behind the other: which of them have a
/// column is the same for all rows.
/// </summary>
internal static class RowMembers
{
    /// <summary>The statements.</summary>
    /// <param name="names">The field with the names of all members.</param>
    /// <param name="members">The members, in that order.</param>
    public static string Read(string names, IReadOnlyList<MemberSpec> members) =>
        $$"""
        input.BeginObject({{names}});
        {{members.Select((member, i) => (member, i)).Where(one => one.member.Kind != MemberKind.ReadOnly)
            .Lines(one => Member(one.member, one.i))}}
        input.EndObject();
        """;

    private static string Member(MemberSpec member, int i) =>
        $$"""
        if (input.BeginMember({{i}}, ref {{ObjectReader.Seen(i)}}))
        {
            {{ObjectReader.Value(ReaderForm.Row, member).Indent(4)}}
        }

        """;
}
