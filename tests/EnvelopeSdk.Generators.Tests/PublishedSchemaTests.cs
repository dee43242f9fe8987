using System.Text.Json;
using System.Text.Json.Nodes;
using CsCheck;
using EnvelopeSdk.Generators.Tests.Harness;

namespace EnvelopeSdk.Generators.Tests;

/// <summary>The schema that is published accepts what the service takes, and nothing else; so do examples that it shows.</summary>
public class PublishedSchemaTests
{
    private const int BodiesOfAType = 150;

    private static readonly string[] Pool =
    [
        "null", "true", "0", "-1", "1.0", "1.5", "1e2", "128", "256", "-32769", "65536", "2147483648", "-9223372036854775809", "18446744073709551616", "1e39", "1e309", "-5E-325", "5e-324", "0e-400",
        "\"\"", "\"a\"", "\"ab\"", "\"1.2\"", "\"1\"", "\"2024-02-29\"", "\"2024-02-29T01:02:03\"", "\"01:02:03\"", "\"1.02:03:04\"", "\"0f8fad5b-d9cb-469f-a165-70867728950e\"",
        "\"Good\"", "\"A, B\"", "\"NaN\"", "[]", "[0]", "[null]", "[[]]", "[[1],[1,2]]", "[[1,2],[3]]", "{}", """{"x":1}""", """{"a":1}""", """{"01":1}""", """{"Good":1}""", """{"$type":"circle"}""",
    ];

    /// <summary>The types, or how their rows begin, of which JSON Schema or its validator cannot say all, and what that is. There the service refuses what the schema lets through.</summary>
    private static readonly Dictionary<string, string> SaysLess = new()
    {
        ["int[,]"] = "that rows are equally long",
        ["double[,,]?"] = "that rows are equally long",
        ["string?[,]"] = "that rows are equally long",
        ["Grid"] = "that rows are equally long",
        ["byte[]"] = "that base64 is valid",
        ["byte[]?"] = "that base64 is valid",
        ["Memory<byte>"] = "that base64 is valid",
        ["Blobs"] = "that base64 is valid",
        ["ReadOnlyMemory<byte>"] = "that base64 is valid",
        ["ReadOnlyMemory<byte>?"] = "that base64 is valid",
        ["Uri"] = "that the first segment of a relative URI has no colon",
        ["Uri?"] = "that the first segment of a relative URI has no colon",
        ["Version"] = "that a number of it has 32 bits",
        ["R: public record R(List<Element> A"] = "that a number of a version has 32 bits",
        ["DateTime"] = "how many days a month has, for a date that may stand without a time or an offset",
        ["DateTimeOffset"] = "that it is in the years from 1 to 9999 in UTC",
        ["TimeSpan"] = "that it has 64 bits",
        ["C: [JsonNumberHandling(JsonNumberHandling.AllowReadingFromString"] = "what a number with an exponent in a string is",
    };

    public static TheoryData<string> Types => ServedType.Names;

    public static TheoryData<string> Makeable => ServedType.Makeable;

    [Theory]
    [MemberData(nameof(Types))]
    public void What_the_schema_accepts_is_taken_and_what_it_refuses_is_refused(string type)
    {
        var served = ServedType.Of(type);
        var schema = PublishedSchema.Of(served.Service.Schema, "predict");
        var parameter = served.Service.Schema.Queries.Single(query => query.Name == "predict").Parameters[0];
        foreach (var value in Pool.Concat(served.Accepted.Values).Concat(served.Accepted.Values.SelectMany(Changes)).Distinct())
        {
            var errors = AssertAgree(served, schema, value);
            var example = PublishedSchema.Example(served.Service.Schema, parameter, value);
            Assert.True(errors.Length == 0 ? example is { } published && JsonElement.DeepEquals(JsonElement.Parse(value), published) : example is null, $"{value} as an example: {example}, the service says: {errors}");
        }
    }

    [Theory]
    [MemberData(nameof(Makeable))]
    public void Any_value_of_a_type_is_accepted_by_its_schema_and_taken(string type)
    {
        var served = ServedType.Of(type);
        var schema = PublishedSchema.Of(served.Service.Schema, "predict");
        ValuesOf(served).Sample(
            value =>
            {
                Assert.Equal("", served.Service.Errors("predict", Body(value)));
                Assert.NotEqual(false, schema.Accepts(Body(value)));
            },
            iter: BodiesOfAType);
    }

    [Theory]
    [MemberData(nameof(Makeable))]
    public void Any_change_of_a_value_is_seen_alike_by_the_schema_and_the_service(string type)
    {
        var served = ServedType.Of(type);
        var schema = PublishedSchema.Of(served.Service.Schema, "predict");
        new Mutations(Gen.OneOf(ValuesOf(served), Gen.Int[0, served.Accepted.Values.Length - 1].Select(i => served.Accepted.Values[i]))).Sample(value => AssertAgree(served, schema, value), iter: BodiesOfAType * 2);
    }

    private static Gen<string> ValuesOf(ServedType served) => new Values(Form.Of(served.State)).Select(served.Write);

    private static string Body(string value) => $$"""{"value":{{value}}}""";

    private static string AssertAgree(ServedType served, PublishedSchema schema, string value)
    {
        var errors = served.Service.Errors("predict", Body(value));
        if (!SaysLess.Keys.Any(key => served.Accepted.Type == key || (key.Contains(':', StringComparison.Ordinal) && served.Accepted.ToString().StartsWith(key, StringComparison.Ordinal))) || errors.Length == 0)
        {
            Assert.True((schema.Accepts(Body(value)) ?? errors.Length == 0) == (errors.Length == 0), $"{value}: the schema {(errors.Length == 0 ? "refuses" : "accepts")} it, the service says: {errors}");
        }

        return errors;
    }

    /// <summary>A value with one part replaced, left out or added, wherever it has parts.</summary>
    private static IEnumerable<string> Changes(string value)
    {
        foreach (var (path, node) in JsonNodes.Of(JsonNode.Parse(value)))
        {
            foreach (var other in new[] { "null", "-1.5", "\"x\"", "[]", "{}" })
            {
                yield return JsonNodes.Replace(JsonNode.Parse(value), path, JsonNode.Parse(other));
            }

            if (node is JsonObject members)
            {
                foreach (var name in members.Select(member => member.Key))
                {
                    var fewer = (JsonObject)members.DeepClone();
                    fewer.Remove(name);
                    yield return JsonNodes.Replace(JsonNode.Parse(value), path, fewer);
                }

                var more = (JsonObject)members.DeepClone();
                more["unknown"] = 1;
                yield return JsonNodes.Replace(JsonNode.Parse(value), path, more);
            }
        }
    }
}
