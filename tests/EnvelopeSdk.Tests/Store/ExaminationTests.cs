using EnvelopeSdk.Tests.Support;

namespace EnvelopeSdk.Tests.Store;

public sealed class ExaminationTests : IDisposable
{
    private readonly TempStore _store = new();

    public void Dispose() => _store.Dispose();

    [Fact]
    public async Task A_sound_store_has_nothing_to_say()
    {
        await _store.SaveAsync(1);
        await _store.SaveAsync(2, new() { Name = "a.house" });
        var files = Files();

        Assert.Empty(await ExamineAsync(mend: false));
        Assert.Empty(await ExamineAsync(mend: true));
        Assert.Equal(files, Files());
    }

    [Theory]
    [InlineData("layouts/house-price/saved"), InlineData("layouts/house-price/index.json"), InlineData("layouts/house-price/oci-layout")]
    [InlineData("layouts/house-price/by-digest/HEX/index.json"), InlineData("layouts/house-price/by-digest/HEX/oci-layout")]
    public async Task What_follows_from_other_files_is_mended_whole(string file)
    {
        var (one, two) = (await _store.SaveAsync(1), await _store.SaveAsync(2));
        var path = _store.In(file.Replace("HEX", one.Digest.Hex, StringComparison.Ordinal));
        var sound = await File.ReadAllBytesAsync(path);
        foreach (var damage in (Action[])[() => File.Delete(path), () => File.WriteAllText(path, "{"), () => Flip(path, sound)])
        {
            damage();
            Assert.Equal([StoreFindingState.Mendable], (await ExamineAsync(mend: false)).Select(found => found.State));
            Assert.Equal([StoreFindingState.Mended], (await ExamineAsync(mend: true)).Select(found => found.State));
            Assert.Equal(sound, await File.ReadAllBytesAsync(path));
            Assert.Empty(await ExamineAsync(mend: false));
        }

        Assert.Equal([one, two], await _store.Store.ListAsync("house-price"));
    }

    [Fact]
    public async Task The_order_of_names_is_mended()
    {
        var saved = await _store.SaveAsync(1);
        foreach (var damage in (Action[])[() => File.Delete(_store.In("names")), () => File.WriteAllText(_store.In("names"), "{")])
        {
            damage();
            Assert.Equal([StoreFindingState.Mendable], (await ExamineAsync(mend: false)).Select(found => found.State));
            Assert.Equal([StoreFindingState.Mended], (await ExamineAsync(mend: true)).Select(found => found.State));
            Assert.Empty(await ExamineAsync(mend: false));
            Assert.Equal(saved, (await _store.Store.ListNewestAsync().FirstAsync()).Reference);
        }
    }

    [Fact]
    public async Task Lines_of_a_journal_that_cannot_be_read_are_put_aside_and_the_others_hold()
    {
        var saved = await _store.SaveAsync(1, new() { Tags = new Dictionary<string, string> { ["team"] = "pricing" } });
        var journal = _store.In("layouts", "house-price", "by-digest", saved.Digest.Hex, "journal.jsonl");
        var sound = await File.ReadAllTextAsync(journal);
        await File.WriteAllTextAsync(journal, "nonsense\n" + sound);

        var found = Assert.Single(await ExamineAsync(mend: false), one => one.State == StoreFindingState.Lost);
        Assert.Equal(journal, found.Place);
        Assert.StartsWith("Line 1 cannot be read", found.Problem, StringComparison.Ordinal);
        await ExamineAsync(mend: true);

        Assert.Equal(sound, await File.ReadAllTextAsync(journal));
        Assert.Equal("nonsense\n", await File.ReadAllTextAsync(journal + ".damaged"));
        Assert.Equal("pricing", (await _store.Store.ReadJournalAsync(saved)).Labels.Tags["team"]);
        Assert.Empty(await ExamineAsync(mend: false));
    }

    [Fact]
    public async Task A_damaged_journal_hinders_no_other_envelope_not_even_when_its_own_is_saved_again()
    {
        var (one, two) = (await _store.SaveAsync(1), await _store.SaveAsync(2));
        await File.WriteAllTextAsync(_store.In("layouts", "house-price", "by-digest", one.Digest.Hex, "journal.jsonl"), "nonsense\n");

        await Failure.OfAsync(EnvelopeError.Damaged, () => _store.Store.AppendAsync(one, [Events.Saved(one.Digest, DateTimeOffset.UtcNow)]), "Line 1");
        Assert.False(File.Exists(_store.In("pending.json")));
        await File.WriteAllTextAsync(_store.In("pending.json"), $$"""{"name":"house-price","digests":["{{one.Digest}}"]}"""); // as a power failure leaves it
        Assert.Equal([one, two], await _store.Store.ListAsync("house-price"));
        var three = await _store.SaveAsync(3);
        Assert.Equal([one, two, three], await _store.Store.ListAsync("house-price"));
        await ExamineAsync(mend: true);
        Assert.Empty(await ExamineAsync(mend: false));
    }

