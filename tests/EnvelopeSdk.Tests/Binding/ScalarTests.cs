using EnvelopeSdk.Binding.Numbers;
using EnvelopeSdk.Binding.Reading;

namespace EnvelopeSdk.Tests.Binding;

public class ScalarTests
{
    private static readonly Dictionary<string, JsonRead<object>> Readers = new()
    {
        ["bool"] = static (ref JsonInput input) => input.ReadBoolean(),
        ["string"] = static (ref JsonInput input) => input.ReadString(),
        ["sbyte"] = static (ref JsonInput input) => input.ReadSByte(),
        ["byte"] = static (ref JsonInput input) => input.ReadByte(),
        ["short"] = static (ref JsonInput input) => input.ReadInt16(),
        ["ushort"] = static (ref JsonInput input) => input.ReadUInt16(),
        ["int"] = static (ref JsonInput input) => input.ReadInt32(),
        ["uint"] = static (ref JsonInput input) => input.ReadUInt32(),
        ["long"] = static (ref JsonInput input) => input.ReadInt64(),
        ["ulong"] = static (ref JsonInput input) => input.ReadUInt64(),
        ["float"] = static (ref JsonInput input) => input.ReadSingle(),
        ["double"] = static (ref JsonInput input) => input.ReadDouble(),
        ["decimal"] = static (ref JsonInput input) => input.ReadDecimal(),
        ["Half"] = static (ref JsonInput input) => input.ReadHalf(),
        ["enum"] = static (ref JsonInput input) => Reading.Day(ref input),
    };

    public static TheoryData<string, string, object> Limits => new()
    {
        { "bool", "true", true },
        { "bool", " false\n", false },
        { "string", "\"\"", "" },
        { "string", "\"\\u0000\\ud83d\\ude00\"", "\0😀" },
        { "sbyte", "-128", sbyte.MinValue },
        { "sbyte", "127", sbyte.MaxValue },
        { "byte", "0", byte.MinValue },
        { "byte", "255", byte.MaxValue },
        { "short", "-32768", short.MinValue },
        { "short", "32767", short.MaxValue },
        { "ushort", "65535", ushort.MaxValue },
        { "int", "-2147483648", int.MinValue },
        { "int", "2147483647", int.MaxValue },
        { "uint", "4294967295", uint.MaxValue },
        { "long", "-9223372036854775808", long.MinValue },
        { "long", "9223372036854775807", long.MaxValue },
        { "ulong", "18446744073709551615", ulong.MaxValue },
        { "float", "3.4028235e38", float.MaxValue },
        { "float", "1e-99", 0f },
        { "double", "1.7976931348623157E+308", double.MaxValue },
        { "double", "5e-324", double.Epsilon },
        { "double", "1e-999", 0d },
        { "decimal", "79228162514264337593543950335", decimal.MaxValue },
        { "decimal", "0.0000000000000000000000000001", 0.0000000000000000000000000001m },
        { "enum", "\"\\u004donday\"", DayOfWeek.Monday },
    };

    [Theory]
    [MemberData(nameof(Limits))]
    public void A_value_at_the_limit_of_its_type_is_read(string type, string json, object expected)
    {
        var (value, errors) = Reading.Read(json, Readers[type]);

        Assert.Empty(errors.List());
        Assert.Equal(expected, value);
    }

    /// <summary>Numbers whose types also take them in strings, each with whether it is one of the type.</summary>
    public static TheoryData<string, string, bool> Numbers => new()
    {
        { "Half", "65504", true },
        { "Half", "65504.0000001", false },
        { "Half", "-65510", false },
        { "uint", "-0.0", true },
        { "uint", "-0.00000000000000000000000000000", true },
        { "uint", "-0e-99999999999", true },
        { "uint", "-0.00000000000000000000000000001", false },
        { "uint", "1e99999999999", false },
        { "ulong", "-0.00000000000000000000e5", true },
    };

