using System.Text;
using System.Text.Json;
using CsCheck;
using EnvelopeSdk.Binding;
using EnvelopeSdk.Binding.Reading;

namespace EnvelopeSdk.Tests.Binding;

/// <summary>Strings are read as System.Text.Json reads them, wherever in them something is that is not plain.</summary>
public class TextTests
{
    private static readonly string[] Parts =
        ["", "a", "ab c~", "é", "\u0080", "\u07ff", "\u0800", "李", "\uffff", "😀", "\\n", "\\\"", "\\\\", "\\/", "\\b\\f\\r\\t", "\\u0000", "\\u0041", "\\u007f", "\\u00e9", "\\u07FF", "\\u0800", "\\u674E\\u5C0f", "\\uFFFF", "\\ud83d\\ude00"];

    private static readonly string[] Wrong = ["\n", "\u001f", "\\", "\\x", "\\u", "\\u12", "\\u12g4", "\\u 123", "\\ud83d", "\\ude00", "\\ud83d\\u0041", "\\ud83dx", "\\ude00\\ud83d"];

    [Fact]
    public void Something_that_is_not_plain_is_found_at_every_place()
    {
        foreach (var part in Parts.Concat(Wrong))
        {
            for (var before = 0; before < 100; before++)
            {
                Check(new string('x', before) + part, "");
                Check(new string('x', before) + part + new string('y', before % 40), ",\"and more than one block of characters\"");
            }
        }
    }

    [Fact]
    public void Any_string_is_read_as_System_Text_Json_reads_it() =>
        Gen.Select(Gen.Int[0, Parts.Length - 1].Array[0, 60], Gen.Int[0, 30], Gen.Int[0, Wrong.Length - 1]).Sample(
            (parts, odd, wrong) =>
            {
                var text = string.Concat(parts.Select(part => Parts[part]));
                Check(text + (odd == 0 ? Wrong[wrong] : "") + text, odd % 2 == 0 ? "" : ",1");
            },
            iter: 20_000);

    [Theory]
    [InlineData(0xFF), InlineData(0xC3), InlineData(0x80), InlineData(0xED)]
    public void Bytes_that_are_not_UTF_8_are_no_string(byte wrong)
    {
        for (var before = 0; before < 300; before++)
        {
            byte[] json = [(byte)'"', .. Enumerable.Repeat((byte)'x', before), wrong, (byte)'"'];

            var (_, errors) = Read(json);

            Assert.Equal("Expected a string of valid Unicode, got a string with a lone surrogate or invalid UTF-8.", errors);
        }
    }

    /// <param name="raw">What stands between the quotes.</param>
    /// <param name="behind">What stands behind the string in an array.</param>
    private static void Check(string raw, string behind)
    {
        var json = Encoding.UTF8.GetBytes($"[\"{raw}\"{behind}]");
        string? expected = null;
        try
        {
            expected = JsonDocument.Parse(json).RootElement[0].GetString();
        }
        catch (Exception refused) when (refused is JsonException or InvalidOperationException)
        {
        }

        var errors = new BindingErrors();
        var text = JsonInput.Read(json, errors, (ref JsonInput input) =>
        {
            string? first = null;
            var index = -1;
            input.BeginArray();
            while (input.NextItem(ref index))
            {
                first = index == 0 ? input.ReadString() : first;
                if (index > 0)
                {
                    input.SkipValue();
                }
            }

            return first;
        });

        Assert.Equal((raw, expected), (raw, errors.Count == 0 ? text : null));
    }

    private static (string? Value, string Errors) Read(byte[] json)
    {
        var errors = new BindingErrors();
        var value = JsonInput.Read(json, errors, (ref JsonInput input) => input.ReadString());
        return (value, string.Join('\n', Enumerable.Range(0, errors.Count).Select(i => errors[i].Detail)));
    }
}
