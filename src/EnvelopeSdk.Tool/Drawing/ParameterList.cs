using System.Text.Json;
using EnvelopeSdk.Tool.Commands;

namespace EnvelopeSdk.Tool.Drawing;

/// <summary>Hyperparameters as an indented list; a list of plain values is one line.</summary>
internal static class ParameterList
{
    /// <summary>Draws them below a heading, where there are any.</summary>
    public static IEnumerable<string> Draw(IEnumerable<KeyValuePair<string, JsonElement>> parameters, int width) =>
        parameters.SelectMany(one => Draw(one.Key, one.Value, 1))
            .Select((line, i) => (line, i))
            .SelectMany(one => one.i == 0 ? ["Hyperparameters", one.line] : new[] { one.line })
            .Select(line => Texts.Fit(line, width));

    private static IEnumerable<string> Draw(string name, JsonElement value, int depth)
    {
        var (indent, members) = (new string(' ', depth * 2), MembersOf(value));
        return members is null
            ? [$"{indent}{Texts.Plain(name)}: {Texts.Plain(value.ToString())}"]
            : members.SelectMany(member => Draw(member.Name, member.Value, depth + 1))
                .Prepend($"{indent}{Texts.Plain(name)}:");
    }

    /// <summary>The parts that have a line each; null for what is one line.</summary>
    private static IEnumerable<(string Name, JsonElement Value)>? MembersOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object when value.EnumerateObject().Any() =>
            value.EnumerateObject().Select(member => (member.Name, member.Value)),
        JsonValueKind.Array when value.EnumerateArray().Any(item => MembersOf(item) is not null) =>
            value.EnumerateArray().Select((item, i) => ($"[{i}]", item)),
        _ => null,
    };
}
