using System.Text.Json;
using EnvelopeSdk.Binding;

namespace EnvelopeSdk.Tests.Binding;

public sealed class JsonOutputTests
{
    [Theory]
    [InlineData("")]
    [InlineData("plain")]
    [InlineData("\ud83d\ude00 and \u00e5")]
    public void A_string_of_valid_Unicode_is_written_and_reads_back(string text)
    {
        using var document = JsonDocument.Parse(Write(text));

        Assert.Equal(text, document.RootElement.GetString());
    }

    [Theory]
    [InlineData("a*b", '\ud800')] // metadata, where attributes lie, cannot hold a lone surrogate within a string
    [InlineData("*", '\udc00')]
    [InlineData("\ud83d\ude00*", '\ud83d')]
    public void A_string_with_a_lone_surrogate_is_the_models_fault_and_not_silently_changed(string around, char surrogate)
    {
        var text = around.Replace('*', surrogate);
        var failure = Assert.Throws<ModelAnswerException>(() => Write(text));

        Assert.Contains("lone surrogate", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(text, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_null_where_a_string_is_promised_is_the_models_fault() => Assert.Throws<ModelAnswerException>(() => Write(null));

    private static byte[] Write(string? text)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, JsonOutput.Options))
        {
            JsonOutput.WriteString(writer, text);
        }

        return buffer.ToArray();
    }
}
