using System.Text.Json;
using EnvelopeSdk.Generators.Tests.Harness;
using EnvelopeSdk.Schema;

namespace EnvelopeSdk.Generators.Tests;

/// <summary>Examples of documentation comments are published when they are values of their types.</summary>
public class PublishedExampleTests
{
    public static TheoryData<string> Types => AcceptedTypeTests.Types;

    [Theory]
    [InlineData("int", "1", "1.5", "\"1\"", "one", "", "null", "1 2", "2147483648")]
    [InlineData("int?", "null", "true")]
    [InlineData("[Range(1, 2)] double", "1.5", "0.5", "2.5")]
    [InlineData("[Range(1, 2, MinimumIsExclusive = true, MaximumIsExclusive = true)] double", "1.5", "1", "2")]
    [InlineData("[Length(1, 2)] string", "\"ab\"", "\"\"", "\"abc\"", "ab")]
    [InlineData("[RegularExpression(\"[a-z]*\")] string", "\"ab\"", "\"1\"")]
    [InlineData("[AllowedValues(1, 2)] int", "2", "3")]
    [InlineData("[DeniedValues(1, 2)] int", "3", "2")]
    [InlineData("[MaxLength(1)] int[]", "[1]", "[1,2]", "[\"a\"]", "{}")]
    [InlineData("[MinLength(1)] Dictionary<int, string>", "{\"1\":\"a\"}", "{}", "{\"a\":\"a\"}", "{\" 1\":\"a\"}", "{\"1\":2}")]
    [InlineData("Row", "{\"x\":1}", "{}", "{\"x\":1,\"x\":1}", "{\"x\":9}", "{\"x\":1,\"y\":1}", "[]")]
    [InlineData("Color", "0", "3", "\"Red\"")]
    [InlineData("int[,]", "[[1,2],[3,4]]", "[[1,2],[3]]", "[1]", "1")]
    public void An_example_is_published_if_it_is_a_value_of_the_type(string type, string right, params string[] wrong)
    {
        foreach (var (example, isRight) in wrong.Select(one => (one, false)).Prepend((right, true)))
        {
            var schema = CompiledModel.Of(
                $$"""
                using System.ComponentModel.DataAnnotations;
                [EnvelopeModel("test")] public partial class Model
                {
                    /// <param name="x"><example>{{example}}</example></param>
                    [Predict] public int Predict({{type}} x) => 1;
                }
                public record Row([Range(1, 2)] int X);
                public enum Color { Red }
                """).Schema;
            Assert.True(isRight == Published(schema, schema.Queries[0].Parameters[0]).HasValue, example);
        }
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void Every_value_that_a_service_takes_could_be_published(string type)
    {
        var accepted = AcceptedTypes.All.Single(one => one.ToString() == type);
        var service = CompiledService.Of(CompiledModel.Of(accepted.Model));
        var parameter = service.Schema.Queries.Single(query => query.Name == "predict").Parameters[0];
        foreach (var value in accepted.Values)
        {
            Assert.True(Published(service.Schema, parameter with { Example = value }) is { } published && JsonElement.DeepEquals(JsonElement.Parse(value), published), value);
        }

        foreach (var value in new[] { "null", "true", "1.5", "\"x\"", "[null]", "{\"x\":1}", "1e999" })
        {
            var isTaken = service.Errors("predict", $$"""{"value":{{value}}}""").Length == 0;
            Assert.True(isTaken == Published(service.Schema, parameter with { Example = value }).HasValue, value);
        }
    }

    private static JsonElement? Published(ModelSchema schema, MemberSchema parameter)
    {
        var query = schema.Queries[0] with { Parameters = [parameter] };
        var examples = new JsonSchemaWriter(schema, "#/$defs/").Arguments(query)["properties"]![parameter.Name]!["examples"];
        return examples is null ? null : JsonElement.Parse(examples.ToJsonString())[0];
    }
}
