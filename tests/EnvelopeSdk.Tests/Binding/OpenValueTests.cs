using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using EnvelopeSdk.Binding;
using EnvelopeSdk.Binding.Reading;
using EnvelopeSdk.Binding.Writing;

namespace EnvelopeSdk.Tests.Binding;

/// <summary>Values whose form is left open: what would throw later is refused when it is read.</summary>
public class OpenValueTests
{
    [Theory]
    [InlineData("""["\ud800"]""", "/0: Expected a string of valid Unicode, got a string with a lone surrogate or invalid UTF-8.")]
    [InlineData("""{"a":[1,{"\udc00":1}]}""", "/a/1/\uFFFD: Expected a member name of valid Unicode, got another name.")]
    [InlineData("\"a\\ud83d\"", "(whole body): Expected a string of valid Unicode, got a string with a lone surrogate or invalid UTF-8.")]
    public void A_lone_surrogate_is_refused_at_its_pointer(string json, string expected)
    {
        Assert.Equal([expected], Reading.Read(json, Element).Errors.List());
        Assert.Equal([expected], Reading.Read(json, Node).Errors.List());
    }

    [Fact]
    public void Invalid_UTF_8_is_refused()
    {
        byte[] json = [(byte)'"', 0xff, (byte)'"'];

        Assert.Equal(1, Reading.Read(json, Element).Errors.Count);
        Assert.Equal(1, Reading.Read(json, Node).Errors.Count);
        Assert.NotEqual(0, Reading.Read(json, (ref JsonInput input) => input.ReadJsonValue()).Errors.Count);
    }

    [Fact]
    public void A_member_that_comes_twice_is_refused_in_a_node_and_kept_in_an_element()
    {
        const string Json = """{"a":[{"b":1,"\u0062":2}]}""";

        Assert.Equal(["/a/0/b: Expected the member once, got it again."], Reading.Read(Json, Node).Errors.List());
        var (element, errors) = Reading.Read(Json, Element);
        Assert.Empty(errors.List());
        Assert.Equal(2, element.GetProperty("a")[0].GetProperty("b").GetInt32());
    }

    [Fact]
    public void Null_is_no_node_but_may_be_in_one()
    {
        Assert.Equal(["(whole body): Expected a value other than null, got null."], Reading.Read("null", Node).Errors.List());
        Assert.Equal("""[null,{"a":null}]""", Reading.Read("""[null,{"a":null}]""", Node).Value!.ToJsonString());
    }

    [Theory]
    [InlineData("{}", "an object"), InlineData("[]", "an array"), InlineData("null", "null")]
    public void What_has_parts_is_no_single_value(string json, string actual) => Assert.Equal(
        [$"(whole body): Expected a string, number or boolean, got {actual}."], Reading.Read(json, (ref JsonInput input) => input.ReadJsonValue()).Errors.List());

    [Theory]
    [InlineData("1e999"), InlineData("0.1000000000000000000000000000000000001"), InlineData("-0")]
    public void A_number_keeps_its_digits(string json)
    {
        Assert.Equal(json, Write(Reading.Read(json, Node).Value));
        Assert.Equal($"[{json}]", Write(Reading.Read($"[{json}]", Node).Value));
    }

    [Fact]
    public void A_string_of_a_body_can_be_had_as_what_it_stands_for()
    {
        var node = Reading.Read("\"0f8fad5b-d9cb-469f-a165-70867728950e\"", Node).Value!;

        Assert.Equal(Guid.Parse("0f8fad5b-d9cb-469f-a165-70867728950e"), node.GetValue<Guid>());
    }

    [Fact]
    public void Nesting_ends_at_the_limit()
    {
        Assert.Empty(Reading.Read(Nested(JsonInput.MaxDepth), Node).Errors.List());
        Assert.Single(Reading.Read(Nested(JsonInput.MaxDepth + 1), Node).Errors.List());
        Assert.Single(Reading.Read(Nested(JsonInput.MaxDepth + 1), Element).Errors.List());
    }

    public static TheoryData<string, JsonNode?> Unwritable => new()
    {
        { "null", null },
        { "NaN", JsonValue.Create(double.NaN) },
        { "NaN in an array", new JsonArray(JsonValue.Create(float.PositiveInfinity)) },
        { "a lone surrogate", JsonValue.Create("a" + '\ud800') },
        { "a lone surrogate in a name", new JsonObject { ["" + '\ud800'] = 1 } },
        { "a lone surrogate in an element", new JsonArray(JsonValue.Create(JsonElement.Parse("\"\\ud800\""))) },
    };

    [Theory]
    [MemberData(nameof(Unwritable))]
    public void What_JSON_cannot_carry_in_an_answer_is_the_models_fault(string what, JsonNode? value)
    {
        Assert.NotEmpty(what);
        Assert.Throws<ModelAnswerException>(() => Write(value));
    }

    [Fact]
    public void An_element_with_a_lone_surrogate_is_the_models_fault()
    {
        Assert.Throws<ModelAnswerException>(() => new JsonOutput().WriteElement(JsonElement.Parse("\"\\ud800\"")));
    }

    private static JsonElement Element(ref JsonInput input) => input.ReadElement();

    private static JsonNode Node(ref JsonInput input) => input.ReadJsonNode();

    private static string Nested(int depth) => new string('[', depth) + new string(']', depth);

    private static string Write(JsonNode? value)
    {
        var output = new JsonOutput();
        output.WriteJsonNode(value);
        return Encoding.UTF8.GetString(output.Written.Span);
    }
}
