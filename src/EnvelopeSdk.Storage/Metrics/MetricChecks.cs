using System.Runtime.CompilerServices;

namespace EnvelopeSdk.Metrics;

/// <summary>What the constructors of structures look at.</summary>
internal static class MetricChecks
{
    /// <summary>A copy of a list that belongs to the structure.</summary>
    public static double[] Copy(
        IEnumerable<double> values, [CallerArgumentExpression(nameof(values))] string name = "")
    {
        ArgumentNullException.ThrowIfNull(values, name);
        return [.. values];
    }

    /// <exception cref="ArgumentException">The lists differ in length.</exception>
    public static void SameLength(int length, int other, string name)
    {
        if (length != other)
        {
            throw new ArgumentException(
                $"There are {length} and {other} of what belongs together. Give as many of the one as of the other.",
                name);
        }
    }

    /// <exception cref="ArgumentException">There is nothing.</exception>
    public static void NotEmpty(int length, string name)
    {
        if (length == 0)
        {
            throw new ArgumentException($"'{name}' is empty. Give at least one.", name);
        }
    }

    /// <exception cref="ArgumentException">A rate is not within 0 and 1, or some are NaN and others not.</exception>
    public static void Rates(double[] rates, string name)
    {
        if (rates.All(double.IsNaN))
        {
            return; // a rate of nothing: no positives, say
        }

        if (Array.FindIndex(rates, rate => !(rate >= 0 && rate <= 1)) is var wrong and >= 0)
        {
            throw new ArgumentException(
                Texts($"Item {wrong} of '{name}' is {rates[wrong]}; it lies between 0 and 1, or all are NaN."), name);
        }
    }

    /// <exception cref="ArgumentException">It is neither within 0 and 1 nor NaN.</exception>
    public static void Rate(double rate, string name) => Rates([rate], name);

    /// <exception cref="ArgumentException">A value is less than the one before it.</exception>
    public static void Rising(double[] values, string name)
    {
        for (var i = 1; i < values.Length; i++)
        {
            if (values[i] < values[i - 1])
            {
                throw new ArgumentException(
                    Texts($"Item {i} of '{name}' is {values[i]}, after {values[i - 1]}; the values never fall."), name);
            }
        }
    }

    /// <exception cref="ArgumentException">A value is NaN or greater than the one before it.</exception>
    public static void Falling(double[] values, string name)
    {
        for (var i = 0; i < values.Length; i++)
        {
            if (double.IsNaN(values[i]) || (i > 0 && values[i] > values[i - 1]))
            {
                throw new ArgumentException(
                    Texts($"Item {i} of '{name}' is {values[i]}; the values never rise, and none is NaN."), name);
            }
        }
    }

    /// <exception cref="ArgumentException">A count is negative.</exception>
    public static void Counts(IEnumerable<long> counts, string name)
    {
        if (counts.Any(count => count < 0))
        {
            throw new ArgumentException($"'{name}' has a negative count. Counts are zero or more.", name);
        }
    }

    private static string Texts(FormattableString text) => FormattableString.Invariant(text);
}
