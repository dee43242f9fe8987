using EnvelopeSdk.Envelopes;
using EnvelopeSdk.Tests.Support;

namespace EnvelopeSdk.Tests.Store;

public sealed class DeleteTests : IDisposable
{
    private readonly TempStore _store = new();

    public void Dispose() => _store.Dispose();

    [Fact]
    public async Task A_deleted_envelope_is_no_longer_listed_and_nothing_is_known_of_it()
    {
        var (one, two) = (await _store.SaveAsync(1), await _store.SaveAsync(2));

        Assert.True(await _store.Store.DeleteAsync(one));
        Assert.Equal([two], await _store.Store.ListAsync("house-price"));
        Assert.Empty((await _store.Store.ReadJournalAsync(one)).Events);
        Assert.False(File.Exists(Journal(one)));
        Assert.True(File.Exists(Journal(two)));
        await Failure.OfAsync(
            EnvelopeError.NotFound, () => _store.Store.OpenAsync(one.Name, one.Digest), one.ToString(), two.ToString());
        await _store.OpenSoundAsync();
    }

    [Fact]
    public async Task Deleting_the_newest_makes_the_one_before_the_newest()
    {
        var (one, two) = (await _store.SaveAsync(1), await _store.SaveAsync(2));

        Assert.True(await _store.Store.DeleteAsync(two));
        Assert.Equal(one.Digest, (await _store.OpenSoundAsync()).Digest);
        Assert.DoesNotContain(
            two.Digest.Hex, await File.ReadAllTextAsync(_store.In("layouts", "house-price", "index.json")),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_not_there_is_not_deleted()
    {
        var stranger = new EnvelopeReference("house-price", Digest.Of("other"u8));
        Assert.False(await _store.Store.DeleteAsync(stranger));
        Assert.False(Directory.Exists(_store.Store.Address));

        var saved = await _store.SaveAsync();
        Assert.False(await _store.Store.DeleteAsync(stranger));
        Assert.False(await _store.Store.DeleteAsync(saved with { Name = "nobody" }));
        await Failure.OfAsync(
            EnvelopeError.Invalid, () => _store.Store.DeleteAsync(saved with { Name = "../house-price" }));
        Assert.True(await _store.Store.DeleteAsync(saved));
        Assert.False(await _store.Store.DeleteAsync(saved));
    }

    [Fact]
    public async Task With_its_last_envelope_a_name_is_gone()
    {
        var saved = await _store.SaveAsync();
        await _store.SaveAsync(info: new EnvelopeInfo { Name = "a.house" });
        await _store.Store.DeleteAsync(saved);

        Assert.Equal(["a.house"], await _store.Store.ListNamesAsync());
        Assert.Empty(await _store.Store.ListAsync("house-price"));
        await Failure.OfAsync(EnvelopeError.NotFound, () => _store.Store.OpenAsync("house-price"), "It has: a.house.");
        await Failure.OfAsync(EnvelopeError.NotFound, () => _store.Store.AppendAsync(saved, []), "'house-price'");
    }

    [Fact]
    public async Task A_deleted_envelope_can_be_saved_again_and_its_tags_do_not_come_back()
    {
        var tags = new Dictionary<string, string> { ["team"] = "pricing" };
        var saved = await _store.SaveAsync(info: new EnvelopeInfo { Tags = tags });
        await _store.Store.DeleteAsync(saved);

        Assert.Equal(saved, await _store.SaveAsync());
        Assert.Single((await _store.Store.ReadJournalAsync(saved)).Events);
        await _store.OpenSoundAsync();
    }

    [Fact]
    public async Task A_store_that_cannot_be_locked_is_unavailable_and_named()
    {
        var saved = await _store.SaveAsync();
        File.Delete(_store.In("lock"));
        File.CreateSymbolicLink(_store.In("lock"), "lock"); // leads to itself for ever

        await Failure.OfAsync(
            EnvelopeError.Unavailable, () => _store.Store.DeleteAsync(saved), saved.ToString(), _store.Store.Address);
        await Failure.OfAsync(EnvelopeError.Unavailable, () => _store.Store.CollectAsync(), _store.Store.Address);
    }

    private string Journal(EnvelopeReference reference) =>
        _store.In("layouts", reference.Name, "by-digest", reference.Digest.Hex, "journal.jsonl");
}
