using System.Text.Json;

namespace EnvelopeSdk.Tests.Store;

/// <summary>
/// The figures of structures, against those in the examples of scikit-learn's documentation (version 1.5, of the
/// functions that are named) and of numpy's.
/// </summary>
public class MetricFigureTests
{
    private static readonly double[] Scores = [0.1, 0.4, 0.35, 0.8];
    private static readonly bool[] Labels = [false, false, true, true];

    [Fact]
    public void A_ROC_curve_is_that_of_roc_curve_and_its_area_that_of_roc_auc_score()
    {
        var roc = RocCurve.From(Scores, Labels);

        Assert.Equal([0, 0, 0.5, 0.5, 1], roc.FalsePositiveRates);
        Assert.Equal([0, 0.5, 0.5, 1, 1], roc.TruePositiveRates);
        Assert.Equal([double.PositiveInfinity, 0.8, 0.4, 0.35, 0.1], roc.Thresholds);
        Assert.Equal(0.75, roc.Area);
    }

    [Fact]
    public void Equal_scores_are_one_step()
    {
        var roc = RocCurve.From([0.5, 0.5, 0.5, 0.5], Labels);

        Assert.Equal(0.5, roc.Area);
        Assert.Equal([0, 1], roc.FalsePositiveRates);
    }

    [Fact]
    public void A_precision_recall_curve_is_that_of_precision_recall_curve_from_its_other_end()
    {
        var curve = PrecisionRecallCurve.From(Scores, Labels);

        Assert.Equal([1, 0.5, 2 / 3.0, 0.5], curve.Precisions);
        Assert.Equal([0.5, 0.5, 1, 1], curve.Recalls);
        Assert.Equal([0.8, 0.4, 0.35, 0.1], curve.Thresholds);
        Assert.Equal(0.83, curve.AveragePrecision, 2); // average_precision_score says 0.83
        Assert.Equal(0.5 + 0.5 * 2 / 3, curve.AveragePrecision, 12);
    }

    [Fact]
    public void A_confusion_matrix_is_that_of_confusion_matrix()
    {
        var numbers = ConfusionMatrix.From([2, 0, 2, 2, 0, 1], [0, 0, 2, 2, 0, 2]);
        Assert.Equal<IReadOnlyList<long>>([[2, 0, 0], [0, 0, 1], [1, 0, 2]], numbers.Counts);
        Assert.Equal(["0", "1", "2"], numbers.Labels);

        var texts = ConfusionMatrix.From(
            ["cat", "ant", "cat", "cat", "ant", "bird"], ["ant", "ant", "cat", "cat", "ant", "cat"]);
        Assert.Equal(["ant", "bird", "cat"], texts.Labels);
        Assert.Equal(numbers.Counts, texts.Counts);
        Assert.Equal(4 / 6.0, texts.Accuracy, 12);
        Assert.Equal([2 / 3.0, double.NaN, 2 / 3.0], texts.Precisions);
        Assert.Equal([1, 0, 2 / 3.0], texts.Recalls);
    }

    [Fact]
    public void A_confusion_matrix_orders_numbers_by_size_and_leaves_out_what_is_null()
    {
        Assert.Equal(["9", "10"], ConfusionMatrix.From([10, 9], [9, 10]).Labels);
        var matrix = ConfusionMatrix.From<string?>(["a", null, "b", "only"], ["a", "b", "a", null]);
        Assert.Equal(["a", "b"], matrix.Labels);
        Assert.Equal(2, matrix.Dropped);
    }

    [Fact]
    public void A_histogram_counts_as_numpy_histogram()
    {
        var histogram = Histogram.From([1, 2, 1, double.NaN, 4, double.PositiveInfinity], 3);

        Assert.Equal([1, 2, 3, 4], histogram.Edges);
        Assert.Equal([2, 1, 1], histogram.Counts);
        Assert.Equal((1, 1), (histogram.NotANumber, histogram.Infinite));
        Assert.Equal([0.5, 1, 1.5], Histogram.From([1, 1], 2).Edges);
        Assert.Equal([0, 2], Histogram.From([1, 1], 2).Counts);
        Assert.Equal([0, 1], Histogram.From([], 1).Edges);
    }

    [Theory]
    [InlineData(double.MinValue, double.MaxValue), InlineData(0, double.Epsilon), InlineData(1e17, 1e17)]
    [InlineData(double.MaxValue, double.MaxValue), InlineData(double.MinValue, double.MinValue), InlineData(-1e300, 1e-300)]
    public void A_histogram_of_any_numbers_counts_all_of_them(double one, double other)
    {
        var histogram = Histogram.From([one, other, one], 10);

        Assert.Equal(3, histogram.Counts.Sum());
    }

    [Fact]
    public void A_calibration_curve_is_that_of_calibration_curve()
    {
        var curve = CalibrationCurve.From(
            [0.1, 0.2, 0.3, 0.4, 0.65, 0.7, 0.8, 0.9, 1], [false, false, false, false, true, true, true, true, true], 3);

        Assert.Equal([0, 0.5, 1], curve.FractionsOfPositives);
        Assert.Equal([0.2, 0.525, 0.85], curve.MeanPredictions, (one, other) => Math.Abs(one - other) < 1e-12);
        Assert.Equal([3, 2, 4], curve.Counts);
        Assert.Equal((3 * 0.2 + 2 * 0.025 + 4 * 0.15) / 9, curve.ExpectedCalibrationError, 12);
        // brier_score_loss
        Assert.Equal(0.0375, CalibrationCurve.From([0.1, 0.9, 0.8, 0.3], [false, true, true, false]).BrierScore, 12);
    }

