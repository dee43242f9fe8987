using System.Text;
using EnvelopeSdk.Envelopes;
using EnvelopeSdk.Queries;
using EnvelopeSdk.Registry.Tests.Support;

namespace EnvelopeSdk.Registry.Tests.Data;

/// <summary>
/// How the index notices what others do to the store. The clock stands still unless a test moves it, so that nothing is
/// found by comparing all after some time.
/// </summary>
public sealed class FollowingTests : IAsyncLifetime
{
    private readonly MovedClock _clock = new();
    private IndexedStore _indexed = null!;
    private EnvelopeReference _one = null!;
    private EnvelopeReference _two = null!;

    private CraftedStore Crafted => _indexed.Crafted;

    /// <summary>The store as another process has it.</summary>
    private IEnvelopeStore Other => EnvelopeStore.Open(Crafted.Store.Address);

    private string Log => Crafted.In("changes");

    public async Task InitializeAsync()
    {
        _indexed = await IndexedStore.OpenAsync(new CraftedStore(), clock: _clock);
        _one = await Crafted.AddAsync(happened: CraftedStore.Saved(CraftedStore.Noon.AddTicks(1)));
        _two = await Crafted.AddAsync(happened: CraftedStore.Saved(CraftedStore.Noon.AddTicks(2)));
        Assert.Equal([_two, _one], await _indexed.FindAsync());
    }

    public async Task DisposeAsync() => await _indexed.DisposeAsync();

    [Fact]
    public async Task A_save_a_tag_a_metric_and_a_delete_by_another_are_followed()
    {
        await Other.TagAsync(_one, new Dictionary<string, string?> { ["team"] = "pricing" });
        Assert.Equal([_one], await FindTaggedAsync("team", "pricing"));
        await Other.RecordMetricAsync(_two, "r2", 0.9);
        Assert.Equal([_two], await _indexed.FindAsync(new() { Metrics = [NumberBound.Parse("r2>0.5")] }));
        await Other.TagAsync(_one, new Dictionary<string, string?> { ["team"] = null });
        Assert.Empty(await FindTaggedAsync("team", "pricing"));

        var three = await Crafted.AddAsync(happened: CraftedStore.Saved(CraftedStore.Noon.AddTicks(3)));
        await Other.AppendAsync(_one, [CraftedStore.Saved(CraftedStore.Noon.AddTicks(4)) with { Envelope = _one.Digest }]);
        Assert.Equal([_one, three, _two], await _indexed.FindAsync());
        await Other.DeleteAsync(three);
        Assert.Equal([_one, _two], await _indexed.FindAsync());
    }

    [Fact]
    public async Task What_was_changed_behind_the_stores_back_is_found_after_some_time()
    {
        await File.AppendAllBytesAsync(JournalOf(_one), Journal.JournalLines.Write([Tagged("by", "hand")]));

        Assert.Empty(await FindTaggedAsync("by", "hand"));
        _clock.Now += TimeSpan.FromMinutes(11);
        Assert.Equal([_one], await FindTaggedAsync("by", "hand"));
    }

    [Fact]
    public async Task A_log_that_was_begun_anew_hides_nothing()
    {
        await TagAsync("first");
        Crafted.Store.Changes.Note("house", Enumerable.Repeat(_two.Digest, 12_500));
        await Other.TagAsync(_two, new Dictionary<string, string?> { ["state"] = "second" });

        Assert.InRange(new FileInfo(Log).Length, 1, 1000);
        Assert.Equal([_one], await FindTaggedAsync("state", "first"));
        Assert.Equal([_two], await FindTaggedAsync("state", "second"));
        await TagAsync("third");
        Assert.Equal([_one], await FindTaggedAsync("state", "third"));
    }

    [Fact]
    public async Task A_damaged_a_cut_and_a_missing_log_hide_nothing()
    {
        Action[] damages =
        [
            () => Rewrite(bytes => [.. bytes[..^3], (byte)(bytes[^3] ^ 1), .. bytes[^2..]]),
            () => Rewrite(bytes => bytes[..^150]),
            () => Rewrite(bytes => [.. bytes.Select(one => (byte)(one ^ 1))]),
            () => Rewrite(_ => []),
            () => File.Delete(Log),
        ];
        foreach (var (damage, i) in damages.Select((damage, i) => (damage, i)))
        {
            await TagAsync($"before {i}");
            damage();
            Assert.Equal([_one], await FindTaggedAsync("state", $"before {i}"));
            await TagAsync($"after {i}");
            Assert.Equal([_one], await FindTaggedAsync("state", $"after {i}"));
        }
    }

    [Fact]
    public async Task A_log_that_cannot_be_written_hinders_no_change_and_all_is_compared_more_often()
    {
        File.Delete(Log);
        Directory.CreateDirectory(Log);
        await TagAsync("without");

        _clock.Now += TimeSpan.FromSeconds(2);
        Assert.Equal([_one], await FindTaggedAsync("state", "without"));
        await TagAsync("again");
        _clock.Now += TimeSpan.FromSeconds(2);
        Assert.Equal([_one], await FindTaggedAsync("state", "again"));
    }

