using System.Globalization;

namespace EnvelopeSdk.Registry.Pages.Charts;

/// <summary>Where values stand on a drawn line.</summary>
/// <param name="low">The least value that is drawn.</param>
/// <param name="high">The greatest.</param>
/// <param name="start">Where the least stands, in units of the drawing.</param>
/// <param name="end">Where the greatest stands.</param>
internal sealed class Axis(double low, double high, double start, double end)
{
    private const int Steps = 4;

    /// <summary>An axis for values, with some room where all are one.</summary>
    public static Axis Of(IEnumerable<double> values, double start, double end)
    {
        var (low, high) = (double.MaxValue, double.MinValue);
        foreach (var value in values)
        {
            (low, high) = (Math.Min(low, value), Math.Max(high, value));
        }

        if (low > high)
        {
            return new(0, 1, start, end);
        }

        var room = Math.Max(Math.Abs(low) * 0.01, double.Epsilon * 1e10);
        return low == high ? new(low - room, high + room, start, end) : new(low, high, start, end);
    }

    /// <summary>Where a value stands. Halves first: the span of two doubles may be no double.</summary>
    public string At(double value) =>
        Text(start + ((end - start) * (((value / 2) - (low / 2)) / ((high / 2) - (low / 2)))));

    /// <summary>Values to write beside the axis, the ends among them.</summary>
    public IEnumerable<double> Marks() =>
        Enumerable.Range(0, Steps + 1).Select(i => i / (double)Steps).Select(part => (low * (1 - part)) + (high * part));

    public static string Text(double value) => value.ToString("0.#", CultureInfo.InvariantCulture);
}
