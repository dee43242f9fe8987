using System.Collections.Concurrent;
using System.Text.Json;
using CsCheck;
using EnvelopeSdk.Generators.Tests.Harness;
using EnvelopeSdk.Schema;

namespace EnvelopeSdk.Generators.Tests;

/// <summary>What the attributes of <c>System.ComponentModel.DataAnnotations</c> ask for is asked of callers, and published.</summary>
public class ConstraintTests
{
    private static readonly ConcurrentDictionary<string, Lazy<CompiledService>> Services = new(StringComparer.Ordinal);

    /// <summary>A member, values that it takes, values that it does not take, and the refusal.</summary>
    public static TheoryData<string, string[], string[], string> Cases => new()
    {
        { "[Range(0, 5)] double", ["0", "5", "2.5"], ["-0.1"], "a number of at least 0" },
        { "[Range(0, 5)] double", ["0"], ["5.1"], "a number of at most 5" },
        { "[Range(0, 5, MinimumIsExclusive = true, MaximumIsExclusive = true)] int", ["1", "4"], ["0"], "a number of more than 0" },
        { "[Range(0, 5, MinimumIsExclusive = true, MaximumIsExclusive = true)] int", ["1"], ["5"], "a number of less than 5" },
        { "[Range(0.5, 2.5)] long", ["1", "2"], ["0", "-1"], "a number of at least 0.5" },
        { "[Range(typeof(decimal), \"0.01\", \"9.99\")] decimal", ["0.01", "9.99"], ["10"], "a number of at most 9.99" },
        { "[Range(-1, 100)] byte?", ["0", "100", "null"], ["101"], "a number of at most 100" },
        { "[Range(0, double.PositiveInfinity)] float", ["1E+30"], ["-1"], "a number of at least 0" },
        { "[Range(1, 2)] Int128", ["1"], ["3"], "a number of at most 2" },
        { "[Range(1, 2)] UInt128", ["1", "2"], ["3"], "a number of at most 2" },
        { "[Range(0.5, 2.5)] Int128", ["1", "2"], ["0", "-1"], "a number of at least 0.5" },
        { "[Range(-1, 5)] ulong", ["0", "5"], ["6"], "a number of at most 5" },
        { "[Range(0, 5)] ulong", ["0", "5"], ["6"], "a number of at most 5" },
        { "[Range(0, 5, MinimumIsExclusive = true)] ulong", ["1"], ["0"], "a number of more than 0" },
        { "[Range(0.7, 1)] float", ["0.7", "1"], ["0.6"], "a number of at least 0.7" },
        { "[AllowedValues(0.1f, 0.2f)] double", ["0.1", "0.2"], ["0.3"], "one of 0.1, 0.2" },
        { "[Range(1e-35, 1e-30, MinimumIsExclusive = true)] double", ["1E-32", "1E-30"], ["1E-35", "0"], "a number of more than 1E-35" },
        { "[Range(double.Epsilon, 1)] double", ["5E-324"], ["0"], "a number of at least 5E-324" },
        { "[Range(typeof(ulong), \"0\", \"18446744073709551000\")] ulong", ["18446744073709551000"], ["18446744073709551615"], "a number of at most 18446744073709551000" },
        { "[Range(1e2, 1e3)] int", ["100", "1000"], ["99"], "a number of at least 100" },
        { "[Range(0.7, 1)] Half", ["0.7", "1"], ["0.6"], "a number of at least 0.7" },
        { "[Range(-1e300, 1e300)] decimal", ["79228162514264337593543950335", "-79228162514264337593543950335"], [], "" },
        { "[Length(1, 2)] string", ["\"a\"", "\"大😀\""], ["\"\""], "at least 1 characters" },
        { "[StringLength(2, MinimumLength = 1)] string?", ["null", "\"😀😀\""], ["\"abc\""], "at most 2 characters" },
        { "[MinLength(1)] int[]", ["[1]"], ["[]"], "at least 1 items" },
        { "[MaxLength(1)] List<string>?", ["null", "[]", "[\"a\"]"], ["[\"a\",\"b\"]"], "at most 1 items" },
        { "[Length(1, 1)] Dictionary<string, int>", ["""{"a":1}"""], ["{}"], "at least 1 members" },
        { "[MaxLength(2)] ReadOnlyMemory<float>", ["[1,2]"], ["[1,2,3]"], "at most 2 items" },
        { "[RegularExpression(\"[A-Z]{2}\")] string", ["\"AB\"", "\"\""], ["\"ABC\"", "\"ab\"", "\"AB\\n\""], "a string that matches [A-Z]{2}" },
        { "[RegularExpression(@\"\\d\\W|[\\w-]\\D\")] string", ["\"1ä\"", "\"-٣\""], ["\"٣-\"", "\"ä-\""], "a string that matches \\d\\W|[\\w-]\\D" },
        { "[RegularExpression(@\"a$|b.|\\-{}|(?<x>c)\\k<x>\")] string", ["\"a\"", "\"bc\"", "\"-{}\"", "\"cc\""], ["\"a\\n\"", "\"b\\r\""], "a string that matches a$|b.|\\-{}|(?<x>c)\\k<x>" },
        { "[RegularExpression(@\"\\d\\W\")] string", ["\"1ä\""], ["\"aä\"", "\"1a\"", "\"11\""], "a string that matches \\d\\W" },
        { "[RegularExpression(@\"\\w\\D\")] string", ["\"aa\"", "\"_ä\""], ["\"a1\"", "\"ää\""], "a string that matches \\w\\D" },
        { "[RegularExpression(@\"[[\\d-]{2}\")] string", ["\"[1\"", "\"--\""], ["\"a1\""], "a string that matches [[\\d-]{2}" },
        { "[RegularExpression(@\"(a|b)\\1\")] string", ["\"aa\"", "\"bb\""], ["\"ab\""], "a string that matches (a|b)\\1" },
        { "[AllowedValues(\"a\", \"b\")] string", ["\"a\""], ["\"c\""], "one of \"a\", \"b\"" },
        { "[AllowedValues(1, 2.5)] double", ["1", "2.5"], ["2"], "one of 1, 2.5" },
        { "[AllowedValues(1, null)] int?", ["1", "null"], ["2"], "one of 1, null" },
        { "[AllowedValues(true)] bool", ["true"], ["false"], "one of true" },
        { "[AllowedValues(1.5, 2)] float", ["1.5", "2"], ["1"], "one of 1.5, 2" },
        { "[AllowedValues((object?)null)] int?", ["null"], ["1"], "one of null" },
        { "[DeniedValues(13)] int", ["12"], ["13"], "none of 13" },
        { "[DeniedValues(13, 14)] decimal", ["12"], ["13", "14"], "none of 13, 14" },
        { "[EmailAddress] string", ["\"a@b\""], ["\"a\"", "\"a@b@c\"", "\"a@b\\n\""], "an e-mail address" },
        { "[Url] string", ["\"https://a\"", "\"FTP://a\""], ["\"mailto:a\""], "a URL that begins with http://, https:// or ftp://" },
        { "[Required] string", ["\"a\""], ["\"\"", "\" \""], "a string that is more than white space" },
        { "[MinLength(1), StringLength(4, MinimumLength = 2)] string", ["\"ab\"", "\"abcd\""], ["\"a\""], "at least 2 characters" },
        { "[Length(1, 3), MaxLength(2)] int[]", ["[1]", "[1,2]"], ["[1,2,3]"], "at most 2 items" },
        { "[MaxLength(2), Length(1, 3)] Dictionary<string, int>", ["{\"a\":1}"], ["{\"a\":1,\"b\":2,\"c\":3}"], "at most 2 members" },
        { "[Required(AllowEmptyStrings = true), MaxLength(1)] string", ["\"\""], ["\"ab\""], "at most 1 characters" },
    };

