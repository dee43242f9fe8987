using System.Globalization;

namespace EnvelopeSdk.Tool.Commands;

/// <summary>How values are written for people, the same in every culture.</summary>
internal static class Texts
{
    public static string Metric(KeyValuePair<string, double> metric) =>
        string.Create(CultureInfo.InvariantCulture, $"{metric.Key} {metric.Value:G6}");

    public static string Time(DateTimeOffset time) =>
        time.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    public static string Seconds(TimeSpan time) =>
        string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.0} s");
}
