using EnvelopeSdk.Journal;
using EnvelopeSdk.Tests.Support;

namespace EnvelopeSdk.Tests.Journal;

public class JournalWriterTests
{
    [Theory]
    [InlineData(0), InlineData(60), InlineData(-60 * 24 * 400)]
    public void Events_are_later_than_all_that_the_writer_saw_whatever_its_clock_says(int minutesAhead)
    {
        var known = EnvelopeJournal.Of([Events.Tag("stage", "test", 5)]);
        var writer = new JournalWriter(Events.Envelope, known, new FixedClock(Events.Noon.AddMinutes(minutesAhead)));
        writer.Save();
        writer.SetTag("stage", "live");
        writer.SetMetric("r2", 0.9);

        var times = known.Events.Concat(writer.Events).Select(one => one.Time).ToList();
        Assert.Equal(times.Distinct().Order(), times);
        var expected = minutesAhead > 5 ? Events.Noon.AddMinutes(minutesAhead) : known.Events[0].Time.AddTicks(1);
        Assert.Equal(expected, times[1]);
        Assert.Equal("live", known.With(writer.Events).Labels.Tags["stage"]);
    }

    [Fact]
    public void A_clock_from_before_all_time_does()
    {
        var writer = new JournalWriter(Events.Envelope, EnvelopeJournal.Empty, new FixedClock(DateTimeOffset.MinValue));
        writer.Save();
        writer.SetTag("stage", "live");

        Assert.True(writer.Events[0].Time < writer.Events[1].Time);
    }

    [Fact]
    public void Behind_the_end_of_all_times_what_is_written_last_holds_by_its_id()
    {
        var known = EnvelopeJournal.Of([Events.Tag("stage", "test", 0) with { Time = JournalEvent.Latest, Id = new Guid("ffffffff-ffff-ffff-ffff-ffffffff0000") }]);
        var writer = new JournalWriter(Events.Envelope, known, new FixedClock(DateTimeOffset.MaxValue));
        writer.SetTag("stage", "live");
        writer.SetTag("stage", "gone");

        Assert.All(writer.Events, one => Assert.Null(JournalLines.WhyUnsound(one, Events.Envelope)));
        Assert.Equal("gone", known.With(writer.Events).Labels.Tags["stage"]);
        Assert.NotNull(JournalLines.WhyUnsound(writer.Events[0] with { Time = JournalEvent.Latest.AddTicks(1) }, Events.Envelope));
    }

    [Fact]
    public async Task An_event_from_the_end_of_all_times_does_not_keep_anybody_from_saving()
    {
        using var store = new TempStore();
        var saved = await store.SaveAsync(1);
        await store.Store.AppendAsync(saved, [Events.Tag("stage", "test", 0) with { Envelope = saved.Digest, Time = JournalEvent.Latest }]);
        var last = Events.Tag("any", "x", 0) with { Envelope = saved.Digest, Kind = JournalEventKind.Saved, Name = null, Value = null, Time = JournalEvent.Latest };
        await store.Store.AppendAsync(saved, [last]);

        var another = await store.SaveAsync(2);
        await store.SaveAsync(1);
        await store.Store.TagAsync(saved, new Dictionary<string, string?> { ["stage"] = "live" });
        Assert.Equal(2, (await store.Store.ListAsync("house-price")).Count);
        Assert.Equal("live", (await store.Store.ReadJournalAsync(saved)).Labels.Tags["stage"]);
        Assert.Equal(JournalEvent.Latest, (await store.Store.ReadJournalAsync(another)).Saved);
        Assert.Empty(await store.Store.ExamineAsync(mend: false, restore: false).ToListAsync());
    }

    [Fact]
    public void Only_what_changes_is_written()
    {
        var known = EnvelopeJournal.Of([Events.Tag("stage", "test", 0), Events.Metric("r2", 0.9, 0)]);
        var writer = new JournalWriter(Events.Envelope, known, TimeProvider.System);
        writer.SetTag("stage", "test");
        writer.SetMetric("r2", 0.9);
        Assert.Empty(writer.Events);

        writer.SetTag("stage", "Test");
        writer.SetMetric("r2", 0.9 + 1e-16);
        Assert.Equal(["stage", "r2"], writer.Events.Select(one => one.Name));
    }

    [Fact]
    public void What_was_set_last_holds_even_where_it_is_what_was_known_before()
    {
        var known = EnvelopeJournal.Of([Events.Tag("stage", "test", 0), Events.Metric("r2", 0.9, 0)]);
        var writer = new JournalWriter(Events.Envelope, known, TimeProvider.System);
        writer.SetTag("stage", "live");
        writer.SetTag("stage", "live");
        writer.SetTag("stage", "test");
        writer.SetMetric("r2", 0.8);
        writer.SetMetric("r2", 0.9);

        Assert.Equal(4, writer.Events.Count);
        var labels = known.With(writer.Events).Labels;
        Assert.Equal(("test", 0.9), (labels.Tags["stage"], labels.Metrics["r2"]));
    }
}
