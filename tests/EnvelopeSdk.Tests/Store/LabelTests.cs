using EnvelopeSdk.Envelopes;
using EnvelopeSdk.Journal;
using EnvelopeSdk.Tests.Support;

namespace EnvelopeSdk.Tests.Store;

/// <summary>What can be changed of an envelope that was saved.</summary>
public sealed class LabelTests : IDisposable
{
    private readonly TempStore _store = new();

    public void Dispose() => _store.Dispose();

    [Fact]
    public async Task Tags_are_set_and_taken_away_and_the_journal_says_by_whom_and_what_was_there_before()
    {
        var saved = await _store.SaveAsync(info: new EnvelopeInfo { Tags = { ["stage"] = "test", ["draft"] = "yes" } });
        var before = DateTimeOffset.UtcNow;
        var journal = await _store.Store.TagAsync(saved, new Dictionary<string, string?> { ["stage"] = "production", ["draft"] = null });

        Assert.Equal(new Dictionary<string, string> { ["stage"] = "production" }, journal.Labels.Tags);
        Assert.Equal(["test", "yes"], journal.Events.TakeLast(2).Select(one => journal.ValueBefore(one)!.Value.GetString()));
        Assert.All(journal.Events.TakeLast(2), one => Assert.Equal((Environment.UserName, true), (one.Who, one.Time >= before)));

        var read = await _store.Store.ReadJournalAsync(saved);
        Assert.Equal(journal.Events.Select(one => one.Id), read.Events.Select(one => one.Id));
        Assert.Equal(journal.Labels.Tags, read.Labels.Tags);
    }

    [Fact]
    public async Task Labels_change_neither_the_envelope_nor_which_one_is_the_newest()
    {
        var (one, two) = (await _store.SaveAsync(1), await _store.SaveAsync(2));
        await _store.Store.TagAsync(one, new Dictionary<string, string?> { ["stage"] = "production" });
        await _store.Store.RecordMetricAsync(one, "r2", 0.9);

        Assert.Equal([one, two], await _store.Store.ListAsync(one.Name));
        Assert.Equal(two.Digest, (await _store.OpenSoundAsync()).Digest);
        await (await _store.Store.OpenAsync(one.Name, one.Digest)).VerifyAsync();
    }

    [Fact]
    public async Task What_is_so_already_is_no_event()
    {
        var saved = await _store.SaveAsync(info: new EnvelopeInfo { Tags = { ["stage"] = "test", ["owner"] = "José & <c++> 😀" }, Metrics = { ["loss"] = double.NaN, ["r2"] = 1 } });
        var known = (await _store.Store.ReadJournalAsync(saved)).Events.Count;
        await _store.Store.TagAsync(saved, new Dictionary<string, string?> { ["stage"] = "test", ["owner"] = "José & <c++> 😀", ["no-such"] = null });
        await _store.Store.RecordMetricAsync(saved, "loss", double.NaN);
        await _store.Store.RecordMetricAsync(saved, "r2", 1);

        Assert.Equal(known, (await _store.Store.ReadJournalAsync(saved)).Events.Count);
    }

    [Fact]
    public async Task A_metric_with_steps_is_a_series_of_which_the_last_step_holds()
    {
        var saved = await _store.SaveAsync();
        foreach (var (step, loss) in new[] { (3L, 0.3), (1L, 0.9), (2L, 0.5), (1L, 0.8) })
        {
            await _store.Store.RecordMetricAsync(saved, "loss", loss, step);
        }

        var journal = await _store.Store.ReadJournalAsync(saved);
        Assert.Equal(0.3, journal.Labels.Metrics["loss"]);
        Assert.Equal(4, journal.Events.Count(one => one.Kind == JournalEventKind.Metric));
        Assert.Equal(0.9, journal.ValueBefore(journal.Events[^1])!.Value.GetDouble());
    }

    [Fact]
    public async Task A_hundred_writers_of_one_journal_lose_no_event()
    {
        var saved = await _store.SaveAsync();
        await Task.WhenAll(Enumerable.Range(0, 100).Select(i => Task.Run(
            () => EnvelopeStore.Open(_store.Store.Address).RecordMetricAsync(saved, "loss", i, step: i))));

        var steps = (await _store.Store.ReadJournalAsync(saved)).Events.Select(one => one.Step).OfType<long>();
        Assert.Equal(Enumerable.Range(0, 100).Select(i => (long)i), steps.Order());
    }

    [Fact]
    public async Task What_has_no_name_or_is_not_there_is_refused_and_nothing_is_written()
    {
        var saved = await _store.SaveAsync();
        var known = (await _store.Store.ReadJournalAsync(saved)).Events.Count;
        var mixed = new Dictionary<string, string?> { ["stage"] = "test", [" "] = "x" };

        await Failure.OfAsync(EnvelopeError.Invalid, () => _store.Store.TagAsync(saved, mixed), "A tag has no name");
        await Failure.OfAsync(EnvelopeError.Invalid, () => _store.Store.RecordMetricAsync(saved, "", 1), "A metric has no name");
        var other = saved with { Digest = Digest.Of("another"u8) };
        await Failure.OfAsync(EnvelopeError.NotFound, () => _store.Store.RecordMetricAsync(other, "r2", 1), other.Digest.ToString());
        Assert.Equal(known, (await _store.Store.ReadJournalAsync(saved)).Events.Count);
    }
}