    /// <summary>The same of numbers that are rounded to their type before they are looked at: one beside a bound may be rounded to it.</summary>
    public static TheoryData<string, string[], string[], string> Rounded => new()
    {
        { "[Range(0, float.MaxValue)] float", ["3.4028235E+38"], ["-1"], "a number of at least 0" },
        { "[Range(0, Math.PI)] float", ["3.1415927", "3"], ["3.1415930"], "a number of at most 3.1415927" },
        { "[AllowedValues(1.0 / 3)] float", ["0.33333334"], ["0.3"], "one of 0.33333334" },
    };

    [Theory]
    [InlineData("[Range(0, 10)] int", "11", "11")]
    [InlineData("[Range(0, 10)] double", "-0.5", "-0.5")]
    [InlineData("[Range(typeof(decimal), \"0\", \"10\")] decimal", "10.50", "10.50")]
    [InlineData("[AllowedValues(1, 2)] int", "3", "3")]
    [InlineData("[MaxLength(2)] string", "\"secret\"", "6 characters")]
    [InlineData("[MinLength(2)] string", "\"s\"", "1 character")]
    [InlineData("[MaxLength(1)] int[]", "[1,2]", "2 items")]
    [InlineData("[MinLength(1)] Dictionary<string, int>", "{}", "0 members")]
    [InlineData("[RegularExpression(\"a+\")] string", "\"secret\"", "another string")]
    [InlineData("[AllowedValues(\"a\")] string", "\"secret\"", "another string")]
    public void A_refusal_says_which_number_or_length_came_and_no_text_of_the_caller(string declaration, string value, string actual) =>
        Assert.EndsWith($", got {actual}.", Service(declaration).Answer("flat", $$"""{"value":{{value}}}"""), StringComparison.Ordinal);

