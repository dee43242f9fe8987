using EnvelopeSdk.Generators.Tests.Harness;

namespace EnvelopeSdk.Generators.Tests;

/// <summary>Examples of documentation comments are published when they are values of their types.</summary>
public class PublishedExampleTests
{
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
    [InlineData("Text", "{\"x\":\"1.5\"}", "{\"x\":\"2.5\"}", "{\"x\":\"0\"}", "{\"x\":\"NaN\"}", "{\"x\":\"Infinity\"}", "{\"x\":\"-Infinity\"}", "{\"x\":\"one\"}")]
    [InlineData("Positive", "{\"x\":\"Infinity\"}", "{\"x\":\"-Infinity\"}")]
    [InlineData("Listed", "{\"x\":\"1\"}", "{\"x\":\"2\"}", "{\"x\":\"NaN\"}")]
    public void An_example_is_published_if_it_is_a_value_of_the_type(string type, string right, params string[] wrong)
    {
        var schema = CompiledModel.Of(
            $$"""
            using System.ComponentModel.DataAnnotations;
            [EnvelopeModel("test")] public partial class Model { [Predict] public int Predict({{type}} x) => 1; }
            public record Row([Range(1, 2)] int X);
            public record Text([property: Range(1, 2), JsonNumberHandling((JsonNumberHandling)7)] double X);
            public record Positive([property: Range(1, double.PositiveInfinity), JsonNumberHandling((JsonNumberHandling)7)] double X);
            public record Listed([property: AllowedValues(1), JsonNumberHandling((JsonNumberHandling)7)] double X);
            public enum Color { Red }
            """).Schema;

        Assert.NotNull(PublishedSchema.Example(schema, schema.Queries[0].Parameters[0], right));
        Assert.All(wrong, example => Assert.Null(PublishedSchema.Example(schema, schema.Queries[0].Parameters[0], example)));
    }
}
