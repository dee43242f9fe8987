using System.Globalization;

namespace EnvelopeSdk.Tool.Drawing;

/// <summary>A calibration curve: for each range what was said, what happened, and a bar of that.</summary>
internal static class CalibrationTable
{
    private const int MaxRows = 40;

    public static IEnumerable<string> Draw(CalibrationCurve curve, int width)
    {
        var room = Math.Max(8, Math.Min(40, width - 32));
        var rows = curve.Counts.Take(MaxRows).Select((count, i) => string.Create(
            CultureInfo.InvariantCulture,
            $"{curve.MeanPredictions[i],9:F3}  {curve.FractionsOfPositives[i],6:F3}  {count,10}  ")
            + Bar.Draw(curve.FractionsOfPositives[i], room));
        var more = curve.Counts.Count - MaxRows;
        return
        [
            "predicted  actual       cases",
            .. rows,
            .. more > 0 ? [string.Create(CultureInfo.InvariantCulture, $"... and {more} more")] : Array.Empty<string>(),
        ];
    }
}