    [Theory]
    [MemberData(nameof(Cases))]
    [MemberData(nameof(Rounded))]
    public void A_parameter_and_a_member_are_held_to_their_annotations(string declaration, string[] valid, string[] invalid, string expected)
    {
        var service = Service(declaration);
        foreach (var value in valid)
        {
            Assert.Equal("true", service.Answer("flat", $$"""{"value":{{value}}}"""));
            Assert.Equal("true", service.Answer("deep", $$$"""{"row":{"value":{{{value}}}}}"""));
        }

        foreach (var value in invalid)
        {
            var answer = service.Answer("flat", $$"""{"value":{{value}}}""");
            Assert.StartsWith($"/value: Expected {expected}, got ", answer, StringComparison.Ordinal);
            Assert.Equal("/row" + answer, service.Answer("deep", $$$"""{"row":{"value":{{{value}}}}}"""));
        }

        foreach (var value in valid.Concat(invalid))
        {
            Assert.Equal(valid.Contains(value), PublishedSchema.Of(service.Schema, "flat").Accepts($$"""{"value":{{value}}}"""));
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Any_change_of_a_value_is_seen_alike_by_the_schema_and_the_service(string declaration, string[] valid, string[] invalid, string expected)
    {
        var service = Service(declaration);
        var (flat, deep) = (PublishedSchema.Of(service.Schema, "flat"), PublishedSchema.Of(service.Schema, "deep"));
        string[] values = [.. valid, .. invalid];
        new Mutations(Gen.Int[0, values.Length - 1].Select(i => values[i])).Sample(
            value =>
            {
                var (inFlat, inDeep) = ($$"""{"value":{{value}}}""", $$$"""{"row":{"value":{{{value}}}}}""");
                var isTaken = service.Errors("flat", inFlat).Length == 0;
                Assert.True((flat.Accepts(inFlat) ?? isTaken) == isTaken, $"{value}: the schema {(isTaken ? "refuses" : "accepts")} it; expected {expected}");
                Assert.Equal((isTaken, isTaken), (deep.Accepts(inDeep) ?? isTaken, service.Errors("deep", inDeep).Length == 0));
            },
            iter: 500);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    [MemberData(nameof(Rounded))]
    public async Task An_example_that_a_service_would_refuse_is_not_saved(string declaration, string[] valid, string[] invalid, string expected)
    {
        var model = Model(declaration);
        static PredictionExample Example(string value) => new("flat", JsonElement.Parse($$"""{"value":{{value}}}"""), JsonElement.Parse("true"));

        Assert.NotNull(await model.FreezeAsync([.. valid.Select(Example)]));
        foreach (var value in invalid)
        {
            var refusal = await Assert.ThrowsAsync<EnvelopeException>(() => model.FreezeAsync(Example(value)));
            Assert.True(refusal.Message.Contains("query 'flat' has the argument 'value'", StringComparison.Ordinal), $"{refusal.Message} instead of asking for {expected}");
        }
    }

    [Theory]
    [InlineData("[Range(0, 1)] string")]
    [InlineData("[Range(typeof(DateTime), \"2020-01-01\", \"2030-01-01\")] DateTime")]
    [InlineData("[MaxLength(1)] int")]
    [InlineData("[AllowedValues(\"a\")] int")]
    [InlineData("[AllowedValues(1.5)] int")]
    [InlineData("[Required] string?")]
    [InlineData("[AllowedValues(1)] int?")]
    [InlineData("[DeniedValues(0, null)] int?")]
    [InlineData("[AllowedValues(-1, 0)] uint")]
    [InlineData("[DeniedValues(300)] byte")]
    [InlineData("[Range(-5, -1)] ulong")]
    [InlineData("[Range(300, 400)] byte")]
    [InlineData("[Range(0.2, 0.8)] int")]
    [InlineData("[Range(0, 1, MinimumIsExclusive = true, MaximumIsExclusive = true)] int")]
    [InlineData("[Range(typeof(UInt128), \"-5\", \"-1\")] UInt128")]
    [InlineData("[System.Runtime.InteropServices.Optional, System.Runtime.CompilerServices.DateTimeConstant(5)] DateTime")]
    [InlineData("[Phone] string")]
    [InlineData("[RegularExpression(\"a\")] char")]
    public void An_annotation_that_no_schema_can_say_is_refused(string declaration)
    {
        var model = CompiledModel.Of(
            $$"""
            using System.ComponentModel.DataAnnotations;

            [EnvelopeModel("test")]
            public partial class Model
            {
                [Predict] public bool Refused({{declaration}} value) => true;

                [Predict] public bool Served(int value) => true;
            }
            """);

        Assert.Equal("served", Assert.Single(model.Schema.Queries).Name);
    }

    [Fact]
    public void All_that_is_wrong_is_told_at_once_and_a_value_of_the_wrong_type_only_once()
    {
        var service = CompiledService.Of(CompiledModel.Of(
            """
            using System.ComponentModel.DataAnnotations;

            [EnvelopeModel("test")]
            public partial class Model
            {
                [Predict] public bool Predict([Range(0, 1)] double a, [MinLength(1)] string b, [Range(0, 1)] int c) => true;
            }
            """));

        Assert.Equal(
            "/a: Expected a number of at most 1, got 2.\n/b: Expected at least 1 characters, got 0 characters.\n/c: Expected an integer from -2147483648 to 2147483647, got a string.",
            service.Answer("predict", """{"a":2,"b":"","c":"x"}"""));
    }

    [Theory]
    [InlineData("[Range(18, 120)] int", "18", "120")]
    [InlineData("[Range(-1, 1000)] byte", "0", "255")]
    [InlineData("[Range(0.5, 2.5)] float", "0.5", "2.5")]
    [InlineData("[Range(typeof(long), \"9007199254740992\", \"9007199254740993\")] long", "9007199254740992", "9007199254740993")]
    public void A_bound_is_published_once_and_is_the_narrower_one_of_the_type_and_the_annotation(string declaration, string minimum, string maximum)
    {
        var schema = Service(declaration).Schema;
        var value = new JsonSchemaWriter(schema, "#/").Arguments(schema.Queries.Single(query => query.Name == "flat"))["properties"]!["value"]!.AsObject();

        Assert.Equal((minimum, maximum), (value["minimum"]!.ToJsonString(), value["maximum"]!.ToJsonString()));
        Assert.False(value.ContainsKey("allOf"));
    }

    [Fact]
    public void A_property_that_is_marked_as_required_has_to_be_sent()
    {
        var model = CompiledModel.Of(
            """
            using System.ComponentModel.DataAnnotations;
            public class Row
            {
                [Required] public string A { get; set; } = "a";
                [JsonRequired] public string B { get; set; } = "b";
                [JsonInclude] public required string C = "c";
                public string D { get; set; } = "d";
            }

            [EnvelopeModel("test")] public partial class Model { [Predict] public string Predict(Row row) => row.A; }
            """);

        var members = model.Schema.TypeOf("Row").Members!.ToDictionary(member => member.Name, member => member.Required);
        Assert.Equal((true, true, true, false), (members["a"], members["b"], members["c"], members["d"]));
        Assert.Equal(
            "/row/a: Expected a value, got nothing: the member is missing.\n/row/b: Expected a value, got nothing: the member is missing.\n/row/c: Expected a value, got nothing: the member is missing.",
            CompiledService.Of(model).Answer("predict", """{"row":{}}"""));
    }

    [Fact]
    public async Task A_member_that_cannot_be_set_asks_nothing_of_callers()
    {
        var model = CompiledModel.Of(
            """
            using System.ComponentModel.DataAnnotations;
            public record Row(int A, int B) { [Range(0, 100)] public int Sum => A + B; }
            public record Strict([property: JsonRequired, Range(1, 5)] int X = 0);
            [EnvelopeModel("test")] public partial class Model { [Predict] public int Predict(Row row, Strict strict) => row.Sum; }
            public static class Script { public static object Run() => new Model().PredictExample(new(80, 80), new(1)); }
            """);

        Assert.NotNull(await model.FreezeAsync((PredictionExample)model.RunScript()!));
        const string Body = """{"row":{"a":80,"b":80,"sum":160},"strict":{"x":1}}""";
        Assert.Equal((true, "160"), (PublishedSchema.Of(model.Schema, "predict").Accepts(Body), CompiledService.Of(model).Answer("predict", Body)));
    }

    private static CompiledService Service(string declaration) => Services.GetOrAdd(declaration, _ => new(() => CompiledService.Of(Model(declaration)))).Value;

    private static CompiledModel Model(string declaration) => CompiledModel.Of(
        $$"""
        using System.ComponentModel.DataAnnotations;

        public record Row({{declaration}} Value);

        [EnvelopeModel("test")]
        public partial class Model
        {
            [Predict] public bool Flat({{declaration}} value) => true;

            [Predict] public bool Deep(Row row) => true;
        }
        """);
}
