using EnvelopeSdk.Packing;
using EnvelopeSdk.Tests.Models;
using EnvelopeSdk.Tests.Support;

namespace EnvelopeSdk.Tests.Packing;

/// <summary>State whose file has no bytes, which a tar holds as an entry without data.</summary>
public sealed class EmptyFilesTests : IDisposable
{
    private readonly TempStore _store = new();
    private readonly TempStore _other = new();

    public void Dispose()
    {
        _store.Dispose();
        _other.Dispose();
    }

    [Fact]
    public async Task An_empty_file_survives_export_and_import()
    {
        var model = new Sentiment(new Weights([]), new([], Mood.Good, 0, 0), null);
        var saved = await Envelope.SaveAsync(model, store: _store.Store);
        var content = await _store.OpenSoundAsync("sentiment");
        Assert.Contains(content.Files, file => file is { Path: "state/embedding/values.bin", Size: 0 });
        var file = _store.At("empty.envelope");
        await EnvelopeArchive.ExportAsync(content, await _store.Store.ReadJournalAsync(saved), file);

        Assert.Empty((await Envelope.LoadAsync<Sentiment>(file, _other.Store)).Embedding.Values);
        Assert.Equal(saved, await EnvelopeArchive.ImportAsync(file, _other.Store));
        await _other.OpenSoundAsync("sentiment");
        Assert.Empty((await Envelope.LoadAsync<Sentiment>("sentiment", _other.Store)).Embedding.Values);
    }
}
