using EnvelopeSdk.Tests.Support;

namespace EnvelopeSdk.Tests.Signing;

/// <summary>What becomes of signatures in a store.</summary>
public sealed class StoredSignatureTests : IDisposable
{
    private readonly TempStore _store = new();
    private readonly KeyFiles _ada = new();
    private readonly KeyFiles _bob = new();

    public void Dispose()
    {
        _store.Dispose();
        _ada.Dispose();
        _bob.Dispose();
    }

    [Fact]
    public async Task They_stay_when_content_is_collected_and_go_with_the_envelope()
    {
        var saved = await SignAsync();
        await _store.Store.CollectAsync();
        Assert.Equal(2, (await _store.Store.ReadSignaturesAsync(saved)).Count);

        await _store.Store.DeleteAsync(saved);
        Assert.Empty(await _store.Store.ReadSignaturesAsync(saved));
        Assert.Equal(saved, await _store.SaveAsync());
        Assert.Empty(await _store.Store.ReadSignaturesAsync(saved));
        Assert.Empty(await ExamineAsync(mend: false));
    }

    [Fact]
    public async Task Saving_again_keeps_them()
    {
        var saved = await SignAsync();
        Assert.Equal(saved, await _store.SaveAsync());
        Assert.Equal(2, (await _store.Store.ReadSignaturesAsync(saved)).Count);
    }

    [Fact]
    public async Task Every_changed_byte_is_noticed()
    {
        var saved = await SignAsync();
        var path = PathOf(saved);
        var sound = await File.ReadAllBytesAsync(path);
        for (var at = 0; at < sound.Length; at++)
        {
            var changed = sound.ToArray();
            changed[at] ^= 1;
            await File.WriteAllBytesAsync(path, changed);
            await Failure.OfAsync(EnvelopeError.Damaged, () => _store.Store.ReadSignaturesAsync(saved), path, "envelope doctor --mend");
        }

        await File.WriteAllBytesAsync(path, sound);
        Assert.Equal(2, (await _store.Store.ReadSignaturesAsync(saved)).Count);
    }

    [Fact]
    public async Task A_damaged_one_is_put_aside_and_the_others_hold()
    {
        var saved = await SignAsync();
        Assert.Empty(await ExamineAsync(mend: false));
        var lines = await File.ReadAllLinesAsync(PathOf(saved));
        lines[0] = lines[0].Replace("\"version\":1", "\"version\":2", StringComparison.Ordinal);
        await File.WriteAllLinesAsync(PathOf(saved), lines);

        var found = Assert.Single(await ExamineAsync(mend: true));
        Assert.Equal((PathOf(saved), StoreFindingState.Lost), (found.Place, found.State));
        Assert.Contains("Line 1", found.Problem, StringComparison.Ordinal);
        Assert.Equal([lines[0]], await File.ReadAllLinesAsync(PathOf(saved) + ".damaged"));
        Assert.Single(await _store.Store.ReadSignaturesAsync(saved));
        Assert.Empty(await ExamineAsync(mend: false));
    }

    [Fact]
    public async Task A_line_of_a_newer_version_is_passed_over_and_kept()
    {
        var saved = await SignAsync();
        var newer = SealedLine("""{"version":2,"anything":[]}""");
        await File.AppendAllTextAsync(PathOf(saved), newer + "\n");
        Assert.Equal(2, (await _store.Store.ReadSignaturesAsync(saved)).Count);

        using var carol = new KeyFiles();
        await _store.Store.SignAsync("house-price", carol.Signing);
        Assert.Equal(3, (await _store.Store.ReadSignaturesAsync(saved)).Count);
        Assert.Contains(newer, await File.ReadAllLinesAsync(PathOf(saved)));
    }

    [Fact]
    public async Task What_a_dead_writer_left_goes_with_the_next()
    {
        var saved = await _store.SaveAsync();
        var pending = _store.In("pending.json");
        foreach (var known in (string[])[$$"""{"name":"house-price","digests":["{{saved.Digest}}"]}""", "torn"])
        {
            var left = PathOf(saved) + ".0123.partial";
            await File.WriteAllTextAsync(left, "{");
            await File.WriteAllTextAsync(pending, known);
            Assert.Empty(await _store.Store.ReadSignaturesAsync(saved));

            await _store.Store.CollectAsync();
            Assert.False(File.Exists(left));
            Assert.False(File.Exists(pending));
        }

        await File.WriteAllTextAsync(PathOf(saved) + ".0123.partial", "{");
        await _store.Store.SignAsync("house-price", _ada.Signing); // also what nothing tells of
        Assert.False(File.Exists(PathOf(saved) + ".0123.partial"));
    }

    [Fact]
    public async Task Who_is_refused_leaves_nothing_to_the_next()
    {
        var saved = await _store.SaveAsync();
        Directory.CreateDirectory(PathOf(saved));

        await Failure.OfAsync(
            EnvelopeError.Unavailable, () => _store.Store.SignAsync("house-price", _ada.Signing), "house-price");
        Assert.False(File.Exists(_store.In("pending.json")));
        Assert.Empty(Directory.EnumerateFiles(_store.Store.Address, "*.partial", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task An_envelope_has_so_many_and_no_more()
    {
        var saved = await _store.SaveAsync();
        var many = Enumerable.Range(0, 257).Select(one => _ada.Sign([(byte)one, (byte)(one >> 8)])).ToList();
        await Failure.OfAsync(EnvelopeError.Damaged, () => _store.Store.AddSignaturesAsync(saved, many), "more than 256");
        Assert.Empty(await _store.Store.ReadSignaturesAsync(saved));

        await _store.Store.AddSignaturesAsync(saved, many[1..]);
        Assert.Equal(256, (await _store.Store.ReadSignaturesAsync(saved)).Count);
    }

    private static string SealedLine(string json) =>
        System.Text.Encoding.UTF8.GetString(EnvelopeSdk.Journal.SealedLine.Seal(System.Text.Encoding.UTF8.GetBytes(json)));

    private async Task<EnvelopeReference> SignAsync()
    {
        var saved = await _store.SaveAsync();
        await _store.Store.SignAsync("house-price", _ada.Signing);
        await _store.Store.SignAsync("house-price", _bob.Signing);
        return saved;
    }

    private string PathOf(EnvelopeReference saved) =>
        _store.In("layouts", saved.Name, "by-digest", saved.Digest.Hex, "signatures.jsonl");

    private ValueTask<List<StoreFinding>> ExamineAsync(bool mend) =>
        _store.Store.ExamineAsync(mend, restore: false).ToListAsync();
}
