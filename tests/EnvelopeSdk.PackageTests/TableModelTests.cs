using System.Text.Json;
using EnvelopeSdk.Schema;
using Microsoft.OpenApi;

namespace EnvelopeSdk.PackageTests;

/// <summary>Queries that take and answer tables, whose columns only the examples told.</summary>
[Collection(ProductsCollection.Name)]
public sealed class TableModelTests(TableModelFixture fixture) : IClassFixture<TableModelFixture>
{
    [Fact]
    public async Task A_service_answers_the_rows_that_the_training_program_predicted_to_the_last_bit()
    {
        Assert.Equal(5, fixture.Predicted.Count);
        Assert.Equal(400, fixture.Predicted[3].Output.GetArrayLength());
        Assert.True(fixture.Predicted[3].Output.EnumerateArray().Select(row => row.GetProperty("Score").GetRawText()).Distinct().Count() > 100); // it has learned something
        foreach (var example in fixture.Predicted)
        {
            Assert.Equal((200, example.Output.GetRawText()), await fixture.Service.PostAsync(example.Query, example.Input.GetRawText()));
        }

        Assert.DoesNotContain("does not answer a recorded example", fixture.Service.Log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_batch_job_answers_each_row_as_the_training_program_predicted_to_the_last_bit()
    {
        var project = await fixture.Products.NewAsync("envelope-batch", "FlatBatch", "--envelope", "flat-rent");
        var predicted = fixture.Predicted[3];
        var rows = predicted.Input.GetProperty("flats").EnumerateArray().Select((row, i) => $$"""{"id":{{i}},{{row.GetRawText()[1..]}}""");
        await File.WriteAllLinesAsync(Path.Combine(project, "in.jsonl"), rows);

        var output = await fixture.Products.RunAsync(
            project, "dotnet", "run", "--", "--input", "in.jsonl", "--output", "out.jsonl", "--query", "predict", "--key", "id");

        Assert.Contains("400 of 400 rows are answered", output, StringComparison.Ordinal);
        var answers = File.ReadLines(Path.Combine(project, "out.jsonl")).Select(line => JsonElement.Parse(line)).ToList();
        Assert.Equal(Scores(predicted.Output.EnumerateArray()), Scores(answers));
        Assert.Equal(Enumerable.Range(0, 400), answers.Select(one => one.GetProperty("id").GetInt32()));
        Assert.Equal(4, answers[0].GetProperty("Code").GetArrayLength());

        static IEnumerable<(string? District, int Score)> Scores(IEnumerable<JsonElement> rows) => rows.Select(row => (
            row.GetProperty("District").GetString(), BitConverter.SingleToInt32Bits(row.GetProperty("Score").GetSingle())));
    }

    [Fact]
    public async Task The_envelope_says_the_columns_with_type_nullability_and_width()
    {
        var schema = (await fixture.Products.Store.OpenAsync("flat-rent")).Record.Schema;

        var predict = schema.Queries.Single(query => query.Name == "predict");
        Assert.Equal(["Area Float", "Floor Float", "District String"], Columns(predict.Parameters.Single().Type));
        Assert.Equal(["District String", "Code Array of Float, 4", "Score Float"], Columns(predict.Returns));
        var total = schema.Queries.Single(query => query.Name == "total-cost");
        Assert.Equal(["street String?", "rent Decimal", "heating Decimal?"], Columns(total.Parameters[0].Type));
        Assert.Equal(["street String?", "heating Decimal?", "total Decimal?"], Columns(total.Returns));
    }

    [Fact]
    public async Task Every_fault_of_the_rows_is_reported_with_its_pointer()
    {
        const string Rows = """[{"Area":"big","Floor":1,"District":"A"},{"Area":1,"Floor":1},{"Area":1,"Floor":null,"District":"A","Rent":1},7]""";

        var (status, body) = await fixture.Service.PostAsync("predict", $$"""{"flats":{{Rows}}}""");

        Assert.Equal(400, status);
        Assert.Equal(
            ["/flats/0/Area", "/flats/1/District", "/flats/2/Floor", "/flats/2/Rent", "/flats/3"],
            JsonElement.Parse(body).GetProperty("errors").EnumerateArray().Select(error => error.GetProperty("pointer").GetString()));
    }

    [Theory]
    [InlineData("not", 200)]
    [InlineData("more", 500)]
    [InlineData("fewer", 500)]
    [InlineData("type", 500)]
    [InlineData("null", 500)]
    [InlineData("nan", 500)]
    public async Task An_answer_with_other_columns_than_the_examples_is_the_models_fault(string how, int expected)
    {
        var (status, body) = await fixture.Service.PostAsync("fail", $$"""{"flats":[{"area":2}],"how":"{{how}}"}""");

        Assert.Equal(expected, status);
        Assert.True(status == 200 || JsonElement.Parse(body).GetProperty("type").GetString()!.EndsWith(":answer-not-writable", StringComparison.Ordinal), body);
    }

    [Fact]
    public async Task A_table_may_be_null_where_its_type_says_so_and_empty_everywhere()
    {
        Assert.Equal((200, "null"), await fixture.Service.PostAsync("fail", """{"flats":null,"how":"not"}"""));
        Assert.Equal((200, "[]"), await fixture.Service.PostAsync("predict", """{"flats":[]}"""));
        Assert.Equal(400, (await fixture.Service.PostAsync("predict", """{"flats":null}""")).Status);
        Assert.Equal((200, "[[],[]]"), await fixture.Service.PostAsync("predict/batch", """[{"flats":[]},{"flats":[]}]"""));
    }

    [Fact]
    public async Task The_document_describes_the_rows()
    {
        var text = await fixture.Service.Http.GetStringAsync(new Uri("openapi/v1.json", UriKind.Relative));

        var read = OpenApiDocument.Parse(text, OpenApiConstants.Json);

        Assert.Empty(read.Diagnostic!.Errors);
        var operation = read.Document!.Paths["/predict"].Operations![HttpMethod.Post];
        var row = operation.RequestBody!.Content!["application/json"].Schema!.Properties!["flats"].Items!;
        Assert.Equal(["Area", "Floor", "District"], row.Properties!.Keys);
        Assert.Equal(["Area", "Floor", "District"], row.Required!);
        Assert.Equal(JsonSchemaType.Number, row.Properties["Area"].Type);
        var answer = operation.Responses!["200"].Content!["application/json"].Schema!.Items!.Properties!;
        Assert.Equal((4, 4), (answer["Code"].MinItems, answer["Code"].MaxItems));
    }

    private static IEnumerable<string> Columns(TypeSchema type) => type.Columns!.Select(column => column.Type.Items is { } item
        ? $"{column.Name} {column.Type.Kind} of {item.Kind}, {column.Constraints!.MinItems}"
        : $"{column.Name} {column.Type.Kind}{(column.Type.Nullable ? "?" : "")}");
}
