using EnvelopeSdk.Tests.Support;

namespace EnvelopeSdk.Tests.Store;

public sealed class CollectTests : IDisposable
{
    private readonly TempStore _store = new();

    public void Dispose() => _store.Dispose();

    [Fact]
    public async Task Nothing_is_collected_from_a_store_that_is_not_there_or_in_which_all_is_in_use()
    {
        Assert.Equal(default, await _store.Store.CollectAsync());
        Assert.False(Directory.Exists(_store.Store.Address));

        await _store.SaveAsync(1);
        await _store.SaveAsync(2);
        var before = Blobs();
        Assert.Equal(default, await _store.Store.CollectAsync());
        Assert.Equal(before, Blobs());
    }

    [Fact]
    public async Task What_only_deleted_envelopes_had_is_removed_and_counted_and_what_others_share_is_kept()
    {
        var one = await _store.SaveAsync(1);
        var kept = Blobs();
        var two = await _store.SaveAsync(2);
        var other = await _store.SaveAsync(3, new EnvelopeInfo { Name = "a.house" });
        await _store.Store.DeleteAsync(two);
        await _store.Store.DeleteAsync(other);
        var added = Blobs().Except(kept).ToList();
        var size = added.Sum(blob => new FileInfo(_store.In("blobs", "sha256", blob)).Length);
        Assert.Equal(7, added.Count); // of each: manifest, config, weights; and the record of the other name

        Assert.Equal(new CollectedBlobs(7, size), await _store.Store.CollectAsync());
        Assert.Equal(kept, Blobs());
        Assert.Equal(one.Digest, (await _store.OpenSoundAsync()).Digest);
        Assert.Equal(default, await _store.Store.CollectAsync());
    }

    [Fact]
    public async Task From_a_store_without_envelopes_all_is_removed_but_files_that_are_no_content()
    {
        await _store.Store.DeleteAsync(await _store.SaveAsync());
        var stray = _store.In("blobs", "sha256", "README");
        await File.WriteAllTextAsync(stray, "not ours");
        var count = Blobs().Count - 1;

        Assert.Equal(count, (await _store.Store.CollectAsync()).Count);
        Assert.Equal(["README"], Blobs());
    }

    [Theory]
    [InlineData(true), InlineData(false)]
    public async Task With_a_damaged_manifest_nothing_is_removed_and_the_envelope_is_named(bool missing)
    {
        await _store.Store.DeleteAsync(await _store.SaveAsync(1));
        var damaged = await _store.SaveAsync(2);
        if (missing)
        {
            File.Delete(_store.Blob(damaged.Digest));
        }
        else
        {
            await File.AppendAllTextAsync(_store.Blob(damaged.Digest), " ");
        }

        var before = Blobs();
        await Failure.OfAsync(EnvelopeError.Damaged, () => _store.Store.CollectAsync(), damaged.ToString());
        Assert.Equal(before, Blobs());
    }

    [Fact]
    public async Task What_a_writer_has_staged_survives_and_is_committed()
    {
        using var target = new TempStore();
        var saved = await _store.SaveAsync();
        var content = await _store.OpenSoundAsync();
        await target.Store.DeleteAsync(await target.SaveAsync()); // so that the same content is there, and unused
        await using (var staged = await target.Store.StageAsync())
        {
            await staged.AddAsync(stream => stream.WriteAsync(content.Manifest), default);
            foreach (var blob in content.Blobs)
            {
                await staged.AddAsync(
                    async stream => await stream.WriteAsync(await File.ReadAllBytesAsync(_store.Blob(blob.Digest))),
                    default);
            }

            Assert.Equal(content.Blobs.Count() + 1, (await target.Store.CollectAsync()).Count);
            Assert.Equal(saved, await staged.CommitAsync(saved.Name, saved.Digest, [], [], default));
        }

        Assert.Equal(saved.Digest, (await target.OpenSoundAsync()).Digest);
        Assert.Equal(default, await target.Store.CollectAsync());
    }

    [Fact]
    public async Task Collecting_while_others_save_and_delete_damages_nothing()
    {
        var saving = Task.Run(async () =>
        {
            for (var i = 0; i < 15; i++)
            {
                await _store.SaveAsync(i);
                if (i % 3 == 0)
                {
                    await _store.Store.DeleteAsync(await _store.SaveAsync(-1));
                }
            }
        });
        while (!saving.IsCompleted)
        {
            await _store.Store.CollectAsync();
        }

        await saving;
        var envelopes = await _store.Store.ListAsync("house-price");
        Assert.Equal(15, envelopes.Count);
        foreach (var reference in envelopes)
        {
            await (await _store.Store.OpenAsync(reference.Name, reference.Digest)).VerifyAsync();
        }
    }

    private List<string> Blobs() =>
    [
        .. Directory.EnumerateFiles(_store.In("blobs", "sha256")).Select(path => Path.GetFileName(path))
            .Order(StringComparer.Ordinal),
    ];
}
