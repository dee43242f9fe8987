using System.Text;
using CsCheck;
using EnvelopeSdk.Binding.Reading;

namespace EnvelopeSdk.Tests.Binding;

public class MalformedTextTests
{
    private static readonly byte[] Sound = Encoding.UTF8.GetBytes("""[{"area": -1.5e2, "a/b~c": ["ä\ud83d\ude00", ""]}, {"area": 0}]""");

    [Theory]
    [InlineData("\"\\ud800\""), InlineData("\"\\udc00 tail\""), InlineData("\"\\ud800\\u0041\"")]
    public void A_lone_surrogate_in_a_value_is_refused(string json)
    {
        var (_, errors) = Reading.Read(json, (ref JsonInput input) => input.ReadString());

        Assert.Equal("a string with a lone surrogate or invalid UTF-8", errors[0].Actual);
    }

    [Theory]
    [InlineData("nonsense"), InlineData("tru"), InlineData("f"), InlineData("NaN"), InlineData("hello")]
    public void A_word_that_is_none_of_JSON_is_a_syntax_error_and_nothing_else(string json)
    {
        var (_, errors) = Reading.Read(json, Reading.House);

        Assert.Equal((1, "valid JSON"), (errors.Count, errors[0].Expected));
    }

    [Theory]
    [InlineData("null", "null"), InlineData("true", "a boolean"), InlineData("false", "a boolean")]
    public void A_word_of_JSON_is_named(string json, string actual)
    {
        var (_, errors) = Reading.Read(json, Reading.House);

        Assert.Equal((1, "an object", actual), (errors.Count, errors[0].Expected, errors[0].Actual));
    }

    [Fact]
    public void A_lone_surrogate_in_a_name_or_in_an_enum_is_no_known_name()
    {
        var (_, named) = Reading.Read("""{"area": 1, "\ud800": 2}""", Reading.House);
        var (_, day) = Reading.Read("\"\\udc00\"", (ref JsonInput input) => Reading.Day(ref input));

        Assert.Equal("/\uFFFD", Assert.Single(Enumerable.Range(0, named.Count).Select(i => named[i].Pointer)));
        Assert.Equal("another string", day[0].Actual);
    }

    [Fact]
    public void Invalid_UTF8_in_values_and_names_is_refused()
    {
        var (_, value) = Reading.Read([(byte)'"', 0xC3, 0x28, (byte)'"'], (ref JsonInput input) => input.ReadString());
        var (_, name) = Reading.Read([.. "{\"area\":1,\""u8, 0xFF, .. "\":1}"u8], Reading.House);

        Assert.Single(value.List());
        Assert.Single(name.List());
    }

    [Fact]
    public void A_text_that_is_cut_anywhere_is_an_error_with_its_place()
    {
        for (var length = 0; length < Sound.Length; length++)
        {
            var (_, errors) = Reading.Read(Sound.AsSpan(0, length), (ref JsonInput input) => Reading.Houses(ref input));

            Assert.Equal(1, errors.Count);
            Assert.Equal(length == 0 ? "a JSON value" : "valid JSON", errors[0].Expected);
        }
    }

    [Theory]
    [InlineData("1 2", 1, 3), InlineData("1\n\n]", 3, 1), InlineData("1,", 1, 2), InlineData("01", 1, 2)]
    public void Anything_behind_the_value_is_an_error_at_its_line_and_byte(string json, int line, int column)
    {
        var (_, errors) = Reading.Read(json, (ref JsonInput input) => input.ReadInt32());

        Assert.Equal($"a syntax error at line {line}, byte {column}", errors[0].Actual);
    }

    [Theory]
    [InlineData("NaN"), InlineData("1 // comment"), InlineData("'a'"), InlineData("[1,]"), InlineData("\uFEFF1"), InlineData(" ")]
    public void What_only_lenient_readers_take_is_refused(string json)
    {
        var (_, errors) = Reading.Read(json, (ref JsonInput input) => Reading.Nested(ref input, json[0] == '[' ? 1 : 0));

        Assert.Single(errors.List());
    }

    [Fact]
    public void Nesting_up_to_the_limit_is_read_and_one_more_level_is_an_error()
    {
        static string Brackets(int depth) => new string('[', depth) + "5" + new string(']', depth);

        var (value, errors) = Reading.Read(Brackets(JsonInput.MaxDepth), (ref JsonInput input) => Reading.Nested(ref input, JsonInput.MaxDepth));
        Assert.Empty(errors.List());
        Assert.Equal(5, value);

        foreach (var depth in (int[])[JsonInput.MaxDepth + 1, 100_000])
        {
            // Both where the type goes as deep and where the value is only stepped over.
            var (_, deep) = Reading.Read(Brackets(depth), (ref JsonInput input) => Reading.Nested(ref input, JsonInput.MaxDepth + 1));
            var (_, skipped) = Reading.Read(Brackets(depth), (ref JsonInput input) => input.ReadInt32());
            Assert.Contains(deep.List(), error => error.Contains("nested at most 64 deep", StringComparison.Ordinal));
            Assert.Contains(skipped.List(), error => error.Contains("nested at most 64 deep", StringComparison.Ordinal));
        }
    }

    [Fact]
    public void As_many_arrays_and_objects_as_the_limit_are_read_and_one_more_is_an_error_and_stops_the_reading()
    {
        static string Houses(int count) => $"[{string.Join(",", Enumerable.Repeat("""{"area":1}""", count))}]";

        var (houses, none) = Reading.Read(Houses(JsonInput.MaxContainers - 1), (ref JsonInput input) => Reading.Houses(ref input));
        Assert.Empty(none.List());
        Assert.Equal(JsonInput.MaxContainers - 1, houses!.Count);

        var (_, errors) = Reading.Read(Houses(JsonInput.MaxContainers + 5), (ref JsonInput input) => Reading.Houses(ref input));
        Assert.Equal($"/{JsonInput.MaxContainers - 1}: Expected at most 1048576 arrays and objects in all, got more of them.", Assert.Single(errors.List()));
    }

    [Fact]
    public void Random_changes_of_bytes_are_reported_and_never_thrown() =>
        Gen.Select(Gen.Int[0, Sound.Length - 1], Gen.Byte).Array[1, 6].Sample(
            changes =>
            {
                var text = Sound.ToArray();
                foreach (var (position, value) in changes)
                {
                    text[position] = value;
                }

                var (houses, errors) = Reading.Read(text, (ref JsonInput input) => Reading.Houses(ref input));
                return errors.Count > 0 || houses!.Count > 0;
            },
            iter: 20_000);

    [Fact]
    public void Random_bytes_are_reported_and_never_thrown() =>
        Gen.Byte.Array[1, 40].Sample(
            bytes =>
            {
                var (houses, errors) = Reading.Read(bytes, (ref JsonInput input) => Reading.Houses(ref input));
                return errors.Count > 0 || houses is { Count: 0 }; // once in a while they are an array without houses
            },
            iter: 20_000);
}