    [Fact]
    public async Task A_writer_that_died_before_its_change_or_within_a_line_hinders_nothing()
    {
        Crafted.Store.Changes.Note("house", [_two.Digest, Digest.Of("never added"u8)]);
        Assert.Equal([_two, _one], await _indexed.FindAsync());
        await File.AppendAllTextAsync(Log, "house sha256:0123");
        Assert.Equal([_two, _one], await _indexed.FindAsync());
        await TagAsync("after");
        Assert.Equal([_one], await FindTaggedAsync("state", "after"));
    }

    [Fact]
    public async Task What_is_about_to_happen_is_waited_for()
    {
        Task following;
        using (await Crafted.Store.LockAsync(default))
        {
            Crafted.Store.Changes.Note("house", [_one.Digest]);
            following = Task.Run(() => _indexed.Follower.CatchUpAsync(default));
            Assert.NotSame(following, await Task.WhenAny(following, Task.Delay(200)));
            await File.AppendAllBytesAsync(JournalOf(_one), Journal.JournalLines.Write([Tagged("state", "late")]));
        }

        await following;
        Assert.Equal([_one], await FindTaggedAsync("state", "late"));
    }

    [Fact]
    public async Task A_store_that_is_gone_is_said_and_what_was_known_of_it_stays()
    {
        var aside = Crafted.At("aside");
        Directory.Move(Crafted.Store.Address, aside);
        var failure = await Assert.ThrowsAsync<EnvelopeException>(() => _indexed.Follower.CatchUpAsync(default));
        Assert.Contains(Crafted.Store.Address, failure.Message, StringComparison.Ordinal);
        Assert.Equal(2, (await _indexed.Catalog.FindAsync(new(), null, 9, default)).Count);

        Directory.Move(aside, Crafted.Store.Address);
        await Other.DeleteAsync(_two);
        await Other.DeleteAsync(_one);
        Assert.Empty(await _indexed.FindAsync());
    }

    [Fact]
    public async Task A_damaged_envelope_is_left_out_and_named_until_it_is_mended()
    {
        await File.AppendAllTextAsync(JournalOf(_one), "{}\n");
        await Other.TagAsync(_two, new Dictionary<string, string?> { ["state"] = "sound" });
        _clock.Now += TimeSpan.FromMinutes(11);
        Assert.Equal([_two], await _indexed.FindAsync());
        Assert.Equal([_one], _indexed.Damaged);

        await foreach (var _ in EnvelopeStore.ExamineAsync(Crafted.Store, mend: true, restore: false))
        {
        }

        Assert.Equal([_two, _one], await _indexed.FindAsync());
    }

    [Fact]
    public async Task An_envelope_without_its_record_is_found_by_what_its_journal_says()
    {
        var three = await Crafted.AddAsync(
            happened: [CraftedStore.Saved(CraftedStore.Noon.AddTicks(3)), CraftedStore.Tag("state", "lost")]);
        File.Delete(Crafted.In("blobs", "sha256", three.Digest.Hex));

        Assert.Equal([three, _two, _one], await _indexed.FindAsync());
        Assert.Equal([three], await FindTaggedAsync("state", "lost"));
        Assert.Equal([three], _indexed.Damaged);
        Assert.Equal(2, (await _indexed.FindAsync(new() { Hyperparameters = [], SchemaFingerprint = (await Other.OpenAsync(_one.Name, _one.Digest)).Record.Schema.Fingerprint })).Count);
    }

    [Fact]
    public async Task A_damaged_index_is_made_anew()
    {
        await _indexed.Database.DisposeAsync();
        await File.WriteAllBytesAsync(Crafted.At("index.db"), Encoding.ASCII.GetBytes(new string('x', 10_000)));
        File.Delete(Crafted.At("index.db-wal"));

        var anew = await IndexedStore.OpenAsync(Crafted, clock: _clock);
        Assert.Equal([_two, _one], await anew.FindAsync());
        await anew.Database.DisposeAsync();
    }

    private Task TagAsync(string value) =>
        Other.TagAsync(_one, new Dictionary<string, string?> { ["state"] = value });

    private Task<IReadOnlyList<EnvelopeReference>> FindTaggedAsync(string name, string value) =>
        _indexed.FindAsync(new() { Tags = new Dictionary<string, string?> { [name] = value } });

    private Journal.JournalEvent Tagged(string name, string value) =>
        CraftedStore.Tag(name, value) with { Envelope = _one.Digest };

    private string JournalOf(EnvelopeReference one) => Crafted.Store.Layout(one.Name).Journal(one.Digest).FilePath;

    private void Rewrite(Func<byte[], byte[]> change) => File.WriteAllBytes(Log, change(File.ReadAllBytes(Log)));

    private sealed class MovedClock : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = CraftedStore.Noon;

        public override DateTimeOffset GetUtcNow() => Now;

        public override long GetTimestamp() => Now.UtcTicks;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;
    }
}
