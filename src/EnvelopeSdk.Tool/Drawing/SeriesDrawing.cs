using System.Globalization;
using EnvelopeSdk.Journal;

namespace EnvelopeSdk.Tool.Drawing;

/// <summary>A metric with steps.</summary>
internal static class SeriesDrawing
{
    public static IEnumerable<string> Draw(IReadOnlyList<MetricPoint> points, int width)
    {
        var values = points.Select(point => point.Value.Number!.Value).ToList();
        var finite = values.Where(double.IsFinite).DefaultIfEmpty(double.NaN).ToList();
        var steps = points.Where(point => point.Step is not null).ToList();
        var range = steps.Count == 0 ? "" : string.Create(
            CultureInfo.InvariantCulture, $", {steps.Count} steps from {steps[0].Step} to {steps[^1].Step}");
        return
        [
            Sparkline.Draw(values, width),
            $"first {Number(values[0])}, last {Number(values[^1])}, min {Number(finite.Min())}, "
                + $"max {Number(finite.Max())}{range}",
        ];
    }

    private static string Number(double number) => MetricDrawing.Number(number);
}
