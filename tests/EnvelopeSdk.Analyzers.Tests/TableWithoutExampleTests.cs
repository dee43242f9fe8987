using EnvelopeSdk.Analyzers.Tests.Harness;

namespace EnvelopeSdk.Analyzers.Tests;

public class TableWithoutExampleTests
{
    [Theory]
    [InlineData("[|Envelope.SaveAsync(model)|]")]
    [InlineData("[|Envelope.SaveAsync(model, null)|]")]
    [InlineData("[|Envelope.SaveAsync(model, default)|]")]
    [InlineData("[|Envelope.SaveAsync(model, store: null)|]")]
    [InlineData("[|Envelope.SaveAsync(model, new EnvelopeInfo())|]")]
    [InlineData("[|Envelope.SaveAsync(model, new())|]")]
    [InlineData("[|Envelope.SaveAsync(model, new EnvelopeInfo { Description = \"a\" })|]")]
    [InlineData("[|Envelope.SaveAsync(model, new EnvelopeInfo { Examples = [] })|]")]
    [InlineData("[|Envelope.SaveAsync(model, new EnvelopeInfo { Examples = { } })|]")]
    [InlineData("[|Envelope.SaveAsync(model, new EnvelopeInfo { Examples = new List<PredictionExample>() })|]")]
    [InlineData("[|Envelope.SaveAsync(model, new EnvelopeInfo { Examples = new PredictionExample[] { } })|]")]
    public async Task A_call_that_visibly_passes_no_example_is_reported(string call)
    {
        var source = Source(call);
        var diagnostic = Assert.Single(await TestSource.AnalyzeAsync(source.Compile()));
        Assert.Equal("ENV0024", diagnostic.Id);
        Assert.Equal("'Predict' of Model takes or answers a table, whose columns only an example tells, so saving it without one fails; pass new EnvelopeInfo { Examples = [model.PredictExample(...)] }", diagnostic.GetMessage(null));
        Assert.Equal(source.Reported, diagnostic.Location.SourceSpan);
    }

    [Theory]
    [InlineData("public Task<DataFrame> PredictAsync(int x) => null!;", "'PredictAsync'", "[await model.PredictExampleAsync(...)]")]
    [InlineData("public int Predict(DataFrame? rows = null) => 1;", "'Predict'", "[model.PredictExample(...)]")]
    [InlineData("public int Predict(int x, Microsoft.ML.IDataView rows) => x;", "'Predict'", "[model.PredictExample(...)]")]
    public async Task A_table_counts_wherever_a_method_has_it(string method, params string[] parts)
    {
        var diagnostic = Assert.Single(await TestSource.AnalyzeAsync(Source("[|Envelope.SaveAsync(model)|]", method).Compile()));
        Assert.All(parts, part => Assert.Contains(part, diagnostic.GetMessage(null), StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Envelope.SaveAsync(model, new EnvelopeInfo { Examples = [model.PredictExample(null!)] })")]
    [InlineData("Envelope.SaveAsync(model, new EnvelopeInfo { Examples = { model.PredictExample(null!) } })")]
    [InlineData("Envelope.SaveAsync(model, new EnvelopeInfo { Examples = [.. examples] })")]
    [InlineData("Envelope.SaveAsync(model, new EnvelopeInfo { Examples = examples })")]
    [InlineData("Envelope.SaveAsync(model, new EnvelopeInfo { Examples = new List<PredictionExample>(examples) })")]
    [InlineData("Envelope.SaveAsync(model, new EnvelopeInfo { Examples = new PredictionExample[] { model.PredictExample(null!) } })")]
    [InlineData("Envelope.SaveAsync(model, info)")]
    [InlineData("Envelope.SaveAsync(model, info with { Name = \"a\" })")]
    public async Task A_call_that_passes_one_or_may_pass_one_is_not_reported(string call) =>
        Assert.Empty(await TestSource.AnalyzeAsync(Source(call).Compile()));

    [Fact]
    public async Task A_model_without_tables_needs_no_example() =>
        Assert.Empty(await TestSource.AnalyzeAsync(Source("Envelope.SaveAsync(model)", "public int Predict(int x) => x; public DataFrame Other(DataFrame rows) => rows;").Compile()));

    private static TestSource Source(string call, string method = "public DataFrame Predict(DataFrame rows) => rows;") => new(
        $$"""
        using Microsoft.Data.Analysis;
        [EnvelopeModel("test")] public partial class Model { [Predict] {{method}} }
        public static class Training
        {
            public static Task SaveAsync(Model model, EnvelopeInfo info, List<PredictionExample> examples) => {{call}};
        }
        """);
}
