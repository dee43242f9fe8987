using System.Text.RegularExpressions;
using EnvelopeSdk.Binding.Reading;

namespace EnvelopeSdk.Tests.Binding;

/// <summary>UUIDs are those of RFC 9562; what the parsers of .NET take besides is another string.</summary>
public partial class UuidTests
{
    private static readonly Random Random = new(11);

    [Theory]
    [InlineData("0xbfad5b-d9cb-469f-a165-70867728950e"), InlineData("+f8fad5b-d9cb-469f-a165-70867728950e"), InlineData("0f8fad5b-0xcb-469f-a165-70867728950e")]
    [InlineData("0f8fad5bd9cb469fa16570867728950e"), InlineData("{0f8fad5b-d9cb-469f-a165-70867728950e}"), InlineData(" 0f8fad5b-d9cb-469f-a165-70867728950")]
    public void What_is_no_UUID_is_refused_as_a_value_and_as_a_key(string text)
    {
        var (_, errors) = Reading.Read($"\"{text}\"", (ref JsonInput input) => input.ReadGuid());
        Assert.Single(errors.List());
        Assert.False(JsonInput.TryParseKey(text, out Guid _));
    }

    [Theory]
    [InlineData("0f8fad5b-d9cb-469f-a165-70867728950e"), InlineData("0F8FAD5B-D9CB-469F-A165-70867728950E"), InlineData("0f8fad5b\\u002dd9cb-469f-a165-7086772895\\u0030e")]
    public void A_UUID_is_read_in_either_case_and_behind_escapes(string text)
    {
        var (value, errors) = Reading.Read($"\"{text}\"", (ref JsonInput input) => input.ReadGuid());
        Assert.Empty(errors.List());
        Assert.Equal(new Guid("0f8fad5b-d9cb-469f-a165-70867728950e"), value);
    }

    [Fact]
    public void A_UUID_with_a_character_changed_is_one_where_it_has_the_form()
    {
        const string Characters = "0123456789abcdefABCDEFgx+- {}/:@G`é";
        var bytes = new byte[16];
        var taken = 0;
        for (var i = 0; i < 100_000; i++)
        {
            Random.NextBytes(bytes);
            var (text, at) = (new Guid(bytes).ToString("D"), Random.Next(36));
            text = text[..at] + Characters[Random.Next(Characters.Length)] + text[(at + 1)..];
            var (value, errors) = Reading.Read($"\"{text}\"", (ref JsonInput input) => input.ReadGuid());
            var isOne = Form().IsMatch(text);

            Assert.True(isOne == (errors.Count == 0), text);
            Assert.Equal(isOne ? Guid.Parse(text) : default, value);
            Assert.Equal(isOne, JsonInput.TryParseKey(text, out Guid key));
            Assert.Equal(value, key);
            taken += isOne ? 1 : 0;
        }

        Assert.InRange(taken, 20_000, 90_000);
    }

    [GeneratedRegex("^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$")]
    private static partial Regex Form();
}
