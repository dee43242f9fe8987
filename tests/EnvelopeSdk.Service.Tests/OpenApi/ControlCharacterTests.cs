using System.Text.Json;

namespace EnvelopeSdk.Service.Tests.OpenApi;

/// <summary>Whatever a document publishes, it is JSON, and says the same.</summary>
public class ControlCharacterTests
{
    [Fact]
    public async Task Every_string_of_a_document_is_published_as_it_is()
    {
        var model = new Splitter(1);
        var document = await PublishedDocument.OfAsync(model, new EnvelopeInfo { Description = "Bell \a and \u001b[31mred" + Splitter.Odd, Examples = [model.PartsExample(Splitter.Odd)] });
        var schemas = document.GetProperty("components").GetProperty("schemas");
        var operation = document.GetProperty("paths").GetProperty("/parts").GetProperty("post");
        var content = operation.GetProperty("requestBody").GetProperty("content").GetProperty("application/json");
        var parameters = PublishedDocument.Resolve(document, content.GetProperty("schema")).GetProperty("properties");
        var answer = operation.GetProperty("responses").GetProperty("200").GetProperty("content").GetProperty("application/json").GetProperty("examples").GetProperty("recorded-1").GetProperty("value");

        Assert.Equal("Bell \a and \u001b[31mred" + Splitter.Odd, document.GetProperty("info").GetProperty("description").GetString());
        Assert.Equal("Splits.\u007f|\"\\", operation.GetProperty("summary").GetString());
        Assert.Equal("\u007f", parameters.GetProperty("text").GetProperty("x-unit").GetString());
        Assert.Equal("\0\u2028\u007f", parameters.GetProperty("text").GetProperty("examples")[0].GetString());
        Assert.Equal(Splitter.Odd, parameters.GetProperty("separator").GetProperty("default").GetString());
        Assert.Contains("\u0002", parameters.GetProperty("text").GetProperty("pattern").GetString(), StringComparison.Ordinal);
        Assert.Equal(["\n", "\u001e"], Strings(parameters.GetProperty("line").GetProperty("enum")));
        Assert.Equal(["\a\u0003"], Strings(schemas.GetProperty("Mode").GetProperty("enum")));
        Assert.Equal("\a\u0003", parameters.GetProperty("mode").GetProperty("default").GetString());
        Assert.Equal("\u0005kind", schemas.GetProperty("Part").GetProperty("discriminator").GetProperty("propertyName").GetString());
        Assert.Equal(["\u0004word", "2"], Names(schemas.GetProperty("Part").GetProperty("discriminator").GetProperty("mapping")));
        Assert.Equal(["\u0005kind", "\u0006\"\\", " "], Names(schemas.GetProperty("PartWord").GetProperty("properties")));
        Assert.Equal(["\u0005kind", "\0"], Names(schemas.GetProperty("PartGap").GetProperty("properties")));
        Assert.Equal(Splitter.Odd, content.GetProperty("examples").GetProperty("recorded-1").GetProperty("value").GetProperty("text").GetString());
        Assert.Equal([Splitter.Odd, "", " "], Names(answer));
    }

    [Fact]
    public async Task Constants_and_numbers_are_published_to_the_last_digit()
    {
        var gap = (await PublishedDocument.OfAsync(new Splitter(1))).GetProperty("components").GetProperty("schemas").GetProperty("PartGap").GetProperty("properties");

        Assert.Equal("2", gap.GetProperty("\u0005kind").GetProperty("const").GetRawText());
        Assert.Equal("1E-30", gap.GetProperty("\0").GetProperty("default").GetRawText());
    }

    private static IEnumerable<string?> Strings(JsonElement values) => values.EnumerateArray().Select(value => value.GetString());

    private static IEnumerable<string> Names(JsonElement value) => value.EnumerateObject().Select(member => member.Name);
}
