using System.Text.Json;
using EnvelopeSdk.Batch.Columns;
using EnvelopeSdk.Batch.Tables;

namespace EnvelopeSdk.Batch.Answers;

/// <summary>A column of lists.</summary>
/// <param name="items">Collects what they hold.</param>
internal sealed class ListAnswer(AnswerColumn items) : AnswerColumn(new(ColumnKind.List, items.Type.Name + "[]")
{
    Parts = [new("item", items.Type)],
})
{
    private readonly List<int> _ends = [];
    private int _count;

    public override void AppendNull()
    {
        _ends.Add(_count);
        base.AppendNull();
    }

    protected override void AppendValue(ref Utf8JsonReader value)
    {
        while (value.Read() && value.TokenType != JsonTokenType.EndArray)
        {
            items.Append(ref value);
            _count++;
        }

        _ends.Add(_count);
    }

    protected override void MoveValues(Target target)
    {
        items.MoveTo(target.Items(_count));
        var start = 0;
        for (var row = 0; row < _ends.Count; row++)
        {
            target.SetRange(row, start, _ends[row] - start);
            start = _ends[row];
        }

        _ends.Clear();
        _count = 0;
    }
}

/// <summary>A column of structures.</summary>
/// <param name="members">Collects the values of each member of the objects.</param>
internal sealed class StructAnswer(IReadOnlyList<(string Name, AnswerColumn Values)> members)
    : AnswerColumn(new(ColumnKind.Struct, $"STRUCT({string.Join(", ", members.Select(Declare))})")
    {
        Parts = [.. members.Select(one => new Column(one.Name, one.Values.Type))],
    })
{
    private static string Declare((string Name, AnswerColumn Values) one) =>
        $"{DuckTables.Name(one.Name)} {one.Values.Type.Name}";

    public override void AppendNull()
    {
        foreach (var (_, values) in members)
        {
            values.AppendNull();
        }

        base.AppendNull();
    }

    protected override void AppendValue(ref Utf8JsonReader value) => AnswerMembers.Append(members, ref value);

    protected override void MoveValues(Target target)
    {
        for (var i = 0; i < members.Count; i++)
        {
            members[i].Values.MoveTo(target.Field(i));
        }
    }
}

/// <summary>The members of an object, each of which has a column.</summary>
internal static class AnswerMembers
{
    /// <summary>Takes the members of the object that the reader is at.</summary>
    public static void Append(IReadOnlyList<(string Name, AnswerColumn Values)> members, ref Utf8JsonReader value)
    {
        var next = 0;
        Span<bool> given = stackalloc bool[members.Count];
        while (value.Read() && value.TokenType == JsonTokenType.PropertyName)
        {
            var at = Find(members, ref value, next);
            value.Read();
            if (at < 0)
            {
                value.Skip();
                continue;
            }

            members[at].Values.Append(ref value);
            given[at] = true;
            next = at + 1;
        }

        for (var i = 0; i < members.Count; i++)
        {
            if (!given[i])
            {
                members[i].Values.AppendNull();
            }
        }
    }

    /// <summary>Members come in their order nearly always.</summary>
    private static int Find(
        IReadOnlyList<(string Name, AnswerColumn Values)> members, ref Utf8JsonReader value, int next)
    {
        for (var i = 0; i < members.Count; i++)
        {
            var at = (next + i) % members.Count;
            if (value.ValueTextEquals(members[at].Name))
            {
                return at;
            }
        }

        return -1;
    }
}
