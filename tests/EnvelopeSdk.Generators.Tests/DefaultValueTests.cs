using System.Text.Json;
using EnvelopeSdk.Generators.Tests.Harness;

namespace EnvelopeSdk.Generators.Tests;

public class DefaultValueTests
{
    private const string Declarations =
        """
        public enum Cut { Fair = 3, Good }
        [Flags] public enum Colors { None, Red, Green }
        [Flags, JsonConverter(typeof(JsonStringEnumConverter))] public enum Named { None, Red, Green, Blue = 4 }
        [JsonConverter(typeof(JsonStringEnumConverter))] public enum Shade { Dark, [JsonStringEnumMemberName("very light")] Light }
        public record struct Point(double X);
        public struct Settable { public long X { get; set; } public Point Y { get; init; } }
        public record struct Sum(int X) { public int Next => X + 1; }
        public record struct Checked([property: System.ComponentModel.DataAnnotations.Range(1, 2)] int X);
        """;

    /// <summary>A type, a default value in C#, the same as it is answered, and as the schema has it.</summary>
    public static TheoryData<string, string, string, string?> Defaults => new()
    {
        { "bool", "true", "true", "true" },
        { "bool", "false", "false", "false" },
        { "char", "'a'", "\"a\"", "\"a\"" },
        { "Colors", "Colors.Red | Colors.Green", "3", "3" },
        { "Named", "Named.Green", "\"Green\"", "\"Green\"" },
        { "Named", "Named.Red | Named.Green", "\"Red, Green\"", "\"Red, Green\"" },
        { "Named", "(Named)7", "\"Red, Green, Blue\"", "\"Red, Green, Blue\"" },
        { "sbyte", "-128", "-128", "-128" },
        { "byte", "255", "255", "255" },
        { "short", "-1", "-1", "-1" },
        { "ushort", "1", "1", "1" },
        { "int", "int.MinValue", "-2147483648", "-2147483648" },
        { "uint", "uint.MaxValue", "4294967295", "4294967295" },
        { "long", "long.MinValue", "-9223372036854775808", "-9223372036854775808" },
        { "long", "1", "1", "1" },
        { "ulong", "ulong.MaxValue", "18446744073709551615", "18446744073709551615" },
        { "float", "0.1f", "0.1", "0.1" },
        { "float", "float.MinValue", "-3.4028235E+38", "-3.4028235E+38" },
        { "double", "1", "1", "1" },
        { "double", "-0.0", "-0", "-0" },
        { "double", "double.Epsilon", "5E-324", "5E-324" },
        { "double", "1e300", "1E+300", "1E+300" },
        { "decimal", "1.50m", "1.50", "1.50" },
        { "decimal", "decimal.MinValue", "-79228162514264337593543950335", "-79228162514264337593543950335" },
        { "decimal", "1", "1", "1" },
        { "string", "\"a\\\"\\\\\\n\\u00e9\"", "\"a\\\"\\\\\\né\"", "\"a\\u0022\\\\\\u000a\\u00e9\"" },
        { "string?", "null", "null", "null" },
        { "int?", "null", "null", "null" },
        { "int?", "5", "5", "5" },
        { "double?", "1", "1", "1" },
        { "decimal?", "1.0m", "1.0", "1.0" },
        { "Cut", "Cut.Good", "4", "4" },
        { "Cut?", "Cut.Good", "4", "4" },
        { "Cut?", "null", "null", "null" },
        { "Shade", "Shade.Light", "\"very light\"", "\"very light\"" },
        { "Shade?", "Shade.Dark", "\"Dark\"", "\"Dark\"" },
        { "Int128", "default", "0", "0" },
        { "UInt128", "default", "0", "0" },
        { "Half", "default", "0", "0" },
        { "Guid", "default", "\"00000000-0000-0000-0000-000000000000\"", "\"00000000-0000-0000-0000-000000000000\"" },
        { "DateTime", "default", "\"0001-01-01T00:00:00\"", "\"0001-01-01T00:00:00\"" },
        { "DateTimeOffset", "default", "\"0001-01-01T00:00:00+00:00\"", "\"0001-01-01T00:00:00+00:00\"" },
        { "DateOnly", "default", "\"0001-01-01\"", "\"0001-01-01\"" },
        { "TimeOnly", "default", "\"00:00:00\"", "\"00:00:00\"" },
        { "TimeSpan", "default", "\"00:00:00\"", "\"00:00:00\"" },
        { "ReadOnlyMemory<byte>", "default", "\"\"", "\"\"" },
        { "Memory<byte>", "default", "\"\"", "\"\"" },
        { "ReadOnlyMemory<float>", "default", "[]", "[]" },
        { "Memory<int>", "default", "[]", "[]" },
        { "Point", "default", "{\"x\":0}", "{\"x\":0}" },
        { "(int A, Point? B, Cut? C, bool D, char E, Shade F)", "default", """{"a":0,"b":null,"c":null,"d":false,"e":"\u0000","f":"Dark"}""", """{"a":0,"b":null,"c":null,"d":false,"e":"\u0000","f":"Dark"}""" },
        { "Settable", "default", """{"x":0,"y":{"x":0}}""", """{"x":0,"y":{"x":0}}""" },
        { "Sum", "default", """{"x":0,"next":1}""", null },
        { "Checked", "default", """{"x":0}""", null },
        { "Point?", "null", "null", "null" },
        { "double[]?", "null", "null", "null" },
        { "List<string?>?", "null", "null", "null" },
    };

