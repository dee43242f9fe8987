using EnvelopeSdk.Tests.Models;
using EnvelopeSdk.Tests.Support;

namespace EnvelopeSdk.Tests.Capture;

/// <summary>What is saved answers as what was trained: else a service would answer otherwise, and nobody would know.</summary>
public sealed class LoadedAnswerTests : IDisposable
{
    private static readonly Dictionary<string, double> Rates = new() { ["Berlin"] = 2, ["Oslo"] = 4 };

    private readonly TempStore _store = new();

    public void Dispose() => _store.Dispose();

    public static TheoryData<string> Lost => ["a comparer", "a private setter", "a private field", "a derived class", "a property that is set late"];

    [Theory]
    [MemberData(nameof(Lost))]
    public async Task A_model_that_answers_otherwise_once_it_is_loaded_is_not_saved(string what)
    {
        var scaler = what == "a derived class" ? new Doubling() : new Scaler();
        var rates = what == "a comparer" ? new Dictionary<string, double>(Rates, StringComparer.OrdinalIgnoreCase) : Rates;
        scaler.Fit(what == "a private setter" ? 3 : 1);
        scaler.Hide(what == "a private field" ? 3 : 1);
        var model = new Decided(rates, scaler) { Late = what == "a property that is set late" ? 1 : 0 };
        var town = what == "a comparer" ? "BERLIN" : "Berlin";

        await Failure.OfAsync(
            EnvelopeError.Invalid, () => SaveAsync(model, model.PredictExample(town)),
            $"The query 'predict' answers {{\"town\":\"{town}\"}} with {model.Predict(town)}, and the model that is loaded from the envelope with ", "Nothing was saved");
        await Failure.OfAsync(EnvelopeError.Invalid, async () => await SaveAsync(model, await model.LaterExampleAsync(town)), "The query 'later' answers");
        Assert.Empty(await _store.Store.ListNamesAsync());
    }

    [Fact]
    public async Task A_model_whose_state_holds_all_is_saved_without_a_word()
    {
        var model = new Decided(Rates, new Scaler { Mean = 3 });
        Assert.Empty(await SaveAsync(model, model.PredictExample("Berlin"), await model.LaterExampleAsync("Rome")));
    }

    [Fact]
    public async Task A_query_that_answers_otherwise_each_time_is_held_to_nothing()
    {
        var model = new Decided(Rates, new Scaler());
        Assert.Empty(await SaveAsync(model, model.CountExample(1)));
    }

    [Fact]
    public async Task A_difference_of_rounding_alone_is_a_warning()
    {
        var model = new Decided(Rates, new Scaler()) { Late = 1e-7 };
        Assert.Contains("That is what a service answers.", Assert.Single(await SaveAsync(model, model.PredictExample("Berlin"))), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(3e-9, 0.5), InlineData(1, 1e-5), InlineData(-123456.789, 1e-6), InlineData(20_000_002, 1e-7)]
    public async Task A_number_is_close_to_another_by_its_size_or_near_zero(double answer, double late)
    {
        var model = new Decided(Rates, new Scaler()) { Late = late };
        Assert.Single(await SaveAsync(model, model.OffExample(answer)));
    }

    [Theory]
    [InlineData(0.5, 0.01), InlineData(-100.5, 1e-3)]
    public async Task A_number_that_is_another_is_refused(double answer, double late)
    {
        var model = new Decided(Rates, new Scaler()) { Late = late };
        await Failure.OfAsync(EnvelopeError.Invalid, () => SaveAsync(model, model.OffExample(answer)), "Nothing was saved");
    }

    [Fact]
    public async Task An_id_beside_another_is_another()
    {
        var model = new Decided(Rates, new Scaler()) { Late = 1 };
        await Failure.OfAsync(EnvelopeError.Invalid, () => SaveAsync(model, model.IdExample(1_000_001)), "with 1000002, and the model that is loaded from the envelope with 1000001");
    }

    [Fact]
    public async Task An_example_of_another_model_is_refused()
    {
        var model = new Decided(Rates, new Scaler());
        var other = new Decided(Rates, new Scaler { Mean = 2 });
        await Failure.OfAsync(EnvelopeError.Invalid, () => SaveAsync(model, other.PredictExample("Oslo")), "The example is of another model");
    }

    private async Task<IReadOnlyList<string>> SaveAsync(Decided model, params PredictionExample[] examples)
    {
        var warnings = new List<string>();
        await Envelope.SaveAsync(model, new EnvelopeInfo { Examples = examples, OnWarning = warnings.Add }, _store.Store);
        return warnings;
    }
}
