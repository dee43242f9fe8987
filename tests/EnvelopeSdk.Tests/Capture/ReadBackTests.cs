using EnvelopeSdk.Tests.Models;
using EnvelopeSdk.Tests.Support;

namespace EnvelopeSdk.Tests.Capture;

/// <summary>What was saved can be loaded: the limits for what strangers send are none for a model's own state.</summary>
public sealed class ReadBackTests : IDisposable
{
    private readonly TempStore _store = new();

    public void Dispose() => _store.Dispose();

    [Fact]
    public async Task State_with_more_parts_than_a_caller_may_send_is_saved_and_loaded()
    {
        var rows = new float[EnvelopeSdk.Binding.Reading.JsonInput.MaxContainers + 1][];
        Array.Fill(rows, [1f]);
        await Envelope.SaveAsync(new Spoken(0, rows, default), store: _store.Store);

        Assert.Equal(rows.Length, (await Envelope.LoadAsync<Spoken>("spoken", _store.Store)).Rows);
    }

    [Fact]
    public async Task A_codec_whose_files_cannot_be_read_again_keeps_the_save_from_counting()
    {
        var model = new Faulty(new Torn());

        await Failure.OfAsync(EnvelopeError.Invalid, () => Envelope.SaveAsync(model, store: _store.Store), "cannot be made of it again", "the end is missing", "Nothing was saved", nameof(Faulty));
        Assert.Empty(await _store.Store.ListNamesAsync());
    }

    [Fact]
    public async Task A_model_that_is_read_back_is_disposed()
    {
        Disposed.Count = 0;
        await Envelope.SaveAsync(new Disposed(1), store: _store.Store);

        Assert.Equal(1, Disposed.Count);
    }
}
