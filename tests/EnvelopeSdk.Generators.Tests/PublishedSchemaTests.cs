using System.Text.Json;
using System.Text.Json.Nodes;
using EnvelopeSdk.Generators.Tests.Harness;

namespace EnvelopeSdk.Generators.Tests;

/// <summary>The schema that is published accepts what the service takes, and nothing else; so do examples that it shows.</summary>
public class PublishedSchemaTests
{
    private static readonly string[] Values =
    [
        "null", "true", "0", "-1", "1.0", "1.5", "1e2", "128", "256", "-32769", "65536", "2147483648", "-9223372036854775809", "18446744073709551616", "1e39", "1e309",
        "\"\"", "\"a\"", "\"ab\"", "\"1.2\"", "\"1\"", "\"2024-02-29\"", "\"2024-02-29T01:02:03\"", "\"01:02:03\"", "\"1.02:03:04\"", "\"0f8fad5b-d9cb-469f-a165-70867728950e\"",
        "\"Good\"", "\"A, B\"", "\"NaN\"", "[]", "[0]", "[null]", "[[]]", "[[1],[1,2]]", "[[1,2],[3]]", "{}", """{"x":1}""", """{"a":1}""", """{"01":1}""", """{"Good":1}""", """{"$type":"circle"}""",
    ];

    /// <summary>
    /// What JSON Schema cannot say, or its validator does not check: that rows are equally long, that base64 is valid, and that
    /// the first segment of a relative URI has no colon. There the service refuses what the schema lets through.
    /// </summary>
    private static readonly string[] SaysLess = ["int[,]", "Grid", "double[,,]?", "string?[,]", "byte[]", "byte[]?", "Memory<byte>", "Blobs", "ReadOnlyMemory<byte>", "ReadOnlyMemory<byte>?", "Uri", "Uri?"];

    public static TheoryData<string> Types => AcceptedTypeTests.Types;

    [Theory]
    [MemberData(nameof(Types))]
    public void What_the_schema_accepts_is_taken_and_what_it_refuses_is_refused(string type)
    {
        var accepted = AcceptedTypes.All.Single(one => one.ToString() == type);
        var service = CompiledService.Of(CompiledModel.Of(accepted.Model));
        var schema = PublishedSchema.Of(service.Schema, "predict");
        var parameter = service.Schema.Queries.Single(query => query.Name == "predict").Parameters[0];
        foreach (var value in Values.Concat(accepted.Values).Concat(accepted.Values.SelectMany(Mutations)).Distinct())
        {
            var body = $$"""{"value":{{value}}}""";
            var errors = service.Errors("predict", body);
            var example = PublishedSchema.Example(service.Schema, parameter, value);
            Assert.True(errors.Length == 0 ? example is { } published && JsonElement.DeepEquals(JsonElement.Parse(value), published) : example is null, $"{value} as an example: {example}, the service says: {errors}");
            if (!SaysLess.Contains(accepted.Type) || errors.Length == 0)
            {
                Assert.True((schema.Accepts(body) ?? errors.Length == 0) == (errors.Length == 0), $"{body}: the schema {(errors.Length == 0 ? "refuses" : "accepts")} it, the service says: {errors}");
            }
        }
    }

    /// <summary>A value with one part replaced, left out or added, wherever it has parts.</summary>
    private static IEnumerable<string> Mutations(string value)
    {
        foreach (var (path, node) in Nodes(JsonNode.Parse(value), []))
        {
            foreach (var other in new[] { "null", "-1.5", "\"x\"", "[]", "{}" })
            {
                yield return Replace(JsonNode.Parse(value), path, JsonNode.Parse(other));
            }

            if (node is JsonObject members)
            {
                foreach (var name in members.Select(member => member.Key))
                {
                    var fewer = (JsonObject)members.DeepClone();
                    fewer.Remove(name);
                    yield return Replace(JsonNode.Parse(value), path, fewer);
                }

                var more = (JsonObject)members.DeepClone();
                more["unknown"] = 1;
                yield return Replace(JsonNode.Parse(value), path, more);
            }
        }
    }

    private static IEnumerable<(object[] Path, JsonNode? Node)> Nodes(JsonNode? node, object[] path)
    {
        yield return (path, node);
        var parts = node switch
        {
            JsonObject members => members.SelectMany(member => Nodes(member.Value, [.. path, member.Key])),
            JsonArray items => items.SelectMany((item, i) => Nodes(item, [.. path, i])),
            _ => [],
        };
        foreach (var part in parts)
        {
            yield return part;
        }
    }

    private static string Replace(JsonNode? root, object[] path, JsonNode? with)
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
}
