using EnvelopeSdk.Generators.Tests.Harness;

namespace EnvelopeSdk.Generators.Tests;

/// <summary>Queries with types that cannot say their columns, of a framework that the SDK does not know.</summary>
public class TableTests
{
    private const string Carats = "new Frame((\"carat\", new double?[] { 0.5, 1 }))";
    private const string Prices = "{ rows[\"price\"] = rows[\"carat\"].Select(carat => 4000 * carat).ToArray(); rows.Columns.Remove(\"carat\"); return rows; }";

    [Theory]
    [InlineData($"Frame Predict(Frame rows) {Prices}", $"PredictExample({Carats})")]
    [InlineData($"async Task<Frame> PredictAsync(Frame rows) {{ await Task.Yield(); {Prices} }}", $"PredictExampleAsync({Carats}).Result")]
    [InlineData($"ValueTask<Frame?> Predict(Frame rows, CancellationToken token) {{ return new(Change(rows)); Frame Change(Frame rows) {Prices} }}", $"PredictExampleAsync({Carats}).Result")]
    public async Task A_table_is_recorded_as_it_was_before_the_call_and_served_by_its_columns(string method, string call)
    {
        var model = TableModel.Of(method, call);
        var example = (PredictionExample)model.RunScript()!;
        Assert.Equal("""{"rows":[{"carat":0.5},{"carat":1}]}""", example.Input.GetRawText());
        Assert.Equal("""[{"price":2000},{"price":4000}]""", example.Output.GetRawText());

        var service = CompiledService.Of(model, await model.FreezeAsync(example));
        Assert.Equal("""[{"price":1000},{"price":8000}]""", service.Answer("predict", """{"rows":[{"carat":0.25},{"carat":2}]}"""));
        Assert.Equal("[]", service.Answer("predict", """{"rows":[]}"""));
    }

    [Theory]
    [InlineData("Frame Predict(Frame rows) => rows;")]
    [InlineData("Frame? Predict(Frame? rows = null) => rows;")]
    [InlineData("Task<Frame> PredictAsync(int x, Frame rows) => Task.FromResult(rows);")]
    public void The_compiled_assembly_gives_the_schema_that_its_source_gave(string method)
    {
        var model = TableModel.Of(method);

        Assert.Equal(model.Schema.Fingerprint, model.FingerprintFromMetadata());
        Assert.Null(model.Schema.Queries[0].Returns.Columns);
    }

    [Fact]
    public async Task Tables_stand_among_other_parameters_whatever_they_are_called()
    {
        var model = TableModel.Of(
            "Frame Predict(double factor, Frame output, Frame answer, Frame @class, string text = \"a\") => new((text, [factor * output[\"x\"][0] + answer[\"y\"][0] + @class[\"z\"][0]]));",
            "PredictExample(2, new Frame((\"x\", [1])), new Frame((\"y\", [2])), new Frame((\"z\", [3])))");
        var service = CompiledService.Of(model, await model.FreezeAsync((PredictionExample)model.RunScript()!));

        Assert.Equal("""[{"a":33}]""", service.Answer("predict", """{"answer":[{"y":2}],"class":[{"z":3}],"factor":2,"output":[{"x":14}]}"""));
        Assert.Equal(
            "/class/0/x: Expected one of the columns 'z', got an unknown member.\n/class/0/z: Expected a value, got nothing: the member is missing.\n/output: Expected a value, got nothing: the member is missing.",
            service.Errors("predict", """{"answer":[{"y":2}],"class":[{"x":3}],"factor":2}"""));
    }

    [Fact]
    public async Task A_table_may_be_absent_or_null_where_its_type_says_so()
    {
        var model = TableModel.Of("Frame? Predict(Frame? rows = null) => rows;", $"PredictExample({Carats})");
        var service = CompiledService.Of(model, await model.FreezeAsync((PredictionExample)model.RunScript()!));
        Assert.Equal("null", service.Answer("predict", "{}"));
        Assert.Equal("null", service.Answer("predict", """{"rows":null}"""));
        Assert.Equal("""[{"carat":1}]""", service.Answer("predict", """{"rows":[{"carat":1}]}"""));
        Assert.Equal("/rows: Expected an array, got an object.", service.Errors("predict", """{"rows":{}}"""));
    }

    [Theory]
    [InlineData("[{\"a\":1,\"b\":null}]", "")]
    [InlineData("[{\"b\":2,\"a\":1},{\"a\":1,\"b\":null}]", "")]
    [InlineData("[{\"a\":null,\"b\":1}]", "/rows/0/a: Expected a number, got null.")]
    [InlineData("[{\"a\":1}]", "/rows/0/b: Expected a value, got nothing: the member is missing.")]
    [InlineData("[{\"a\":1,\"b\":2,\"A\":3}]", "/rows/0/A: Expected one of the columns 'a', 'b', got an unknown member.")]
    [InlineData("[{\"a\":1,\"b\":\"2\"},null,{}]", "/rows/0/b: Expected a number, got a string.\n/rows/1: Expected an object, got null.\n/rows/2/a: Expected a value, got nothing: the member is missing.\n/rows/2/b: Expected a value, got nothing: the member is missing.")]
    public async Task Each_row_is_held_to_the_columns_and_to_what_they_may_miss(string rows, string errors)
    {
        var model = TableModel.Of("int Predict(Frame rows) => rows[\"a\"].Length;", "PredictExample(new Frame((\"a\", [1, 2]), (\"b\", [null, 2])))");
        var service = CompiledService.Of(model, await model.FreezeAsync((PredictionExample)model.RunScript()!));
        var body = $$"""{"rows":{{rows}}}""";

        Assert.Equal(errors, service.Errors("predict", body));
        Assert.Equal(errors.Length == 0, PublishedSchema.Of(service.Schema, "predict").Accepts(body));
    }

    [Fact]
    public async Task A_member_that_comes_twice_is_refused()
    {
        var model = TableModel.Of("int Predict(Frame rows) => 1;", $"PredictExample({Carats})");
        var service = CompiledService.Of(model, await model.FreezeAsync((PredictionExample)model.RunScript()!));

        Assert.Equal("/rows/1/carat: Expected the member once, got it again.", service.Errors("predict", """{"rows":[{"carat":1},{"carat":1,"carat":2}]}"""));
    }

    [Theory]
    [InlineData("new(rows.Columns.Select(column => (column.Key, column.Value)).Append((\"more\", new double?[1])).ToArray())", "with the column 'more'")]
    [InlineData("new((\"b\", rows[\"b\"]))", "without the column 'a'")]
    [InlineData("new((\"a\", [null]), (\"b\", [1]))", "missing value in the column 'a'")]
    [InlineData("new((\"a\", [double.NaN]), (\"b\", [1]))", "NaN")]
    [InlineData("null!", "null")]
    public async Task An_answer_that_is_not_what_the_examples_were_is_the_models_fault(string answer, string message)
    {
        var model = TableModel.Of($"Frame Predict(Frame rows) => rows[\"a\"][0] == 1 ? rows : {answer};", "PredictExample(new Frame((\"a\", [1]), (\"b\", [null])))");
        var service = CompiledService.Of(model, await model.FreezeAsync((PredictionExample)model.RunScript()!));

        var failure = Assert.Throws<Binding.ModelAnswerException>(() => service.Answer("predict", """{"rows":[{"a":2,"b":1}]}"""));

        Assert.Contains(message, failure.Message, StringComparison.Ordinal);
    }
}
