using System.Text.Json;
using EnvelopeSdk.Journal;
using EnvelopeSdk.Tool.Drawing;

namespace EnvelopeSdk.PackageTests.Drawing;

/// <summary>What <c>envelope show</c> draws, to the character.</summary>
public class DrawingTests
{
    private static readonly double[] Scores = [0.1, 0.4, 0.35, 0.8];
    private static readonly bool[] Labels = [false, false, true, true];

    [Fact]
    public void A_series_is_a_line_of_heights_with_its_ends() => AssertDrawn(
        Draw([.. new[] { 0.8, double.NaN, 0.5, 0.4, 0.1 }.Select((loss, i) => Point(loss, i + 1))]),
        "█×▅▄▁",
        "first 0.8, last 0.1, min 0.1, max 0.8, 5 steps from 1 to 5");

    [Fact]
    public void A_long_series_fits_and_no_number_is_too_large_for_it()
    {
        var points = Enumerable.Range(0, 1000).Select(i => Point(i, i)).ToList();
        Assert.Equal(76, Draw(points, width: 76)[0].Length);
        Assert.Equal("▁█", Draw([Point(double.MinValue, 1), Point(double.MaxValue, 2)])[0]);
        Assert.Equal("▅▅", Draw([Point(1, 1), Point(1, 2)])[0]);
        Assert.Equal("××", Draw([Point(double.NaN, 1), Point(double.PositiveInfinity, 2)])[0]);
    }

    [Fact]
    public void A_curve_is_drawn_in_its_axes()
    {
        var lines = Draw(RocCurve.From(Scores, Labels));

        AssertDrawn(lines[..2], "ROC curve, area 0.75", "true positive rate");
        Assert.Equal("1 ┤" + new string('\u2800', 20) + "⡏" + new string('⠉', 19), lines[2]);
        Assert.Equal("  │" + new string('⣀', 20) + "⡇" + new string('\u2800', 19), lines[6]);
        Assert.Equal("0 ┤⡇" + new string('\u2800', 39), lines[11]);
        Assert.Equal("  └" + new string('─', 40), lines[12]);
        Assert.Equal("   0         false positive rate          1", lines[13]);
        AssertDrawn(Draw(RocCurve.From([], [])), "ROC curve, area NaN", "(no points)");
        Assert.Equal("precision-recall curve, average precision 0.833333", Draw(PrecisionRecallCurve.From(Scores, Labels))[0]);
    }

    [Fact]
    public void A_matrix_is_a_table_whose_labels_do_nothing_to_the_terminal() => AssertDrawn(
        Draw(new ConfusionMatrix(["ant", "b\e[31m"], [[200, 1], [0, 7]], 3)),
        "confusion matrix, accuracy 0.995192, 3 left out",
        @"actual \ predicted  ant  b\u001b[31m",
        "ant                 200            1",
        @"b\u001b[31m           0            7");

    [Fact]
    public void A_matrix_of_many_classes_shows_as_many_as_fit()
    {
        var labels = Enumerable.Range(0, 60).Select(i => "class" + i).ToList();
        var lines = Draw(new ConfusionMatrix(labels, [.. labels.Select(_ => new long[60])]));

        Assert.Equal(43, lines.Count);
        Assert.Equal("...", lines[^1]);
        Assert.EndsWith("  class4  class5  ...", lines[1], StringComparison.Ordinal);
        Assert.All(lines, line => Assert.InRange(line.Length, 0, 76));
    }

    [Fact]
    public void A_histogram_is_bars() => AssertDrawn(
        Draw(Histogram.From([1, 2, 1, 4, double.NaN], 3), width: 31),
        "histogram of 4 values, 1 NaN",
        "1 to 2  2  ████████████████████",
        "2 to 3  1  ██████████",
        "3 to 4  1  ██████████");

    [Fact]
    public void A_calibration_is_what_was_said_and_what_came() => AssertDrawn(
        Draw(CalibrationCurve.From([0.1, 0.3, 0.9, 0.9], [false, false, true, false], 2)),
        "calibration, Brier score 0.23, expected error 0.3",
        "predicted  actual       cases",
        "    0.200   0.000           2  ",
        "    0.900   0.500           2  ████████████████████");

    [Fact]
    public void What_is_unknown_is_JSON() => AssertDrawn(
        Draw(Metric.Read(JsonElement.Parse("""{"type":"lift","a":"\u001b"}"""))),
        "record of the type lift", "{", "  \"type\": \"lift\",", "  \"a\": \"\\u001B\"", "}");

    [Fact]
    public void Single_numbers_are_not_drawn_and_each_metric_is_below_its_name()
    {
        var metrics = new Dictionary<string, IReadOnlyList<MetricPoint>>
        {
            ["r2"] = [Point(1, null)],
            ["lo\nss"] = [Point(1, 1), Point(2, 2)],
        };

        AssertDrawn(
            [.. MetricDrawing.Draw(metrics, 80)], "", @"lo\u000ass", "  ▁█", "  first 1, last 2, min 1, max 2, 2 steps from 1 to 2");
    }

    [Fact]
    public void Hyperparameters_are_an_indented_list() => AssertDrawn(
        [.. ParameterList.Draw(
            JsonElement.Parse("""{"adam":{"rate":0.1,"names":["a","b"]},"grid":[{"x":1},2],"none":null,"e":"\u001b"}""")
                .EnumerateObject().Select(one => KeyValuePair.Create(one.Name, one.Value)), 80)],
        "Hyperparameters", "  adam:", "    rate: 0.1", "    names: [\"a\",\"b\"]", "  grid:", "    [0]:", "      x: 1", "    [1]: 2",
        "  none: ", @"  e: \u001b");

    private static void AssertDrawn(IReadOnlyList<string> lines, params string[] expected) => Assert.Equal(expected, lines);

    private static List<string> Draw(Metric metric, int width = 76) => Draw([new(null, default, metric)], width);

    private static List<string> Draw(IReadOnlyList<MetricPoint> points, int width = 76) => [.. MetricDrawing.Draw(points, width)];

    private static MetricPoint Point(double value, long? step) => new(step, default, value);
}
