using EnvelopeSdk.Generators.Tests.Harness;

namespace EnvelopeSdk.Generators.Tests;

/// <summary>Values that are not of the type: each is refused at its own pointer, in words that hold nothing of what came.</summary>
public class RefusedValueTests
{
    private const string Shape =
        "[JsonDerivedType(typeof(Circle), \"circle\"), JsonDerivedType(typeof(Group), \"group\")] public abstract record Shape; public record Circle(double Radius) : Shape; public record Group(Shape[] Parts) : Shape;";

    private const string Flags = "[Flags, JsonConverter(typeof(JsonStringEnumConverter))] public enum F { A = 1, B = 2 }";

    public static TheoryData<string, string, string, string> Cases => new()
    {
        { "Int128", "", "170141183460469231731687303715884105728", ": Expected an integer from -2^127 to 2^127-1, got a number that is out of range." },
        { "int", "", "1.5", ": Expected an integer from -2147483648 to 2147483647, got a number with a fraction." },
        { "int", "", "1e999999999", ": Expected an integer from -2147483648 to 2147483647, got a number that is out of range." },
        { "Half", "", "65520", ": Expected a number within the range of a 16-bit float, got a number that is out of range." },
        { "Half", "", "65505", ": Expected a number within the range of a 16-bit float, got a number that is out of range." },
        { "DateTimeOffset", "", "\"2024-05-31T13:45:00.123-12\"", ": Expected a date and time with its offset from UTC such as 2024-05-31T13:45:00+02:00, got another string." },
        { "Uri", "", "\"a#b#c\"", ": Expected a URI, got another string." },
        { "Uri", "", "\" a\"", ": Expected a URI, got another string." },
        { "Uri", "", "\"https://a/\u00e9\"", ": Expected a URI, got another string." },
        { "char", "", "\"ab\"", ": Expected one character up to U+FFFF, got another string." },
        { "char", "", "\"\\ud800\"", ": Expected one character up to U+FFFF, got another string." },
        { "Guid", "", "\"0f8fad5bd9cb469fa16570867728950e\"", ": Expected a UUID such as 0f8fad5b-d9cb-469f-a165-70867728950e, got another string." },
        { "DateTimeOffset", "", "\"2024-05-31T13:45:00.+02:00\"", ": Expected a date and time with its offset from UTC such as 2024-05-31T13:45:00+02:00, got another string." },
        { "DateTime", "", "\"2024-05-31T13:45:00.\"", ": Expected a date and time such as 2024-05-31T13:45:00, got another string." },
        { "DateTime", "", "\"2024-05-31T13:45:00\\u002eZ\"", ": Expected a date and time such as 2024-05-31T13:45:00, got another string." },
        { "DateTimeOffset", "", "\"2024-05-31T13:45:00\"", ": Expected a date and time with its offset from UTC such as 2024-05-31T13:45:00+02:00, got another string." },
        { "DateOnly", "", "\"2023-02-29\"", ": Expected a date such as 2024-05-31, got another string." },
        { "TimeOnly", "", "\"24:00:00\"", ": Expected a time such as 13:45:00, got another string." },
        { "TimeSpan", "", "\"1\"", ": Expected a time span such as 1.02:03:04.5000000, got another string." },
        { "Uri", "", "\"a b\"", ": Expected a URI, got another string." },
        { "Version", "", "\"1\"", ": Expected a version such as 1.2.3, got another string." },
        { "byte[]", "", "\"A\"", ": Expected bytes in base64, got another string." },
        { "byte[]", "", "[1]", ": Expected bytes in base64, got an array." },
        { "int[,]", "", "[[1,2],[3]]", "/1: Expected as many items as the arrays before it have, 2, got 1 item." },
        { "int[,]", "", "[1]", "/0: Expected an array, got a number." },
        { "Dictionary<int, int>", "", """{"01":1}""", "/01: Expected a member name that is an integer in the range of int32, got another name." },
        { "Dictionary<Guid, int>", "", """{"a":1}""", "/a: Expected a member name that is a UUID, got another name." },
        { "Dictionary<Cut, int>", "public enum Cut { Good }", """{"Bad":1}""", "/Bad: Expected a member name that is a value of Cut, got another name." },
        { "Dictionary<string, int>", "", """{"a":1,"a":2}""", "/a: Expected the member once, got it again." },
        { "Dictionary<string, int>", "", """{"\ud800":1}""", "/\uFFFD: Expected a member name of valid Unicode, got another name." },
        { "Dictionary<string, int[]>", "", """{"a":[1,"x"]}""", "/a/1: Expected an integer from -2147483648 to 2147483647, got a string." },
        { "F", Flags, "\"A, C\"", ": Expected names with ', ' between them, of \"A\", \"B\", got another value." },
        { "F", Flags, "3", ": Expected names with ', ' between them, of \"A\", \"B\", got a number." },
        { "Shape", Shape, """{"radius":1}""", "/$type: Expected one of \"circle\", \"group\", got nothing: the member is missing." },
        { "Shape", Shape, """{"$type":"square"}""", "/$type: Expected one of \"circle\", \"group\", got another value." },
        { "Shape", Shape, """{"$type":"\ud800"}""", "/$type: Expected one of \"circle\", \"group\", got another value." },
        { "Shape", Shape, """{"$type":1}""", "/$type: Expected one of \"circle\", \"group\", got another value." },
        { "Shape", Shape, "[]", ": Expected an object, got an array." },
        { "Shape", Shape, """{"$type":"circle","$type":"circle","radius":1}""", "/$type: Expected the member once, got it again." },
        { "Shape", Shape, """{"$type":"group","parts":[{"$type":"circle"}]}""", "/parts/0/radius: Expected a value, got nothing: the member is missing." },
        { "System.Text.Json.Nodes.JsonNode", "", "null", ": Expected a value other than null, got null." },
        { "System.Text.Json.Nodes.JsonNode?", "", """[{"a":1,"a":2}]""", "/0/a: Expected the member once, got it again." },
        { "System.Text.Json.Nodes.JsonObject", "", "null", ": Expected an object, got null." },
        { "System.Text.Json.Nodes.JsonObject", "", """{"a":1,"a":2}""", "/a: Expected the member once, got it again." },
        { "System.Text.Json.Nodes.JsonObject", "", """{"a":"\ud800"}""", "/a: Expected a string of valid Unicode, got a string with a lone surrogate or invalid UTF-8." },
        { "System.Text.Json.Nodes.JsonArray", "", "{}", ": Expected an array, got an object." },
        { "System.Text.Json.Nodes.JsonValue", "", "[]", ": Expected a string, number or boolean, got an array." },
        { "JsonElement", "", """{"a":["\ud800"]}""", "/a/0: Expected a string of valid Unicode, got a string with a lone surrogate or invalid UTF-8." },
        { "(int Low, int High)", "", """{"low":1}""", "/high: Expected a value, got nothing: the member is missing." },
        { "C", "public record C(int X) { public int Twice => 2 * X; }", """{"x":1,"twice":"2"}""", "/twice: Expected an integer from -2147483648 to 2147483647, got a string." },
        { "C", "public class C { [JsonExtensionData] public Dictionary<string, JsonElement>? More { get; set; } }", """{"a":1,"a":2}""", "/a: Expected the member once, got it again." },
        { "C", "[JsonNumberHandling(JsonNumberHandling.AllowReadingFromString)] public record C(int X);", """{"x":"01"}""", "/x: Expected a number, or a string that holds one, got another string." },
        { "C", "[JsonNumberHandling(JsonNumberHandling.AllowReadingFromString)] public record C(int X);", """{"x":" 1"}""", "/x: Expected a number, or a string that holds one, got another string." },
        { "C", "[JsonNumberHandling(JsonNumberHandling.AllowNamedFloatingPointLiterals)] public record C(double X);", """{"x":"nan"}""", "/x: Expected a number, \"NaN\", \"Infinity\" or \"-Infinity\", got another string." },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_value_of_another_form_is_refused_at_its_pointer(string type, string declarations, string json, string expected)
    {
        var service = CompiledService.Of(CompiledModel.Of(new AcceptedType(type, declarations).Model));

        Assert.Equal("/value" + expected, service.Errors("predict", $$"""{"value":{{json}}}"""));
    }

    [Theory]
    [InlineData("int", "1.0", "1")]
    [InlineData("long", "10e-1", "1")]
    [InlineData("UInt128", "1e2", "100")]
    [InlineData("byte", "-0", "0")]
    [InlineData("byte", "-0.0e5", "0")]
    [InlineData("Int128", "-12.50e1", "-125")]
    public async Task An_integer_may_be_written_in_every_way_that_JSON_has_for_it(string type, string json, string written)
    {
        var model = CompiledModel.Of(new AcceptedType(type, "").Model);
        var service = CompiledService.Of(model);
        var trained = Activator.CreateInstance(model.Type, service.ReadValue(written))!;

        Assert.Equal(written, service.Answer(await model.SaveAndLoadAsync(trained), "predict", $$"""{"value":{{json}}}"""));
    }

    [Fact]
    public void A_discriminator_may_stand_behind_other_members()
    {
        var service = CompiledService.Of(CompiledModel.Of(new AcceptedType("Shape", Shape).Model));

        Assert.Equal("", service.Errors("predict", """{"value":{"parts":[{"radius":1,"$type":"circle"}],"$type":"group"}}"""));
    }
}
