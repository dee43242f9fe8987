using System.Text.Json;
using EnvelopeSdk.Tests.Support;

namespace EnvelopeSdk.Tests.Store;

/// <summary>Metrics that are more than a number, from the training program to who reads the journal.</summary>
public sealed class TypedMetricTests : IDisposable
{
    private static readonly double[] Scores = [0.1, 0.4, 0.35, 0.8];
    private static readonly bool[] Labels = [false, false, true, true];

    private readonly TempStore _store = new();

    public void Dispose() => _store.Dispose();

    [Fact]
    public async Task A_structure_is_saved_beside_numbers_and_read_back_as_what_it_was()
    {
        var saved = await _store.SaveAsync(
            info: new() { Metrics = { ["r2"] = 0.98, ["roc"] = RocCurve.From(Scores, Labels) } });
        var journal = await _store.Store.ReadJournalAsync(saved);

        Assert.Equal(0.98, Assert.Single(journal.Labels.Metrics).Value);
        Assert.Equal("roc-curve", journal.Labels.Structures["roc"].GetProperty("type").GetString());
        var roc = Assert.IsType<RocCurve>(Assert.Single(journal.Metrics["roc"]).Value.Value);
        Assert.Equal((0.75, 5), (roc.Area, roc.Thresholds.Count));
        Assert.Equal(double.PositiveInfinity, roc.Thresholds[0]);
    }

    [Fact]
    public async Task One_that_is_recorded_again_is_an_event_only_where_it_differs()
    {
        var saved = await _store.SaveAsync();
        await _store.Store.RecordMetricAsync(saved, "roc", RocCurve.From(Scores, Labels));
        var first = await _store.Store.RecordMetricAsync(saved, "roc", RocCurve.From(Scores, Labels));
        var second = await _store.Store.RecordMetricAsync(saved, "roc", RocCurve.From([1, 2], [true, false]));

        Assert.Equal((2, 3), (first.Events.Count, second.Events.Count));
        Assert.Equal(0.75, second.ValueBefore(second.Events[^1])!.Value.GetProperty("area").GetDouble());
    }

    [Fact]
    public async Task A_series_has_its_steps_in_order_with_when_each_was_recorded()
    {
        var saved = await _store.SaveAsync();
        foreach (var (step, loss) in new[] { (2L, 0.5), (1L, double.NaN), (3L, 0.3) })
        {
            await _store.Store.RecordMetricAsync(saved, "loss", loss, step);
        }

        var series = (await _store.Store.ReadJournalAsync(saved)).Metrics["loss"];
        Assert.Equal([(1L, double.NaN), (2L, 0.5), (3L, 0.3)], series.Select(one => (one.Step!.Value, one.Value.Number!.Value)));
        Assert.All(series, one => Assert.Equal(TimeSpan.Zero, one.Time.Offset));
    }

    [Fact]
    public async Task A_record_of_the_users_own_and_a_type_that_nobody_knows_are_kept_as_JSON()
    {
        var saved = await _store.SaveAsync(info: new() { Metrics = { ["fair"] = Metric.Of(new { Gap = double.NaN, By = new List<int> { 1, 2 } }) } });
        await _store.Store.RecordMetricAsync(saved, "lift", Metric.Parse(JsonElement.Parse("""{"type":"lift-curve","at":[1]}""")));

        var metrics = (await _store.Store.ReadJournalAsync(saved)).Metrics;
        Assert.Equal("""{"By":[1,2],"Gap":"NaN"}""", Assert.IsType<JsonElement>(metrics["fair"][0].Value.Value).GetRawText());
        Assert.Equal("""{"type":"lift-curve","at":[1]}""", metrics["lift"][0].Value.ToString());
    }

    [Fact]
    public async Task What_cannot_be_recorded_costs_no_save_and_is_told()
    {
        var warnings = new List<string>();
        var saved = await _store.SaveAsync(info: new()
        {
            Metrics =
            {
                ["large"] = Metric.Of(new { Text = new string('x', 2 << 20) }),
                ["code"] = Metric.Of(new { Run = (Action)(() => { }) }),
                ["list"] = Metric.Of(Scores),
                ["roc"] = Metric.Of(new { type = "roc-curve" }),
                ["none"] = default,
                ["r2"] = 1,
            },
            OnWarning = warnings.Add,
        });

        Assert.Equal(["r2"], (await _store.Store.ReadJournalAsync(saved)).Metrics.Keys);
        Assert.Equal(5, warnings.Count);
        Assert.Contains(warnings, warning => warning.StartsWith("The metric 'large' is not recorded.", StringComparison.Ordinal));
        Assert.Contains(warnings, warning => warning.Contains("'Run' is a delegate", StringComparison.Ordinal));
        Assert.Contains(warnings, warning => warning.Contains("roc-curve, and is none: It lacks 'falsePositiveRates'.", StringComparison.Ordinal));
        await Failure.OfAsync(EnvelopeError.Invalid, () => _store.Store.RecordMetricAsync(saved, "code", Metric.Of(new { Run = (Action)(() => { }) })), "delegate");
    }
}
