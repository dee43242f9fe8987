using System.Globalization;
using System.Text.Json;
using EnvelopeSdk.Journal;
using EnvelopeSdk.Tool.Commands;

namespace EnvelopeSdk.Tool.Drawing;

/// <summary>A metric as a person sees it in a terminal.</summary>
internal static class MetricDrawing
{
    private const int MaxJsonLines = 40;

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    /// <summary>Draws the metrics of which there is more to see than one number, each below its name.</summary>
    public static IEnumerable<string> Draw(
        IReadOnlyDictionary<string, IReadOnlyList<MetricPoint>> metrics, int width) => metrics
        .Where(metric => metric.Value.Count > 1 || metric.Value[^1].Value.Number is null)
        .SelectMany(metric => Draw(metric.Value, width - 2).Select(line => "  " + line.TrimEnd())
            .Prepend(Texts.Fit(Texts.Plain(metric.Key), width)).Prepend(""));

    /// <summary>Draws a metric.</summary>
    /// <param name="points">Its values.</param>
    /// <param name="width">How many columns there are.</param>
    public static IEnumerable<string> Draw(IReadOnlyList<MetricPoint> points, int width)
    {
        var numbers = points.Where(point => point.Value.Number is not null).ToList();
        var series = numbers.Count > 1 ? SeriesDrawing.Draw(numbers, width) : [];
        return points[^1].Value.Number is null ? series.Concat(Structure(points[^1].Value, width)) : series;
    }

    /// <summary>A metric in a few words.</summary>
    public static string Summary(Metric metric) => metric.Value switch
    {
        double number => Number(number),
        RocCurve roc => $"ROC curve, area {Number(roc.Area)}{Dropped(roc.Dropped)}",
        PrecisionRecallCurve curve =>
            $"precision-recall curve, average precision {Number(curve.AveragePrecision)}{Dropped(curve.Dropped)}",
        ConfusionMatrix matrix => $"confusion matrix, accuracy {Number(matrix.Accuracy)}{Dropped(matrix.Dropped)}",
        Histogram histogram => $"histogram of {Number(histogram.Counts.Sum(count => (double)count))} values"
            + $"{Apart(histogram.NotANumber, "NaN")}{Apart(histogram.Infinite, "infinite")}",
        CalibrationCurve curve => $"calibration, Brier score {Number(curve.BrierScore)}, expected error "
            + $"{Number(curve.ExpectedCalibrationError)}{Dropped(curve.Dropped)}",
        JsonElement json when Texts.TypeOf(json) is { } type =>
            Texts.Fit($"record of the type {Texts.Plain(type)}", 70),
        _ => "record",
    };

    public static string Number(double number) => number.ToString("G6", CultureInfo.InvariantCulture);

    private static IEnumerable<string> Structure(Metric metric, int width) => Lines(metric, width)
        .Prepend(Summary(metric));

    private static IEnumerable<string> Lines(Metric metric, int width) => metric.Value switch
    {
        RocCurve roc => CurvePlot.Draw(
            roc.FalsePositiveRates, roc.TruePositiveRates, "false positive rate", "true positive rate"),
        PrecisionRecallCurve curve => CurvePlot.Draw(curve.Recalls, curve.Precisions, "recall", "precision"),
        ConfusionMatrix matrix => MatrixTable.Draw(matrix, width),
        Histogram histogram => HistogramBars.Draw(histogram, width),
        CalibrationCurve curve => CalibrationTable.Draw(curve, width),
        JsonElement json => Json(json, width),
        _ => [],
    };

    private static IEnumerable<string> Json(JsonElement json, int width)
    {
        var lines = JsonSerializer.Serialize(json, Indented).Split('\n')
            .Select(line => Texts.Fit(Texts.Plain(line.TrimEnd('\r')), width)).ToList();
        return lines.Count <= MaxJsonLines ? lines : [.. lines.Take(MaxJsonLines), "..."];
    }

    private static string Dropped(long count) => Apart(count, "left out");

    private static string Apart(long count, string what) =>
        count == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $", {count} {what}");
}
