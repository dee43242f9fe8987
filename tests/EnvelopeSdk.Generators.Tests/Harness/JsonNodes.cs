using System.Text.Json.Nodes;

namespace EnvelopeSdk.Generators.Tests.Harness;

/// <summary>The parts of a JSON value, and the value with one of them replaced.</summary>
internal static class JsonNodes
{
    /// <summary>A value and all that is in it, each with the member names and indices that lead to it.</summary>
    public static IEnumerable<(object[] Path, JsonNode? Node)> Of(JsonNode? node) => Of(node, []);

    public static string Replace(JsonNode? root, object[] path, JsonNode? with)
    {
        if (path.Length == 0)
        {
            return with?.ToJsonString() ?? "null";
        }

        var parent = path[..^1].Aggregate(root, (node, step) => step is string name ? node![name] : node![(int)step]);
        if (path[^1] is string last)
        {
            parent![last] = with;
        }
        else
        {
            parent![(int)path[^1]] = with;
        }

        return root!.ToJsonString();
    }

    private static IEnumerable<(object[] Path, JsonNode? Node)> Of(JsonNode? node, object[] path)
    {
        yield return (path, node);
        var parts = node switch
        {
            JsonObject members => members.SelectMany(member => Of(member.Value, [.. path, member.Key])),
            JsonArray items => items.SelectMany((item, i) => Of(item, [.. path, i])),
            _ => [],
        };
        foreach (var part in parts)
        {
            yield return part;
        }
    }
}
