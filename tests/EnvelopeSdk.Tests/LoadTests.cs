using EnvelopeSdk.Journal;
using EnvelopeSdk.Packing;
using EnvelopeSdk.Tests.Models;
using EnvelopeSdk.Tests.Support;

namespace EnvelopeSdk.Tests;

public sealed class LoadTests : IDisposable
{
    private readonly TempStore _store = new();

    public void Dispose() => _store.Dispose();

    [Fact]
    public async Task Plain_state_is_loaded_as_it_was_saved()
    {
        await Envelope.SaveAsync(HousePrice.Trained, store: _store.Store);
        var loaded = await Envelope.LoadAsync<HousePrice>("house-price", _store.Store);

        Assert.Equal(HousePrice.Trained.Weights, loaded.Weights);
        Assert.Equal(HousePrice.Trained.Currency, loaded.Currency);
        Assert.Equal(HousePrice.Trained.Predict(0.7), loaded.Predict(0.7));
    }

    [Theory]
    [InlineData(null), InlineData(-0.0f), InlineData(float.Epsilon)]
    public async Task State_of_every_kind_is_loaded_as_it_was_saved(float? threshold)
    {
        var weights = Enumerable.Range(0, 100_000).Select(i => i / 3f).Append(float.NaN).ToArray();
        var parent = new Models.Vocabulary(["", "ä\u0000\n\"😀"], Mood.Bad, 79228162514264337593543950335m, long.MinValue) { CaseSensitive = true };
        await Envelope.SaveAsync(new Sentiment(new Weights(weights), new([], Mood.Good, -0.10m, 1, parent), threshold), store: _store.Store);
        var loaded = await Envelope.LoadAsync<Sentiment>("sentiment", _store.Store);

        Assert.Equal(weights, loaded.Embedding.Values);
        Assert.Equal(Bits(threshold), Bits(loaded.Threshold));
        Assert.Equal(parent.Words, loaded.Vocabulary.Parent!.Words);
        Assert.Equal(parent with { Words = loaded.Vocabulary.Parent.Words }, loaded.Vocabulary.Parent);
        Assert.Equal((Mood.Good, -0.10m, 1L, false), (loaded.Vocabulary.Fallback, loaded.Vocabulary.Share, loaded.Vocabulary.Count, loaded.Vocabulary.CaseSensitive));
    }

    [Fact]
    public async Task An_envelope_is_loaded_from_a_file()
    {
        await _store.SaveAsync(first: 42);
        var path = _store.At("mail.envelope");
        await EnvelopeArchive.ExportAsync(await _store.OpenSoundAsync(), EnvelopeJournal.Empty, path);

        Assert.Equal(42, (await Envelope.LoadAsync<HousePrice>(path, _store.Store)).Weights[0]);
    }

    [Fact]
    public async Task Loading_as_another_class_is_a_mismatch_that_names_both()
    {
        await _store.SaveAsync();

        await Failure.OfAsync(
            EnvelopeError.Mismatch, () => Envelope.LoadAsync<Sentiment>("house-price", _store.Store), typeof(HousePrice).FullName!, typeof(Sentiment).FullName!);
    }

    [Fact]
    public async Task State_that_JSON_cannot_carry_is_refused_by_name()
    {
        await Failure.OfAsync(EnvelopeError.Invalid, () => Envelope.SaveAsync(new HousePrice([1], null!), store: _store.Store), "'currency'");
        await Failure.OfAsync(EnvelopeError.Invalid, () => Envelope.SaveAsync(Rated(float.NaN), store: _store.Store), "'threshold'");
        Assert.Empty(await _store.Store.ListNamesAsync());

        await Envelope.SaveAsync(Rated(1), store: _store.Store);
    }

    private static Sentiment Rated(float threshold) => new(new Weights([1]), new([], Mood.Good, 0, 1, null), threshold);

    private static int? Bits(float? value) => value is { } one ? BitConverter.SingleToInt32Bits(one) : null;
}