    [Theory]
    [MemberData(nameof(Numbers))]
    public void A_number_is_one_of_its_type_or_not_in_every_form(string type, string text, bool isTaken)
    {
        JsonRead<object> withForms = type switch
        {
            "Half" => static (ref JsonInput input) => input.ReadNumber<Half>(NumberForms.AllowReadingFromString),
            "uint" => static (ref JsonInput input) => input.ReadNumber<uint>(NumberForms.AllowReadingFromString),
            _ => static (ref JsonInput input) => input.ReadNumber<ulong>(NumberForms.AllowReadingFromString),
        };

        Assert.Equal(isTaken, Reading.Read(text, Readers[type]).Errors.Count == 0);
        Assert.Equal(isTaken, Reading.Read(text, withForms).Errors.Count == 0);
        Assert.Equal(isTaken, Reading.Read($"\"{text}\"", withForms).Errors.Count == 0);
        Assert.Equal(isTaken, Reading.Read($"\"{string.Concat(text.Select(unit => $"\\u{(int)unit:x4}"))}\"", withForms).Errors.Count == 0);
    }

    [Theory]
    [InlineData("\\u004eaN", true), InlineData("-\\u0049nfinity", true), InlineData("\\u004eAN", false), InlineData("\\ud800", false), InlineData("", false)]
    public void A_named_number_is_the_same_with_escapes(string text, bool isTaken) =>
        Assert.Equal(isTaken, Reading.Read($"\"{text}\"", (ref JsonInput input) => input.ReadNumber<double>(NumberForms.AllowNamedFloatingPointLiterals)).Errors.Count == 0);

    [Theory]
    [InlineData("sbyte", "-129"), InlineData("sbyte", "128"), InlineData("sbyte", "1.5")]
    [InlineData("byte", "-1"), InlineData("byte", "256")]
    [InlineData("short", "-32769"), InlineData("short", "32768")]
    [InlineData("ushort", "-1"), InlineData("ushort", "65536")]
    [InlineData("int", "-2147483649"), InlineData("int", "2147483648"), InlineData("int", "0.1")]
    [InlineData("uint", "-1"), InlineData("uint", "4294967296")]
    [InlineData("long", "-9223372036854775809"), InlineData("long", "9223372036854775808")]
    [InlineData("ulong", "-1"), InlineData("ulong", "18446744073709551616")]
    [InlineData("float", "3.5e38"), InlineData("float", "-1e999")]
    [InlineData("double", "1e999"), InlineData("double", "-1.8e308")]
    [InlineData("decimal", "79228162514264337593543950336"), InlineData("decimal", "1e999")]
    public void A_number_beyond_its_type_is_refused_as_a_number(string type, string json)
    {
        var (_, errors) = Reading.Read(json, Readers[type]);

        var error = Assert.Single(errors.List());
        var isFraction = json is "0.1" or "1.5";
        Assert.Equal(isFraction ? "a number with a fraction" : "a number that is out of range", errors[0].Actual);
        Assert.StartsWith("(whole body): Expected a", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1.5", true), InlineData("15e-1", true), InlineData("1e-400", true), InlineData("123456789012345678901234567890.5", true)]
    [InlineData("1e999", false), InlineData("1.5e999999999999999999", false), InlineData("99999999999.0", false), InlineData("999999999990e-1", false)]
    public void An_integer_that_is_none_has_a_fraction_or_is_out_of_range(string json, bool hasFraction)
    {
        var (_, errors) = Reading.Read(json, Readers["int"]);

        Assert.Single(errors.List());
        Assert.Equal(hasFraction ? "a number with a fraction" : "a number that is out of range", errors[0].Actual);
    }

    [Fact]
    public void A_value_of_another_kind_is_refused_by_every_scalar_and_its_kind_is_named()
    {
        var kinds = new Dictionary<string, string>
        {
            ["{\"a\":[1]}"] = "an object",
            ["[1,[2]]"] = "an array",
            ["\"text\""] = "a string",
            ["12"] = "a number",
            ["true"] = "a boolean",
            ["null"] = "null",
        };
        foreach (var (type, reader) in Readers)
        {
            var own = type switch { "bool" => "a boolean", "string" or "enum" => "a string", _ => "a number" };
            foreach (var (json, actual) in kinds.Where(kind => kind.Value != own))
            {
                var (_, errors) = Reading.Read(json, reader);
                Assert.Single(errors.List());
                Assert.Equal(actual, errors[0].Actual);
            }
        }
    }

    [Fact]
    public void Another_string_than_the_names_of_an_enum_is_refused()
    {
        var (_, errors) = Reading.Read("\"monday\"", Readers["enum"]);

        Assert.Equal("(whole body): Expected one of \"Monday\", got another string.", Assert.Single(errors.List()));
    }
}
