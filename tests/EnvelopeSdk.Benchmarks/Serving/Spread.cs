using System.Globalization;

namespace EnvelopeSdk.Benchmarks.Serving;

/// <summary>What several rounds gave.</summary>
/// <param name="Values">A value of each.</param>
internal sealed record Spread(IReadOnlyList<double> Values)
{
    public double Median => Taking.Median(Values);

    public static Spread Of<T>(IEnumerable<T> rounds, Func<T, double> what) => new([.. rounds.Select(what)]);

    /// <summary>The median, with the smallest and the largest behind it.</summary>
    public string ToString(string format) => Values.Count == 0 ? "" : string.Create(
        CultureInfo.InvariantCulture,
        $"{Text(Median, format)} ({Text(Values.Min(), format)}–{Text(Values.Max(), format)})");

    private static string Text(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}
