using System.Text.Json;
using Microsoft.OpenApi;

namespace EnvelopeSdk.PackageTests;

[Collection(ProductsCollection.Name)]
public sealed class ServiceTests(ServiceFixture fixture) : IClassFixture<ServiceFixture>
{
    private static readonly Uri Document = new("openapi/v1.json", UriKind.Relative);

    [Fact]
    public async Task Two_threads_get_the_training_programs_predictions_for_200_held_out_rows_to_the_last_bit()
    {
        var rows = fixture.Products.HeldOut.Take(200).ToList();

        await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => Task.Run(async () =>
        {
            for (var round = 0; round < 2; round++)
            {
                foreach (var row in rows)
                {
                    var (status, body) = await fixture.Service.PostAsync("predict", row.Input.GetRawText());
                    Assert.Equal(200, status);
                    Assert.Equal(Bits(row.Output), Bits(JsonElement.Parse(body)));
                }
            }
        })));
    }

    [Fact]
    public async Task A_batch_of_5000_held_out_rows_gets_the_training_programs_predictions_to_the_last_bit()
    {
        var rows = fixture.Products.HeldOut.Take(5000).ToList();

        var (status, body) = await fixture.Service.PostAsync("predict/batch", $"[{string.Join(',', rows.Select(row => row.Input.GetRawText()))}]");

        Assert.Equal(200, status);
        Assert.Equal(rows.Select(row => Bits(row.Output)), JsonElement.Parse(body).EnumerateArray().Select(Bits));
    }

    [Fact]
    public async Task The_openapi_document_is_3_1_and_parses_without_errors()
    {
        var text = await fixture.Service.Http.GetStringAsync(Document);

        var read = OpenApiDocument.Parse(text, OpenApiConstants.Json);

        Assert.StartsWith("3.1", JsonElement.Parse(text).GetProperty("openapi").GetString(), StringComparison.Ordinal);
        Assert.Empty(read.Diagnostic!.Errors);
        Assert.Empty(read.Diagnostic.Warnings);
        Assert.Equal(["/predict", "/predict/batch"], read.Document!.Paths.Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Every_example_of_the_openapi_document_is_accepted_and_answered_as_recorded()
    {
        var document = OpenApiDocument.Parse(await fixture.Service.Http.GetStringAsync(Document), OpenApiConstants.Json).Document!;

        foreach (var (path, item) in document.Paths)
        {
            var operation = item.Operations![HttpMethod.Post];
            var inputs = operation.RequestBody!.Content!["application/json"].Examples!;
            var outputs = operation.Responses!["200"].Content!["application/json"].Examples!;
            Assert.NotEmpty(inputs);
            foreach (var (name, input) in inputs)
            {
                var (status, body) = await fixture.Service.PostAsync(path, input.Value!.ToJsonString());
                Assert.Equal(200, status);
                Assert.Equal(outputs[name].Value!.ToJsonString(), body);
            }
        }
    }

    [Fact]
    public async Task The_openapi_document_says_what_the_xml_comments_and_the_signature_say()
    {
        var document = JsonElement.Parse(await fixture.Service.Http.GetStringAsync(Document));
        var operation = document.GetProperty("paths").GetProperty("/predict").GetProperty("post");
        var schema = document.GetProperty("components").GetProperty("schemas").GetProperty("PredictRequest");

        Assert.Equal("Predicts what a diamond costs.", operation.GetProperty("summary").GetString());
        Assert.Equal("Weight in carats.", schema.GetProperty("properties").GetProperty("carat").GetProperty("description").GetString());
        Assert.Equal(9, schema.GetProperty("required").GetArrayLength());
        Assert.Equal("The price in US dollars.", operation.GetProperty("responses").GetProperty("200").GetProperty("description").GetString());
        Assert.Contains("Very Good", document.GetProperty("components").GetProperty("schemas").GetProperty("Cut").GetProperty("enum").EnumerateArray().Select(one => one.GetString()));
    }

    [Fact]
    public async Task A_wrong_body_gets_every_fault_with_its_json_pointer_and_no_payload_back()
    {
        var (status, body) = await fixture.Service.PostAsync("predict", """{"carat":"secret","cut":"Perfect","color":"E","clarity":"IF","depth":1e999,"table":55,"x":1,"y":1,"extra":0}""");

        var problem = JsonElement.Parse(body);
        Assert.Equal(400, status);
        Assert.Equal(["/carat", "/cut", "/depth", "/extra", "/z"], problem.GetProperty("errors").EnumerateArray().Select(error => error.GetProperty("pointer").GetString()));
        Assert.DoesNotContain("secret", body, StringComparison.Ordinal);
        Assert.Contains("got a string", body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("health/live")]
    [InlineData("health/ready")]
    public async Task The_health_endpoints_answer_200(string route)
    {
        using var response = await fixture.Service.Http.GetAsync(new Uri(route, UriKind.Relative));

        Assert.True(response.IsSuccessStatusCode);
    }

    [Fact]
    public async Task The_envelope_endpoint_says_which_envelope_this_is()
    {
        var content = await fixture.Products.Store.OpenAsync("diamond-price");

        var summary = JsonElement.Parse(await fixture.Service.Http.GetStringAsync(new Uri("envelope", UriKind.Relative)));

        Assert.Equal("diamond-price", summary.GetProperty("name").GetString());
        Assert.Equal(content.Digest.ToString(), summary.GetProperty("digest").GetString());
        Assert.Equal("diamonds", summary.GetProperty("tags").GetProperty("data").GetString());
        Assert.Equal(content.Record.Schema.Fingerprint, summary.GetProperty("schemaFingerprint").GetString());
        Assert.Equal(content.Record.Provenance.Git!.Commit, summary.GetProperty("git").GetProperty("commit").GetString());
    }

    [Fact]
    public async Task Swagger_ui_and_its_assets_come_from_the_service_itself()
    {
        var page = await fixture.Service.Http.GetStringAsync(new Uri("swagger/index.html", UriKind.Relative));
        var script = await fixture.Service.Http.GetStringAsync(new Uri("swagger/swagger-ui-bundle.js", UriKind.Relative));

        Assert.DoesNotContain("http://", page, StringComparison.Ordinal);
        Assert.DoesNotContain("https://", page, StringComparison.Ordinal);
        Assert.True(script.Length > 100_000);
    }

    private static int Bits(JsonElement number) => BitConverter.SingleToInt32Bits(number.GetSingle());
}