    [Fact]
    public void Nothing_that_a_model_can_answer_is_refused()
    {
        Assert.Equal((1, 1), (RocCurve.From([double.NaN, 1, 0], [true, true, false]).Dropped, RocCurve.From([double.NaN, 1, 0], [true, true, false]).Area));
        Assert.Equal(double.NaN, RocCurve.From([], []).Area);
        Assert.Equal(double.NaN, RocCurve.From([1, 2], [true, true]).Area);
        Assert.Equal(double.NaN, PrecisionRecallCurve.From([1, 2], [false, false]).AveragePrecision);
        Assert.Equal(1, RocCurve.From([double.PositiveInfinity, double.NegativeInfinity], [true, false]).Area);
        Assert.Equal(double.NaN, ConfusionMatrix.From<int>([], []).Accuracy);
        var calibration = CalibrationCurve.From([double.NaN, 2, -1], [true, true, true]);
        Assert.Equal((3, double.NaN, double.NaN), (calibration.Dropped, calibration.BrierScore, calibration.ExpectedCalibrationError));
    }

    [Fact]
    public void Many_scores_make_a_curve_of_few_points_with_the_area_of_all()
    {
        var random = new Random(1);
        var labels = Enumerable.Range(0, 100_000).Select(_ => random.Next(3) == 0).ToArray();
        var scores = labels.Select(label => random.NextDouble() + (label ? 0.3 : 0)).ToArray();
        var (roc, curve) = (RocCurve.From(scores, labels), PrecisionRecallCurve.From(scores, labels));

        Assert.InRange(roc.Thresholds.Count, 100, 300);
        Assert.InRange(curve.Thresholds.Count, 100, 300);
        Assert.Equal(roc.Area, new RocCurve(roc.FalsePositiveRates, roc.TruePositiveRates, roc.Thresholds).Area, 3);
        Assert.Equal((1, 1), (roc.FalsePositiveRates[^1], roc.TruePositiveRates[^1]));
        Assert.InRange(roc.Area, 0.75, 0.76); // 1 - 0.7 * 0.7 / 2: two uniform distributions, 0.3 apart
        Assert.Equal(1, curve.Recalls[^1]);
    }

    [Fact]
    public void Each_structure_reads_what_it_wrote()
    {
        MetricStructure[] all =
        [
            RocCurve.From([double.NaN, .. Scores], [true, .. Labels]),
            RocCurve.From([], []),
            PrecisionRecallCurve.From(Scores, Labels),
            PrecisionRecallCurve.From([], []),
            ConfusionMatrix.From(["a", "b"], ["b", "b"]),
            Histogram.From([1, 2, double.NaN, double.NegativeInfinity]),
            CalibrationCurve.From(Scores, Labels),
            CalibrationCurve.From([], []),
        ];

        foreach (var one in all)
        {
            var read = Assert.IsAssignableFrom<MetricStructure>(Metric.Parse(one.ToJson()).Value);
            Assert.Equal(one.ToString(), read.ToString());
            Assert.Equal(one.GetType(), read.GetType());
        }
    }

    [Theory]
    [InlineData("""{"type":"roc-curve","falsePositiveRates":[0,2],"truePositiveRates":[0,1],"thresholds":[1,0]}""", "Item 1 of 'falsePositiveRates' is 2")]
    [InlineData("""{"type":"roc-curve","falsePositiveRates":[0,1],"truePositiveRates":[0],"thresholds":[1,0]}""", "There are 2 and 1")]
    [InlineData("""{"type":"roc-curve","falsePositiveRates":[0,1],"truePositiveRates":[1,0],"thresholds":[1,0]}""", "never fall")]
    [InlineData("""{"type":"roc-curve","falsePositiveRates":[0,1],"truePositiveRates":[0,1],"thresholds":[0,1]}""", "never rise")]
    [InlineData("""{"type":"roc-curve","falsePositiveRates":"x"}""", "'falsePositiveRates' is no array")]
    [InlineData("""{"type":"confusion-matrix","labels":["a","a"],"counts":[[1,2],[3,4]]}""", "there twice")]
    [InlineData("""{"type":"confusion-matrix","labels":["a"],"counts":[[-1]]}""", "negative")]
    [InlineData("""{"type":"histogram","edges":[1,1],"counts":[1]}""", "there twice")]
    [InlineData("""{"type":"histogram","edges":[],"counts":[]}""", "is empty")]
    [InlineData("""{"type":"calibration-curve","meanPredictions":[0.1],"fractionsOfPositives":["NaN"],"counts":[1.5]}""", "whole numbers")]
    [InlineData("[1]", "is a number"), InlineData("\"x\"", "is a number"), InlineData("null", "is a number")]
    public void What_is_no_structure_of_its_type_is_refused_where_it_is_given_and_stays_JSON_where_it_is_read(string json, string reason)
    {
        var failure = Assert.Throws<EnvelopeException>(() => Metric.Parse(JsonElement.Parse(json)));

        Assert.Contains(reason, failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("Parameter", failure.Message, StringComparison.Ordinal);
        Assert.IsType<JsonElement>(Metric.Read(JsonElement.Parse(json)).Value);
    }

    [Fact]
    public void A_metric_is_not_nested_deeper_than_a_journal_can_be_read()
    {
        static JsonElement Nested(int depth) => JsonElement.Parse(
            string.Concat(Enumerable.Repeat("{\"a\":", depth)) + "1" + new string('}', depth));

        Assert.Equal(Nested(32).GetRawText(), Metric.Parse(Nested(32)).ToString());
        Assert.Throws<EnvelopeException>(() => Metric.Parse(Nested(33)));
    }
}
