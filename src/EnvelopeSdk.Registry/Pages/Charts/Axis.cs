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

    /// <summary>Values to write beside the axis at equal distances, the ends among them.</summary>
    public IEnumerable<double> Parts() =>
        Enumerable.Range(0, Steps + 1).Select(i => i / (double)Steps)
            .Select(part => (low * (1 - part)) + (high * part));

    /// <summary>
    /// Round values to write beside the axis: multiples of 1, 2 or 5 times a power of ten; the parts of an axis on
    /// which doubles are too far apart, or too close together, for any to be round.
    /// </summary>
    public IEnumerable<double> Marks()
    {
        var rough = (high / Steps) - (low / Steps);
        var power = Math.Pow(10, Math.Floor(Math.Log10(rough)));
        var step = power * (rough / power) switch { < 1.5 => 1, < 3.5 => 2, < 7.5 => 5, _ => 10 };
        var (first, last) = (Math.Ceiling(low / step), Math.Floor(high / step));
        return double.IsFinite(step) && step > 0 && last - first is >= 1 and < 4 * Steps
            && first * step != (first + 1) * step && Math.Abs(first) < 1e15
            ? Enumerable.Range(0, (int)(last - first) + 1).Select(i => (first + i) * step)
            : Parts();
    }

    public static string Text(double value) => value.ToString("0.#", CultureInfo.InvariantCulture);
}
