namespace EnvelopeSdk.Tool.Drawing;

/// <summary>A series of numbers in one line.</summary>
internal static class Sparkline
{
    private const string Heights = "▁▂▃▄▅▆▇█";

    /// <summary>Draws a series; of a longer one, each character is the mean of as many numbers.</summary>
    /// <returns>A character is a cross where no number is finite.</returns>
    public static string Draw(IReadOnlyList<double> values, int width)
    {
        var columns = Math.Min(width, values.Count);
        var means = Enumerable.Range(0, columns).Select(column => Mean(
            values.Take((int)((long)column * values.Count / columns)..(int)((column + 1L) * values.Count / columns))))
            .ToList();
        var finite = means.Where(double.IsFinite).DefaultIfEmpty(0).ToList();
        var (low, high) = (finite.Min(), finite.Max());
        return string.Concat(means.Select(mean => double.IsFinite(mean) ? Heights[Height(mean, low, high)] : '×'));
    }

    /// <summary>In halves, as the difference of two doubles may be infinite.</summary>
    private static int Height(double value, double low, double high) => high > low
        ? Math.Clamp((int)((value / 2 - low / 2) / (high / 2 - low / 2) * Heights.Length), 0, Heights.Length - 1)
        : Heights.Length / 2;

    private static double Mean(IEnumerable<double> values)
    {
        var finite = values.Where(double.IsFinite).ToList();
        return finite.Count == 0 ? double.NaN : finite.Sum(value => value / finite.Count);
    }
}
