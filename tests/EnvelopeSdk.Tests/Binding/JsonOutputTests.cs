using System.Text;
using System.Text.Json;
using CsCheck;
using EnvelopeSdk.Binding;
using EnvelopeSdk.Binding.Numbers;
using EnvelopeSdk.Binding.Reading;
using EnvelopeSdk.Binding.Writing;

namespace EnvelopeSdk.Tests.Binding;

public sealed class JsonOutputTests
{
    [Theory]
    [InlineData("")]
    [InlineData("plain")]
    [InlineData("\ud83d\ude00 and \u00e5")]
    [InlineData("\"\\/\b\f\n\r\t\0\u001f\u007f\u2028")]
    public void A_string_of_valid_Unicode_is_written_and_reads_back(string text) =>
        Assert.Equal(text, JsonElement.Parse(Written(output => output.WriteString(text))).GetString());

    [Fact]
    public void Nothing_is_escaped_but_what_JSON_requires() =>
        Assert.Equal("\"å 😀 </&'+ \\\" \\\\ \\n \\u0001\"", Written(output => output.WriteString("å 😀 </&'+ \" \\ \n \u0001")));

    [Theory]
    [InlineData("a*b", '\ud800')] // metadata, where attributes lie, cannot hold a lone surrogate within a string
    [InlineData("*", '\udc00')]
    [InlineData("\ud83d\ude00*", '\ud83d')]
    [InlineData("*\"", '\ud800')]
    public void A_string_with_a_lone_surrogate_is_the_models_fault_and_not_silently_changed(string around, char surrogate)
    {
        var text = around.Replace('*', surrogate);
        var failure = Assert.Throws<ModelAnswerException>(() => Written(output => output.WriteString(text)));

        Assert.Contains("lone surrogate", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(text, failure.Message, StringComparison.Ordinal);
        Assert.Throws<ModelAnswerException>(() => Written(output => output.WriteName(text)));
    }

    [Fact]
    public void What_a_model_must_not_answer_is_its_fault()
    {
        Action<JsonOutput>[] wrong =
        [
            output => output.WriteString(null),
            output => output.WriteUri(null),
            output => output.WriteVersion(null),
            output => output.WriteBytes(null),
            output => output.WriteElement(default),
            output => output.WriteElement(JsonElement.Parse("[\"\\ud800\"]")),
            output => output.WriteElement(JsonElement.Parse("{\"\\ud800\":1}")),
            output => output.WriteChar('\ud800'),
            output => output.WriteHalf(Half.NaN),
            output => output.WriteSingle(float.PositiveInfinity),
            output => output.WriteDouble(double.NaN),
            output => output.WriteNumber(double.NegativeInfinity, NumberForms.WriteAsString),
        ];

        Assert.All(wrong, write => Assert.Throws<ModelAnswerException>(() => Written(write)));
    }

    [Fact]
    public void A_value_nested_as_deep_as_callers_may_send_is_written_and_a_deeper_one_is_the_models_fault()
    {
        static void Nest(JsonOutput output, int depth)
        {
            if (depth > 0)
            {
                output.WriteStartArray();
                Nest(output, depth - 1);
                output.WriteEndArray();
            }
        }

        Assert.Equal(128, Written(output => Nest(output, JsonInput.MaxDepth)).Length);
        Assert.Throws<ModelAnswerException>(() => Written(output => Nest(output, JsonInput.MaxDepth + 1)));
        Assert.Equal(254, Written(output => { output.WriteStartArray(); Nest(output, 63); Nest(output, 63); output.WriteEndArray(); }).Length - 1);
    }

    [Fact]
    public void Commas_stand_between_values_and_nowhere_else() => Assert.Equal(
        """{"a":[],"b":[1,[{}],{"c":null,"d":"x"},{"x":1},true],"e\"":{}}""",
        Written(output =>
        {
            output.WriteStartObject();
            output.WriteRawName("\"a\":"u8);
            output.WriteStartArray();
            output.WriteEndArray();
            output.WriteName("b");
            output.WriteStartArray();
            output.WriteInt32(1);
            output.WriteStartArray();
            output.WriteStartObject();
            output.WriteEndObject();
            output.WriteEndArray();
            output.WriteStartObject();
            output.WriteName("c");
            output.WriteNull();
            output.WriteName("d");
            output.WriteString("x");
            output.WriteEndObject();
            output.WriteElement(JsonElement.Parse("""{ "x" : 1 }"""));
            output.WriteBoolean(true);
            output.WriteEndArray();
            output.WriteName("e\"");
            output.WriteStartObject();
            output.WriteEndObject();
            output.WriteEndObject();
        }));

    [Fact]
    public void A_long_text_is_written_whole_and_what_was_cleared_is_gone()
    {
        var output = new JsonOutput();
        output.WriteString(new string('大', 100_000));
        output.Clear();
        output.WriteStartArray();
        for (var i = 0; i < 10_000; i++)
        {
            output.WriteString("\"" + new string('é', i % 50));
            output.WriteByteMemory(new byte[i % 100]);
        }

        output.WriteEndArray();

        var items = JsonElement.Parse(output.Written.Span).EnumerateArray().ToList();
        Assert.Equal(20_000, items.Count);
        Assert.All(items.Index(), one => Assert.Equal(one.Index % 2 == 0 ? "\"" + new string('é', one.Index / 2 % 50) : Convert.ToBase64String(new byte[one.Index / 2 % 100]), one.Item.GetString()));
    }

    [Theory]
    [InlineData('x', 1), InlineData('é', 2), InlineData('大', 3)]
    public void A_long_text_takes_no_more_room_than_it_needs(char unit, int bytes)
    {
        const int Length = 700_000;
        var output = new JsonOutput();

        output.WriteString(new string(unit, Length));

        Assert.Equal((bytes * Length) + 2, output.Written.Length);
        Assert.InRange(output.Capacity, bytes * Length, (bytes * Length) + 1000);
    }

    [Fact]
    public void A_long_text_with_half_a_character_is_refused()
    {
        var output = new JsonOutput();

        var refusal = Assert.Throws<ModelAnswerException>(() => output.WriteString(new string('x', 100_000) + "\ud800"));

        Assert.Contains("lone surrogate", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Any_text_is_written_as_the_serializer_reads_it() =>
        Gen.Char.Where(unit => !char.IsSurrogate(unit)).Array[0, 30].Select(units => new string(units)).Sample(
            text => JsonSerializer.Deserialize<string>(Written(output => output.WriteString(text))) == text, iter: 20_000);

    [Fact]
    public void Something_that_is_not_plain_is_written_at_every_place()
    {
        foreach (var part in (string[])["", "\"", "\\", "\u001f", "\u007f", "\u0080", "é", "李", "😀", "\uffff", "Ā", "Ģ"]) // the last two have the lower bytes of others
        {
            for (var before = 0; before < 80; before++)
            {
                var text = new string('x', before) + part + new string('~', before % 20) + " !#[]";
                var json = Written(output =>
                {
                    output.WriteStartArray();
                    output.WriteString(text);
                    output.WriteBoolean(before % 2 == 0);
                    output.WriteString(text);
                    output.WriteBoolean(before % 3 == 0);
                    output.WriteEndArray();
                });

                var quoted = $"\"{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\u001f", "\\u001f", StringComparison.Ordinal)}\"";
                Assert.Equal($"[{quoted},{(before % 2 == 0 ? "true" : "false")},{quoted},{(before % 3 == 0 ? "true" : "false")}]", json);
            }
        }
    }

    private static string Written(Action<JsonOutput> write)
    {
        var output = new JsonOutput();
        write(output);
        return Encoding.UTF8.GetString(output.Written.Span);
    }
}
