using System.Text.Json;
using EnvelopeSdk.Tests.Models;
using EnvelopeSdk.Tests.Support;

namespace EnvelopeSdk.Tests.Capture;

/// <summary>What a data scientist says about a model, right and wrong.</summary>
public sealed class InfoTests : IDisposable
{
    private readonly TempStore _store = new();

    public void Dispose() => _store.Dispose();

    [Theory]
    [InlineData(double.NaN, "NaN"), InlineData(double.PositiveInfinity, "Infinity"), InlineData(double.NegativeInfinity, "-Infinity")]
    public async Task A_metric_that_is_no_finite_number_is_recorded_with_a_warning_that_names_it(double value, string text)
    {
        var warnings = new List<string>();
        var info = new EnvelopeInfo
        {
            Metrics = new Dictionary<string, double> { ["r2"] = 0.9, ["loss"] = value },
            Hyperparameters = new Dictionary<string, HyperparameterValue> { ["limit"] = value },
            OnWarning = warnings.Add,
        };
        var saved = await _store.SaveAsync(info: info);

        Assert.Contains($"'loss' is {text}", Assert.Single(warnings), StringComparison.Ordinal);
        Assert.Equal(value, (await _store.Store.ReadJournalAsync(saved)).Labels.Metrics["loss"]);
        Assert.Equal(text, (await _store.Store.OpenAsync(saved.Name, saved.Digest)).Record.Hyperparameters["limit"].GetString());
    }

    [Theory]
    [InlineData("", "r2", "A tag has no name"), InlineData("team", " ", "A metric has no name")]
    public async Task A_tag_or_metric_without_a_name_is_refused_before_anything_is_written(string tag, string metric, string message)
    {
        await Failure.OfAsync(EnvelopeError.Invalid, () => _store.SaveAsync(info: new EnvelopeInfo { Tags = { [tag] = "x" }, Metrics = { [metric] = 1 } }), message);
        Assert.Empty(await _store.Store.ListNamesAsync());
    }

    [Fact]
    public async Task Metrics_that_are_numbers_are_recorded_without_a_word()
    {
        var warnings = new List<string>();
        await _store.SaveAsync(info: new EnvelopeInfo { Metrics = { ["r2"] = 0.9 }, OnWarning = warnings.Add });

        Assert.Empty(warnings);
    }

    [Fact]
    public async Task An_example_of_a_query_that_the_model_does_not_have_is_refused_with_those_it_has()
    {
        var stray = new PredictionExample("price", JsonElement.Parse("{}"), JsonElement.Parse("1"));

        await Failure.OfAsync(EnvelopeError.Invalid, () => _store.SaveAsync(info: new EnvelopeInfo { Examples = [stray] }), "'price'", "It has: predict.");
    }

    [Fact]
    public async Task An_example_that_no_caller_could_send_is_refused_with_its_argument()
    {
        var wrong = new PredictionExample("predict", JsonElement.Parse($$"""{"area":"{{new string('9', 200)}}"}"""), JsonElement.Parse("1"));

        await Failure.OfAsync(EnvelopeError.Invalid, () => _store.SaveAsync(info: new EnvelopeInfo { Examples = [wrong] }), "'predict'", $"'area': \"{new string('9', 99)}...,");
        Assert.Empty(await _store.Store.ListNamesAsync());
    }

    [Theory]
    [InlineData("1", "has the input 1, which is no object")]
    [InlineData("{}", "lacks the argument 'area'")]
    [InlineData("""{"area":1,"nope":2}""", "has the argument 'nope', which the method does not take")]
    public async Task So_is_one_with_too_few_or_too_many_arguments(string input, string reason)
    {
        var wrong = new PredictionExample("predict", JsonElement.Parse(input), JsonElement.Parse("1"));

        await Failure.OfAsync(EnvelopeError.Invalid, () => _store.SaveAsync(info: new EnvelopeInfo { Examples = [wrong] }), "'predict'", reason);
    }

    [Fact]
    public async Task Examples_are_read_back()
    {
        var model = new HousePrice([1, 2, 3], "EUR");
        await Envelope.SaveAsync(model, new EnvelopeInfo { Examples = [model.PredictExample(80), model.PredictExample(0.1, rooms: 5)] }, _store.Store);
        var examples = await (await _store.OpenSoundAsync()).ReadExamplesAsync();

        Assert.Equal(["{\"area\":80,\"rooms\":3}", "{\"area\":0.1,\"rooms\":5}"], examples.Select(example => JsonSerializer.Serialize(example.Input)));
        Assert.Equal(["170", "16.2"], examples.Select(example => example.Output.GetRawText()));
        Assert.All(examples, example => Assert.Equal("predict", example.Query));
    }

    [Fact]
    public async Task An_envelope_without_examples_has_none()
    {
        await _store.SaveAsync();

        Assert.Empty(await (await _store.OpenSoundAsync()).ReadExamplesAsync());
    }
}
