using EnvelopeSdk.Packing;
using EnvelopeSdk.Tests.Support;

namespace EnvelopeSdk.Tests.Packing;

public sealed class ExportErrorTests : IDisposable
{
    private readonly TempStore _store = new();

    public void Dispose() => _store.Dispose();

    [Fact]
    public async Task A_folder_that_is_not_there_is_named_and_no_file_that_nobody_asked_for()
    {
        var failure = await Failure.OfAsync(EnvelopeError.Unavailable, () => ExportAsync(_store.At("nowhere/x.envelope")), "There is no folder", _store.At("nowhere"), "x.envelope");

        Assert.DoesNotContain("partial", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_in_the_place_of_the_file_is_told()
    {
        Directory.CreateDirectory(_store.At("x.envelope"));

        await Failure.OfAsync(EnvelopeError.Unavailable, () => ExportAsync(_store.At("x.envelope")), "It is a folder", _store.At("x.envelope"));
        Assert.Empty(Directory.EnumerateFiles(_store.At(""), "*.partial"));
    }

    private async Task ExportAsync(string path)
    {
        var saved = await _store.SaveAsync();
        await EnvelopeArchive.ExportAsync(await _store.Store.OpenAsync(saved.Name, saved.Digest), await _store.Store.ReadJournalAsync(saved), path);
    }
}
