using System.Globalization;

namespace EnvelopeSdk.Tool.Drawing;

/// <summary>A histogram as bars.</summary>
internal static class HistogramBars
{
    private const int MaxBars = 40;

    public static IEnumerable<string> Draw(Histogram histogram, int width)
    {
        var bars = Merge(histogram).ToList();
        var most = Math.Max(1, bars.Max(bar => bar.Count));
        var names = bars.Select(bar => $"{Number(bar.From)} to {Number(bar.To)}").ToList();
        var counts = bars.Select(bar => bar.Count.ToString(CultureInfo.InvariantCulture)).ToList();
        var (nameWidth, countWidth) = (names.Max(name => name.Length), counts.Max(count => count.Length));
        var room = Math.Max(8, width - nameWidth - countWidth - 4);
        return bars.Select((bar, i) => $"{names[i].PadRight(nameWidth)}  {counts[i].PadLeft(countWidth)}  "
            + Bar.Draw(bar.Count / (double)most, room));
    }

    /// <summary>As many adjoining ranges together as it takes to fit on a screen.</summary>
    private static IEnumerable<(double From, double To, long Count)> Merge(Histogram histogram)
    {
        var each = (histogram.Counts.Count + MaxBars - 1) / MaxBars;
        for (var i = 0; i < histogram.Counts.Count; i += each)
        {
            var end = Math.Min(i + each, histogram.Counts.Count);
            yield return (
                histogram.Edges[i],
                histogram.Edges[end],
                (long)Math.Min(histogram.Counts.Take(i..end).Sum(count => (double)count), 9e18));
        }
    }

    private static string Number(double number) => number.ToString("G4", CultureInfo.InvariantCulture);
}
