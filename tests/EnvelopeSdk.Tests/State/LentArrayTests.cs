using EnvelopeSdk.Binding.Arrays;
using EnvelopeSdk.Tests.Models;
using EnvelopeSdk.Tests.Support;

namespace EnvelopeSdk.Tests.State;

/// <summary>
/// A save loads what it wrote, to see that it can be. A large array is not read into memory a second time for that, and
/// the model that is being saved does not notice.
/// </summary>
[Collection(nameof(Vectors))]
public sealed class LentArrayTests : IDisposable
{
    private const int Large = (int)(ArrayReader.LeastLent / sizeof(float));

    private readonly TempStore _store = new();

    public LentArrayTests() => (Vectors.Meddles, Vectors.Fails, PooledVectors.Disposals, Growing.Grows) = (false, false, 0, false);

    public void Dispose() => _store.Dispose();

    [Theory]
    [InlineData(Large)]
    [InlineData(Large - 1)]
    public async Task A_constructor_that_changes_its_array_leaves_the_trained_model_as_it_was(int length)
    {
        var model = new Vectors(Numbers(length));
        Vectors.Meddles = true;
        await Envelope.SaveAsync(model, store: _store.Store);

        Assert.Equal(Numbers(length), model.Items);
        var loaded = await Envelope.LoadAsync<Vectors>("vectors", _store.Store);
        Assert.Equal(2, loaded.Items[1]); // as it does to what is loaded
        Assert.Equal(Numbers(length)[2..], loaded.Items[2..]);
    }

    [Theory]
    [InlineData(Large)]
    [InlineData(Large - 1)]
    public async Task What_a_constructor_changes_shows_in_the_examples_and_is_put_back(int length)
    {
        var model = new Vectors(Numbers(length));
        var example = model.AtExample(1);
        Vectors.Meddles = true;

        await Failure.OfAsync(EnvelopeError.Invalid, () => Envelope.SaveAsync(model, new() { Examples = { example } }, _store.Store), "at", "Nothing was saved");
        Assert.Equal(Numbers(length), model.Items);
    }

    [Fact]
    public async Task What_a_constructor_changes_before_it_fails_is_put_back()
    {
        var model = new Vectors(Numbers(Large));
        (Vectors.Meddles, Vectors.Fails) = (true, true);

        await Failure.OfAsync(EnvelopeError.Invalid, () => Envelope.SaveAsync(model, store: _store.Store), "it cannot", "Nothing was saved");
        Assert.Equal(Numbers(Large), model.Items);
    }

    [Fact]
    public async Task A_model_that_is_disposed_of_gets_an_array_of_its_own()
    {
        var model = new PooledVectors(Numbers(Large));
        await Envelope.SaveAsync(model, store: _store.Store);

        Assert.Equal(1, PooledVectors.Disposals);
        Assert.Equal(Numbers(Large), model.Items);
    }

    [Fact]
    public async Task Lists_and_rows_are_never_lent()
    {
        var model = new Growing([.. Numbers(Large)], [Numbers(Large), [2]]);
        Growing.Grows = true;
        await Envelope.SaveAsync(model, store: _store.Store);

        Assert.Equal(Numbers(Large), model.Items);
        Assert.Equal([Large, 1], model.Rows.Select(row => row.Length));
    }

    [Fact]
    public async Task A_loaded_array_is_another_one()
    {
        var model = new Vectors(Numbers(Large));
        await Envelope.SaveAsync(model, store: _store.Store);

        Assert.NotSame(model.Items, (await Envelope.LoadAsync<Vectors>("vectors", _store.Store)).Items);
    }

    private static float[] Numbers(int length) => [.. Enumerable.Range(0, length).Select(i => (float)i)];
}
