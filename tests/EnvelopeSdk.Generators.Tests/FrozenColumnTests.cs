using EnvelopeSdk.Generators.Tests.Harness;
using EnvelopeSdk.Schema;

namespace EnvelopeSdk.Generators.Tests;

/// <summary>What saving a model with tables needs of examples, and makes of them.</summary>
public class FrozenColumnTests
{
    [Theory]
    [InlineData("Frame Predict(Frame rows) => rows;", "Examples = [model.PredictExample(...)]")]
    [InlineData("Task<int> PredictAsync(Frame rows) => Task.FromResult(1);", "Examples = [await model.PredictExampleAsync(...)]")]
    [InlineData("Frame Predict(int x) => new();", "Examples = [model.PredictExample(...)]")]
    public async Task A_table_without_an_example_is_refused_with_the_cure(string method, string cure)
    {
        var failure = await Assert.ThrowsAsync<EnvelopeException>(() => TableModel.Of(method).FreezeAsync());

        Assert.Equal(EnvelopeError.Invalid, failure.Error);
        Assert.StartsWith("The query 'predict' takes or answers a table, and only an example can tell its columns.", failure.Message, StringComparison.Ordinal);
        Assert.Contains(cure, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_example_in_which_a_table_is_null_tells_nothing_of_it()
    {
        var model = TableModel.Of("int Predict(Frame? rows) => 1;", "PredictExample(null)", "PredictExample(new Frame((\"a\", [1])))");
        var examples = (PredictionExample[])model.RunScript()!;

        await Assert.ThrowsAsync<EnvelopeException>(() => model.FreezeAsync(examples[0]));
        Assert.Equal("a Double", Columns(await model.FreezeAsync(examples)));
    }

    [Fact]
    public async Task Several_examples_add_up_to_what_may_be_missing()
    {
        var model = TableModel.Of(
            "int Predict(Frame rows) => 1;", "PredictExample(new Frame((\"a\", [1]), (\"b\", [null]), (\"c\", [1])))", "PredictExample(new Frame((\"a\", [null]), (\"b\", [1]), (\"c\", [1])))");
        var examples = (PredictionExample[])model.RunScript()!;

        Assert.Equal("a Double, b Double?, c Double", Columns(await model.FreezeAsync(examples[0])));
        Assert.Equal("a Double?, b Double?, c Double", Columns(await model.FreezeAsync(examples)));
    }

    [Theory]
    [InlineData("new Frame((\"a\", [1]))")]
    [InlineData("new Frame((\"a\", [1]), (\"b\", [1]), (\"c\", [1]))")]
    [InlineData("new Frame((\"a\", [1]), (\"B\", [1]))")]
    public async Task Examples_with_different_columns_are_refused_with_the_name_of_one(string second)
    {
        var model = TableModel.Of("int Predict(Frame rows) => 1;", "PredictExample(new Frame((\"a\", [1]), (\"b\", [1])))", $"PredictExample({second})");

        var failure = await Assert.ThrowsAsync<EnvelopeException>(() => model.FreezeAsync((PredictionExample[])model.RunScript()!));

        Assert.Contains(second.Contains("\"c\"", StringComparison.Ordinal) ? "'c'" : "'b'", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_example_of_an_earlier_envelope_tells_its_columns_still()
    {
        var model = TableModel.Of("int Predict(Frame rows) => 1;", "PredictExample(new Frame((\"a\", [1]), (\"b\", [null])))");
        var example = (PredictionExample)model.RunScript()!;
        var read = System.Text.Json.JsonSerializer.Deserialize<PredictionExample>(System.Text.Json.JsonSerializer.Serialize(example))!;

        Assert.Equal("a Double, b Double?", Columns(await model.FreezeAsync(read)));
    }

    [Theory]
    [InlineData("(\"a\", [1])", "(\"a\", [null])", "compatible /predict/parameters/rows/columns/a, breaking /predict/returns/columns/a")]
    [InlineData("(\"a\", [null])", "(\"a\", [1])", "breaking /predict/parameters/rows/columns/a, compatible /predict/returns/columns/a")]
    [InlineData("(\"a\", [1])", "(\"a\", [1]), (\"b\", [1])", "breaking /predict/parameters/rows/columns/b, compatible /predict/returns/columns/b")]
    [InlineData("(\"a\", [1]), (\"b/c\", [1])", "(\"a\", [1])", "breaking /predict/parameters/rows/columns/b~1c, breaking /predict/returns/columns/b~1c")]
    [InlineData("(\"a\", [1])", "(\"a\", [2])", "")]
    public async Task Envelopes_whose_examples_have_different_columns_differ_to_callers(string before, string after, string changes)
    {
        var model = TableModel.Of("Frame Predict(Frame rows) => rows;", $"PredictExample(new Frame({before}))", $"PredictExample(new Frame({after}))");
        var examples = (PredictionExample[])model.RunScript()!;
        var (first, second) = (await model.FreezeAsync(examples[0]), await model.FreezeAsync(examples[1]));

        Assert.Equal(first.Fingerprint, second.Fingerprint);
        Assert.Equal(changes, string.Join(", ", SchemaComparison.Compare(first, second).Select(change => $"{(change.IsBreaking ? "breaking" : "compatible")} {change.Pointer}")));
    }

    private static string Columns(ModelSchema schema) =>
        string.Join(", ", schema.Queries.Single().Parameters.Single().Type.Columns!.Select(column => $"{column.Name} {column.Type.Kind}{(column.Type.Nullable ? "?" : "")}"));
}
