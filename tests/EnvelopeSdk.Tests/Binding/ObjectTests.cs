using EnvelopeSdk.Binding;
using EnvelopeSdk.Binding.Reading;

namespace EnvelopeSdk.Tests.Binding;

public class ObjectTests
{
    [Fact]
    public void All_errors_of_a_text_are_found_at_once_and_each_has_its_pointer()
    {
        var (_, errors) = Reading.Read(
            """[{"area": "big", "a/b~c": ["x", 1, null]}, 7, {"a/b~c": {}, "more": [1, {"deep": 2}]}, {"area": 1}]""",
            (ref JsonInput input) => Reading.Houses(ref input));

        Assert.Equal(
            [
                "/0/area: Expected a number, got a string.",
                "/0/a~1b~0c/1: Expected a string, got a number.",
                "/0/a~1b~0c/2: Expected a string, got null.",
                "/1: Expected an object, got a number.",
                "/2/a~1b~0c: Expected an array, got an object.",
                "/2/more: Expected one of the members 'area', 'a/b~c', got an unknown member.",
                "/2/area: Expected a value, got nothing: the member is missing.",
            ],
            errors.List());
    }

    [Theory]
    [InlineData("""{"area":1,"a/b~c":["x"]}""")]
    [InlineData("""{"a/b~c":["x"],"area":1}""")]
    [InlineData("""{ "area" : 1 , "a/b~c" : [ "x" ] }""")]
    [InlineData("{\"area\":\n1,\n\"a/b~c\":\t[\"x\"]}")]
    public void Members_come_in_any_order_and_with_any_space_between_them(string json)
    {
        var (house, errors) = Reading.Read(json, Reading.House);

        Assert.Empty(errors.List());
        Assert.Equal((1, "x"), (house!.Area, Assert.Single(house.Moods)));
    }

    [Theory]
    [InlineData("""{,"area":1}"""), InlineData("""{"area":1"a/b~c":[]}"""), InlineData("""{"area":1,,"a/b~c":[]}"""), InlineData("""{"area":1,}""")]
    [InlineData("""{"area":}"""), InlineData("""{"area":,"a/b~c":[]}"""), InlineData("""{"area":1:"a/b~c":[]}"""), InlineData("""{"area" 1}"""), InlineData("""{area:1}"""), InlineData("""{"area":1]""")]
    public void Members_that_are_not_put_together_as_JSON_does_are_a_syntax_error(string json)
    {
        var (_, errors) = Reading.Read(json, Reading.House);

        Assert.Contains("valid JSON", Assert.Single(errors.List()), StringComparison.Ordinal);
    }

    [Fact]
    public void A_name_with_a_quote_is_no_name_without_an_escape()
    {
        var names = new MemberNames("a \"b\"");
        JsonRead<int> read = (ref JsonInput input) =>
        {
            var member = -1;
            return input.BeginObject() && input.NextMember(names, ref member) ? member : -2;
        };

        Assert.Equal(-2, Reading.Read("""{"a "b"":1}""", read).Value);
        Assert.Equal(0, Reading.Read("""{"a \"b\"":1}""", read).Value);
        Assert.Equal(-1, Reading.Read("""{"a":1}""", read).Value);
    }

    [Fact]
    public void A_pointer_shows_only_the_beginning_of_a_long_name_and_the_rest_is_not_copied()
    {
        var json = System.Text.Encoding.UTF8.GetBytes($$"""{"{{new string('大', 3_000_000)}}":1,"area":2}""");
        Reading.Read(json, Reading.House);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var (_, errors) = Reading.Read(json, Reading.House);

        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 20_000);
        Assert.Equal("/" + new string('大', 200) + "…", errors[0].Pointer);
    }

    [Fact]
    public void A_member_that_comes_twice_is_refused_and_the_first_is_kept()
    {
        var (house, errors) = Reading.Read("""{"area": 1, "ar\u0065a": [2, {}], "a/b~c": []}""", Reading.House);

        Assert.Equal("/area: Expected the member once, got it again.", Assert.Single(errors.List()));
        Assert.Equal(1, house!.Area);
    }

    [Fact]
    public void The_name_of_an_unknown_member_is_escaped_in_its_pointer()
    {
        var (_, errors) = Reading.Read("""{"area": 1, "~/": 1, "": 2}""", Reading.House);

        Assert.Equal(["/~0~1", "/"], Enumerable.Range(0, errors.Count).Select(i => errors[i].Pointer));
    }

    [Fact]
    public void A_member_name_written_with_escapes_is_the_same_name()
    {
        var (house, errors) = Reading.Read("""{"\u0061rea": 2, "a\/b~c": ["\u0041"]}""", Reading.House);

        Assert.Empty(errors.List());
        Assert.Equal(2, house!.Area);
        Assert.Equal(["A"], house.Moods);
    }

    [Fact]
    public void No_more_errors_are_collected_than_the_limit()
    {
        var (_, errors) = Reading.Read(
            $"[{string.Join(",", Enumerable.Repeat("{}", 10_000))}, not even JSON",
            (ref JsonInput input) => Reading.Houses(ref input));

        Assert.True(errors.IsFull);
        Assert.Equal(BindingErrors.Limit, errors.Count);
        Assert.Equal("/31/area", errors[31].Pointer);
    }

    [Fact]
    public void Errors_can_be_collected_again_after_clearing_even_when_the_text_broke_off_deep_inside()
    {
        var errors = new BindingErrors();
        JsonInput.Read("[{\"area\":"u8, errors, (ref JsonInput input) => Reading.Houses(ref input));
        Assert.Single(errors.List());

        errors.Clear();
        JsonInput.Read("7"u8, errors, (ref JsonInput input) => Reading.Houses(ref input));

        Assert.Equal("(whole body): Expected an array, got a number.", Assert.Single(errors.List()));
    }
}