    [Fact]
    public async Task An_envelope_without_a_manifest_can_be_deleted_and_then_content_is_collected_again()
    {
        var (one, two) = (await _store.SaveAsync(1), await _store.SaveAsync(2));
        File.Delete(_store.Blob(one.Digest));
        await Failure.OfAsync(EnvelopeError.Damaged, () => _store.Store.CollectAsync(), $"envelope delete {one}");

        Assert.True(await _store.Store.DeleteAsync(one));
        await _store.Store.CollectAsync();
        Assert.Equal(two.Digest, (await _store.OpenSoundAsync()).Digest);
    }

    [Fact]
    public async Task Content_that_is_damaged_is_lost_and_named_and_an_import_brings_it_back()
    {
        var saved = await _store.SaveAsync(1);
        var blob = (await _store.OpenSoundAsync()).Blobs.Last();
        await File.AppendAllTextAsync(_store.Blob(blob.Digest), " ");

        var found = Assert.Single(await ExamineAsync(mend: true));
        Assert.Equal((saved.ToString(), StoreFindingState.Lost), (found.Place, found.State));
        Assert.Contains(blob.Digest.Hex, found.Problem, StringComparison.Ordinal);

        await _store.SaveAsync(1);
        Assert.Empty(await ExamineAsync(mend: false));
    }

    [Fact]
    public async Task What_a_dead_writer_left_is_finished_and_removed()
    {
        var (one, two) = (await _store.SaveAsync(1), await _store.SaveAsync(2));
        await File.WriteAllTextAsync(_store.In("pending.json"), $$"""{"name":"house-price","digests":["{{two.Digest}}"]}""");
        await File.WriteAllTextAsync(_store.In("layouts", "house-price", "saved.1.partial"), "");
        Directory.Move(_store.In("layouts", "house-price", "by-digest", two.Digest.Hex), _store.At("taken"));
        Assert.Equal([one], await _store.Store.ListAsync("house-price"));

        Assert.All(await ExamineAsync(mend: true), found => Assert.NotEqual(StoreFindingState.Lost, found.State));
        Assert.DoesNotContain(await ExamineAsync(mend: false), found => found.State != StoreFindingState.Noted);
        Assert.Equal([one], await _store.Store.ListAsync("house-price"));
    }

    [Fact]
    public async Task A_damaged_note_of_a_change_stops_neither_reading_nor_writing()
    {
        var one = await _store.SaveAsync(1);
        foreach (var damaged in (string[])["{", "null", "", """{"name":"../x","digests":[]}"""])
        {
            await File.WriteAllTextAsync(_store.In("pending.json"), damaged);
            Assert.Equal(one, (await _store.Store.ListAsync("house-price"))[0]);
            Assert.Equal(["house-price"], await _store.Store.ListNamesAsync());
        }

        var two = await _store.SaveAsync(2);
        Assert.Equal([one, two], await _store.Store.ListAsync("house-price"));
        Assert.False(File.Exists(_store.In("pending.json")));
    }

    [Fact]
    public async Task Envelopes_of_a_lost_directory_are_noted_and_listed_again_when_asked()
    {
        var (one, two) = (await _store.SaveAsync(1), await _store.SaveAsync(2));
        Directory.Delete(_store.In("layouts"), recursive: true);
        Assert.Empty(await _store.Store.ListNamesAsync());

        var noted = await ExamineAsync(mend: true);
        Assert.Equal(new[] { one.ToString(), two.ToString() }.ToHashSet(), noted.Select(found => found.Place).ToHashSet());
        Assert.All(noted, found => Assert.Equal(StoreFindingState.Noted, found.State));

        await ExamineAsync(mend: true, restore: true);
        Assert.Equal(new[] { one, two }.ToHashSet(), (await _store.Store.ListAsync("house-price")).ToHashSet());
        await _store.OpenSoundAsync();
        var three = await _store.SaveAsync(3);
        await _store.Store.DeleteAsync(one);
        await ExamineAsync(mend: true, restore: true);
        Assert.Equal(three, (await _store.Store.ListAsync("house-price"))[^1]); // and not what was deleted
        Assert.Empty(await ExamineAsync(mend: false));
    }

    [Fact]
    public async Task A_store_of_a_newer_version_is_not_taken_for_damage()
    {
        await _store.SaveAsync(1);
        await File.WriteAllTextAsync(_store.In("store.json"), """{"version":2}""");
        var newer = EnvelopeStore.Open(_store.Store.Address);

        await Failure.OfAsync(EnvelopeError.UnknownVersion, () => newer.ListNamesAsync(), newer.Address, "version 2");
        await Failure.OfAsync(EnvelopeError.UnknownVersion, () => newer.OpenAsync("house-price"), newer.Address);
        await Failure.OfAsync(EnvelopeError.UnknownVersion, () => newer.StageAsync(), newer.Address);
    }

    private static void Flip(string path, byte[] sound)
    {
        var flipped = sound.ToArray();
        flipped[flipped.Length / 2] ^= 1;
        File.WriteAllBytes(path, flipped);
    }

    private async Task<List<StoreFinding>> ExamineAsync(bool mend, bool restore = false) =>
        await _store.Store.ExamineAsync(mend, restore).ToListAsync();

    private Dictionary<string, DateTime> Files() =>
        Directory.EnumerateFiles(_store.Store.Address, "*", SearchOption.AllDirectories)
            .ToDictionary(path => path, File.GetLastWriteTimeUtc);
}
