using System.Text.Json;
using Microsoft.OpenApi;

namespace EnvelopeSdk.PackageTests;

[Collection(ProductsCollection.Name)]
public sealed class LibraryModelTests(LibraryModelFixture fixture) : IClassFixture<LibraryModelFixture>
{
    private const string Ann = """{"name":"Ann","birthYear":null,"incomes":[50000.10,48000]}""";

    [Fact]
    public async Task The_envelope_holds_the_libraries_that_are_no_packages()
    {
        var content = await fixture.Products.Store.OpenAsync("loan");

        Assert.Contains("code/Loans.Model.dll", content.Files.Select(file => file.Path));
        Assert.Contains("code/Loans.Shared.dll", content.Files.Select(file => file.Path));
        Assert.Empty(content.Record.Packages.Packages);
        Assert.Equal(
            ["EnvelopeSdk", "EnvelopeSdk.Runtime", "EnvelopeSdk.Storage"],
            content.Record.Packages.Platform.Select(package => package.Id));
    }

    [Fact]
    public async Task Plain_state_comes_back_in_process_and_in_the_service()
    {
        var examples = await (await fixture.Products.Store.OpenAsync("loan")).ReadExamplesAsync();
        var first = examples[0];

        var (status, body) = await fixture.Service.PostAsync("predict", first.Input.GetRawText());

        Assert.True(JsonElement.DeepEquals(first.Output, JsonElement.Parse(fixture.Products.LoanAnswer)), fixture.Products.LoanAnswer);
        Assert.Equal((200, fixture.Products.LoanAnswer), (status, body));
        Assert.DoesNotContain("does not answer a recorded example", fixture.Service.Log, StringComparison.Ordinal);
        Assert.Contains("9223372036854775807", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Absent_optional_parameters_take_their_defaults()
    {
        var (status, body) = await fixture.Service.PostAsync("predict", $$"""{"amount":900,"applicant":{{Ann}}}""");

        Assert.Equal(200, status);
        Assert.Contains("\"purpose\":2", body, StringComparison.Ordinal);
        Assert.Contains("branch", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Null_is_not_the_same_as_absent()
    {
        var (status, body) = await fixture.Service.PostAsync("predict", $$"""{"amount":900,"applicant":{{Ann}},"channel":null}""");

        Assert.Equal(200, status);
        Assert.Contains("no channel", body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"rows":[[1.5,null,2],[],[null]]}""", "[3.5,null,null]")]
    [InlineData("""{"rows":[]}""", "[]")]
    public async Task Nested_nullable_lists_are_served(string body, string expected)
    {
        Assert.Equal((200, expected), await fixture.Service.PostAsync("sum-all", body));
    }

    [Theory]
    [InlineData("""{"amount":900}""", "/applicant")]
    [InlineData("""{"amount":900,"applicant":null}""", "/applicant")]
    [InlineData("""{"amount":900,"applicant":{"name":"A","birthYear":1.5,"incomes":[]}}""", "/applicant/birthYear")]
    [InlineData("""{"amount":900,"applicant":{"name":"A","birthYear":1,"incomes":[1,"2"]}}""", "/applicant/incomes/1")]
    [InlineData("""{"amount":900,"applicant":{"name":null,"birthYear":1,"incomes":[]}}""", "/applicant/name")]
    [InlineData("""{"amount":1e30,"applicant":{"name":"A","birthYear":1,"incomes":[]}}""", "/amount")]
    [InlineData("""{"amount":1,"purpose":7,"applicant":{"name":"A","birthYear":1,"incomes":[]}}""", "/purpose")]
    [InlineData("""{"amount":1,"checked":"yes","applicant":{"name":"A","birthYear":1,"incomes":[]}}""", "/checked")]
    [InlineData("""{"amount":1,"applicant":{"name":"\ud800","birthYear":1,"incomes":[]}}""", "/applicant/name")]
    [InlineData("""[]""", "")]
    [InlineData("""null""", "")]
    [InlineData("""{"amount":900""", "/amount")]
    [InlineData("", "")]
    public async Task A_wrong_body_gets_400_with_the_pointer_of_the_fault(string body, string pointer)
    {
        var (status, answer) = await fixture.Service.PostAsync("predict", body);

        Assert.Equal(400, status);
        Assert.Equal(pointer, JsonElement.Parse(answer).GetProperty("errors")[0].GetProperty("pointer").GetString());
    }

    [Theory]
    [InlineData("nan", ":answer-not-writable")]
    [InlineData("infinity", ":answer-not-writable")]
    [InlineData("throw", ":model-failed")]
    public async Task A_failing_model_is_a_500_that_says_nothing_of_its_insides(string how, string type)
    {
        var (status, body) = await fixture.Service.PostAsync("fail", JsonSerializer.Serialize(new { how }));

        Assert.Equal(500, status);
        Assert.EndsWith(type, JsonElement.Parse(body).GetProperty("type").GetString(), StringComparison.Ordinal);
        Assert.DoesNotContain("internal detail", body, StringComparison.Ordinal);
        await fixture.Service.AssertLogsAsync("The model failed to answer the query fail");
    }

    [Fact]
    public async Task The_document_says_defaults_nullability_and_the_types_of_the_libraries()
    {
        var text = await fixture.Service.Http.GetStringAsync(new Uri("openapi/v1.json", UriKind.Relative));

        var read = OpenApiDocument.Parse(text, OpenApiConstants.Json);

        Assert.Empty(read.Diagnostic!.Errors);
        var schemas = read.Document!.Components!.Schemas!;
        var body = read.Document.Paths["/predict"].Operations![HttpMethod.Post].RequestBody!.Content!["application/json"].Schema!;
        Assert.Equal(["amount", "applicant"], body.Required!.Order(StringComparer.Ordinal));
        Assert.Equal("0.1", body.Properties!["rate"].Default!.ToJsonString());
        Assert.Equal("2", body.Properties["purpose"].Default!.ToJsonString());
        Assert.Equal(JsonSchemaType.Integer | JsonSchemaType.Null, schemas["Applicant"].Properties!["birthYear"].Type);
        Assert.Equal(
            ["Applicant", "Channels", "Decision", "Gr-u00f6-u00dfe", "LatitudeAndLongitude", "Payment", "ProblemDetails", "ProblemError", "Purpose", "Security", "SecurityGuarantee", "SecurityHouse", "ServiceProblemDetails"],
            schemas.Keys.Where(name => !name.EndsWith("Request", StringComparison.Ordinal) && !name.EndsWith("Response", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
        Assert.Contains("ServicePredictBatchRequest", schemas.Keys); // of the query 'predict-batch', beside the batch of 'predict'
        var operations = read.Document.Paths.Values.Select(path => path.Operations![HttpMethod.Post].OperationId).ToList();
        Assert.Equal(operations.Count, operations.Distinct().Count());
    }

    [Fact]
    public async Task Unions_dictionaries_tensors_tuples_flags_and_annotations_are_served_and_published()
    {
        var example = (await (await fixture.Products.Store.OpenAsync("loan")).ReadExamplesAsync()).Single(one => one.Query == "value");
        var text = await fixture.Service.Http.GetStringAsync(new Uri("openapi/v1.json", UriKind.Relative));

        var (status, body) = await fixture.Service.PostAsync("value", example.Input.GetRawText());

        Assert.Equal((200, """{"House":1150000.00,"Car":0.00}"""), (status, body));
        var document = JsonElement.Parse(text);
        var properties = document.GetProperty("components").GetProperty("schemas").GetProperty("ValueRequest").GetProperty("properties");
        Assert.Equal("^(?:[A-Z]{2})?$", properties.GetProperty("reference").GetProperty("pattern").GetString());
        Assert.Equal("#/components/schemas/Security", properties.GetProperty("securities").GetProperty("additionalProperties").GetProperty("items").GetProperty("$ref").GetString());
        Assert.Equal("number", properties.GetProperty("rates").GetProperty("items").GetProperty("items").GetProperty("type").GetString());
        var security = document.GetProperty("components").GetProperty("schemas").GetProperty("Security");
        Assert.Equal("kind", security.GetProperty("discriminator").GetProperty("propertyName").GetString());
        Assert.Equal(2, security.GetProperty("anyOf").GetArrayLength());
        Assert.Equal("house", document.GetProperty("components").GetProperty("schemas").GetProperty("SecurityHouse").GetProperty("properties").GetProperty("kind").GetProperty("const").GetString());
    }

    [Theory]
    [InlineData("""{"securities":{"Boat":[]},"rates":[],"channels":"Mail"}""", "/securities/Boat")]
    [InlineData("""{"securities":{"Car":[{"worth":1}]},"rates":[],"channels":"Mail"}""", "/securities/Car/0/kind")]
    [InlineData("""{"securities":{"Car":[{"kind":"house","worth":-1,"place":{"latitude":0,"longitude":0}}]},"rates":[],"channels":"Mail"}""", "/securities/Car/0/worth")]
    [InlineData("""{"securities":{},"rates":[[1],[1,2]],"channels":"Mail"}""", "/rates/1")]
    [InlineData("""{"securities":{},"rates":[],"channels":"Mail|Visit"}""", "/channels")]
    [InlineData("""{"securities":{},"rates":[],"channels":"Mail","reference":"abc"}""", "/reference")]
    public async Task What_they_do_not_allow_is_400_with_a_pointer(string body, string pointer)
    {
        var (status, answer) = await fixture.Service.PostAsync("value", body);

        Assert.Equal((400, pointer), (status, JsonElement.Parse(answer).GetProperty("errors")[0].GetProperty("pointer").GetString()));
    }

    [Fact]
    public async Task What_the_code_of_a_type_refuses_is_an_error_of_the_body_like_any_other()
    {
        var (status, body) = await fixture.Service.PostAsync("predict-batch", """{"problem":{"level":-1},"more":0}""");

        Assert.Equal(400, status);
        Assert.Equal(["/problem", "/more"], JsonElement.Parse(body).GetProperty("errors").EnumerateArray().Select(error => error.GetProperty("pointer").GetString()));
        Assert.Equal((200, """{"wert":3}"""), await fixture.Service.PostAsync("predict-batch", """{"problem":{"level":3}}"""));
    }

    [Fact]
    public async Task Queries_of_a_base_class_are_served_as_the_model_overrides_them() =>
        Assert.Equal((200, "1000000"), await fixture.Service.PostAsync("limit", "{}"));

    [Theory]
    [InlineData("application/jsonl", "{\"year\":1,\"amount\":33.33}\n{\"year\":2,\"amount\":33.33}\n{\"year\":3,\"amount\":33.33}\n")]
    [InlineData("text/event-stream", "data: {\"year\":1,\"amount\":33.33}\n\ndata: {\"year\":2,\"amount\":33.33}\n\ndata: {\"year\":3,\"amount\":33.33}\n\n")]
    [InlineData("application/json", "[{\"year\":1,\"amount\":33.33},{\"year\":2,\"amount\":33.33},{\"year\":3,\"amount\":33.33}]")]
    public async Task A_stream_is_answered_in_the_form_that_the_caller_takes(string accept, string expected) =>
        Assert.Equal((200, expected), await fixture.Service.PostAsync("plan", """{"amount":100}""", accept));

    [Fact]
    public async Task Calls_of_a_query_that_is_not_concurrent_take_turns()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => fixture.Service.PostAsync("running", "{}")));

        Assert.All(answers, answer => Assert.Equal((200, "1"), answer));
    }

    [Fact]
    public async Task A_failure_in_a_batch_names_the_call_that_failed()
    {
        var (status, body) = await fixture.Service.PostAsync("fail/batch", """[{"how":"fine"},{"how":"throw"}]""");

        Assert.Equal(500, status);
        Assert.Equal("/1", JsonElement.Parse(body).GetProperty("errors")[0].GetProperty("pointer").GetString());
        await fixture.Service.AssertLogsAsync("the query fail/1");
    }
}
