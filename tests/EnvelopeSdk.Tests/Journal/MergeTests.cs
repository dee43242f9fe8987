using CsCheck;
using EnvelopeSdk.Journal;
using EnvelopeSdk.Tests.Support;

namespace EnvelopeSdk.Tests.Journal;

/// <summary>What a journal says, whatever way its events came together.</summary>
public class MergeTests
{
    private static readonly string[] Names = ["stage", "team"];
    private static readonly string?[] Values = ["test", "live", null];

    /// <summary>Few names, values and times, so that many events meet.</summary>
    private static readonly Gen<JournalEvent[]> SomeEvents = Gen.Select(
            Gen.Int[0, 1].Select(i => Names[i]), Gen.Int[0, 2].Select(i => Values[i]), Gen.Int[0, 5], Gen.Int[0, 3],
            Gen.Bool,
            (name, value, minutes, step, isTag) => isTag
                ? Events.Tag(name, value, minutes)
                : Events.Metric(name, value?.Length, minutes, step == 0 ? null : step))
        .Array[0, 20];

    [Fact]
    public void The_latest_event_of_a_key_holds_whatever_their_order()
    {
        JournalEvent[] events =
            [Events.Tag("stage", "live", 2), Events.Tag("team", "a", 0), Events.Tag("stage", "test", 1)];

        Assert.Equal(
            [new("stage", "live"), new KeyValuePair<string, string>("team", "a")],
            EnvelopeJournal.Of(events).Labels.Tags);
    }

    [Fact]
    public void Of_two_at_one_time_the_one_with_the_greater_id_holds()
    {
        var (lesser, greater) = (Events.Tag("stage", "test", 0, id: 1), Events.Tag("stage", "live", 0, id: 2));

        Assert.Equal("live", EnvelopeJournal.Of([lesser, greater]).Labels.Tags["stage"]);
        Assert.Equal("live", EnvelopeJournal.Of([greater, lesser]).Labels.Tags["stage"]);
    }

    [Fact]
    public void What_was_removed_is_gone_and_comes_back_when_it_is_set_again()
    {
        var journal = EnvelopeJournal.Of(
        [
            Events.Tag("stage", "test", 0), Events.Tag("stage", null, 1),
            Events.Metric("r2", 0.9, 0), Events.Metric("r2", null, 1),
        ]);

        Assert.Empty(journal.Labels.Tags);
        Assert.Empty(journal.Labels.Metrics);
        Assert.Equal("live", journal.With([Events.Tag("stage", "live", 2)]).Labels.Tags["stage"]);
    }

    [Fact]
    public void A_tag_and_a_metric_of_one_name_are_two_things()
    {
        var labels = EnvelopeJournal.Of([Events.Tag("loss", "l2", 0), Events.Metric("loss", 0.5, 1)]).Labels;

        Assert.Equal(("l2", 0.5), (labels.Tags["loss"], labels.Metrics["loss"]));
    }

    [Fact]
    public void Of_a_metric_with_steps_the_last_step_is_shown_and_one_without_a_step_before_it()
    {
        var series = EnvelopeJournal.Of(
            [Events.Metric("loss", 0.2, 0, step: 2), Events.Metric("loss", 0.9, 5, step: 1)]);

        Assert.Equal(0.2, series.Labels.Metrics["loss"]);
        Assert.Equal(0.1, series.With([Events.Metric("loss", 0.1, -1)]).Labels.Metrics["loss"]);
        Assert.Equal(0.9, series.With([Events.Metric("loss", null, 6, step: 2)]).Labels.Metrics["loss"]);
    }

    [Fact]
    public void The_value_before_an_event_is_that_of_its_key()
    {
        var (first, other) = (Events.Tag("stage", "test", 0), Events.Tag("team", "a", 1));
        var (second, removal) = (Events.Tag("stage", "live", 2), Events.Tag("stage", null, 3));
        var (third, step) = (Events.Tag("stage", "test", 4), Events.Metric("stage", 1, 5, step: 1));
        var journal = EnvelopeJournal.Of([third, removal, second, other, first, step]);

        Assert.Equal(
            [null, null, "test", "live", null, null],
            journal.Events.Select(one => journal.ValueBefore(one)?.GetString()));
    }

    [Fact]
    public void Merging_is_commutative_associative_and_idempotent() =>
        Gen.Select(SomeEvents, SomeEvents, SomeEvents).Sample(
            (one, two, three) =>
            {
                var (a, b, c) = (EnvelopeJournal.Of(one), EnvelopeJournal.Of(two), EnvelopeJournal.Of(three));
                AssertSame(a.With(b.Events), b.With(a.Events));
                AssertSame(a.With(b.Events).With(c.Events), a.With(b.With(c.Events).Events));
                AssertSame(a.With(b.Events), a.With(b.Events).With(b.Events).With(a.Events));
            },
            iter: 200);

    [Fact]
    public void Events_in_any_order_and_several_times_say_the_same() => SomeEvents
        .SelectMany(events => Gen.Select(Gen.Const(events), Gen.Shuffle(events.Concat(events).ToArray())))
        .Sample((events, shuffled) => AssertSame(EnvelopeJournal.Of(events), EnvelopeJournal.Of(shuffled)), iter: 200);

    private static void AssertSame(EnvelopeJournal one, EnvelopeJournal other)
    {
        Assert.Equal(one.Events.Select(each => each.Id), other.Events.Select(each => each.Id));
        Assert.Equal(one.Labels.Tags, other.Labels.Tags);
        Assert.Equal(one.Labels.Metrics, other.Labels.Metrics);
        Assert.Equal(one.Saved, other.Saved);
    }
}
