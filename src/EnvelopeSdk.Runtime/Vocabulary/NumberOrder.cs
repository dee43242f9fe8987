using System.Globalization;

namespace EnvelopeSdk.Vocabulary;

/// <summary>The order of numbers that are written as JSON writes them.</summary>
internal static class NumberOrder
{
    /// <summary>
    /// Compares two numbers: those that have one nearest double by their digits, where a decimal holds both.
    /// </summary>
    public static int Compare(string one, string other) =>
        ToDouble(one).CompareTo(ToDouble(other)) is not 0 and var order ? order
        : ToDecimal(one) is { } exact && ToDecimal(other) is { } otherExact ? exact.CompareTo(otherExact)
        : 0;

    /// <summary>The number as a decimal; null for one that no decimal holds.</summary>
    public static decimal? ToDecimal(string number) =>
        decimal.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out var exact) ? exact : null;

    private static double ToDouble(string number) =>
        double.Parse(number, NumberStyles.Float, CultureInfo.InvariantCulture);
}