    [Theory]
    [MemberData(nameof(Defaults))]
    public void A_default_value_is_in_the_schema_and_is_used_when_an_argument_is_missing(string type, string code, string answer, string? json)
    {
        var model = CompiledModel.Of(
            $$"""
            {{Declarations}}
            public record Input({{type}} Value = {{code}});
            [EnvelopeModel("test")]
            public partial class Model
            {
                [Predict] public {{type}} Predict({{type}} value = {{code}}) => value;
                [Predict] public {{type}} Unpack(Input input) => input.Value;
            }
            public static class Script { public static string Run() => new Model().PredictExample().Output.GetRawText(); }
            """);
        var service = CompiledService.Of(model);

        Assert.Equal(answer, service.Answer("predict", "{}"));
        Assert.Equal(answer, service.Answer("unpack", """{"input":{}}"""));
        Assert.Equal(answer, model.RunScript());
        Assert.Equal(model.Schema.Fingerprint, model.FingerprintFromMetadata());

        var parameter = Assert.Single(model.Schema.Queries[0].Parameters);
        Assert.False(parameter.Required);
        Assert.Equal(json is not null, parameter.Default.ValueKind != JsonValueKind.Undefined);
        Assert.True(json is null || JsonElement.DeepEquals(JsonElement.Parse(json), parameter.Default), parameter.Default.ToString());
    }

    [Theory]
    [InlineData("float", "float.NaN")]
    [InlineData("float", "float.PositiveInfinity")]
    [InlineData("float", "float.NegativeInfinity")]
    [InlineData("double", "double.NegativeInfinity")]
    [InlineData("double", "double.PositiveInfinity")]
    [InlineData("char", "'\\ud800'")]
    [InlineData("Cut", "(Cut)99")]
    [InlineData("double", "double.NaN")]
    [InlineData("string", "\"a\\ud800\"")]
    [InlineData("string", "\"\\udc00\\ud800\"")]
    public void A_default_value_that_JSON_cannot_carry_is_used_but_not_in_the_schema(string type, string code)
    {
        var model = CompiledModel.Of(
            $$"""
            [EnvelopeModel("test")]
            public partial class Model { [Predict] public bool Predict({{type}} value = {{code}}) => value.Equals({{code}}); }
            {{Declarations}}
            """);

        Assert.Equal("true", CompiledService.Of(model).Answer("predict", "{}"));
        Assert.Equal(JsonValueKind.Undefined, model.Schema.Queries[0].Parameters[0].Default.ValueKind);
    }

    [Fact]
    public void A_default_null_of_code_without_nullable_annotations_gives_no_warning()
    {
        var model = CompiledModel.Of(
            """
            #nullable disable
            [EnvelopeModel("test")]
            public partial class Model
            {
                [Predict] public bool Predict(string value = null) => value is null;
            }
            """);
        Assert.Equal("true", CompiledService.Of(model).Answer("predict", "{}"));
    }

    [Fact]
    public void A_property_that_is_not_sent_keeps_what_its_record_sets()
    {
        var model = CompiledModel.Of(
            """
            public record Input(int A) { public int B { get; init; } = 7; public string C { get; set; } = "c"; public required int D { get; init; } }
            [EnvelopeModel("test")]
            public partial class Model { [Predict] public string Predict(Input input) => input.ToString(); }
            """);
        var service = CompiledService.Of(model);
        Assert.Equal("\"Input { A = 1, B = 7, C = c, D = 2 }\"", service.Answer("predict", """{"input":{"a":1,"d":2}}"""));
        Assert.Equal("\"Input { A = 1, B = 8, C = x, D = 2 }\"", service.Answer("predict", """{"input":{"d":2,"c":"x","b":8,"a":1}}"""));
        Assert.Equal([true, false, false, true], model.Schema.TypeOf("Input").Members!.Select(member => member.Required));
    }
}
