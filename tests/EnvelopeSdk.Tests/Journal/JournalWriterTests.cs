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
