namespace EnvelopeSdk.Serving.Tests;

/// <summary>Multiplies.</summary>
[EnvelopeModel("meter")]
public sealed partial class Meter(double factor)
{
    /// <summary>Multiplies a number that is not negative.</summary>
    /// <param name="value">The number.</param>
    /// <param name="unit">What it counts.</param>
    [Predict]
    public double Predict(double value, string unit) =>
        value < 0 ? throw new ArgumentOutOfRangeException(nameof(value), unit) : value * factor;

    /// <summary>Multiplies each number up to a last one.</summary>
    /// <param name="last">The last one.</param>
    [Predict]
    public async IAsyncEnumerable<double> EachAsync(double last)
    {
        for (var i = 1; i <= last; i++)
        {
            await Task.Yield();
            yield return i * factor;
        }
    }
}
