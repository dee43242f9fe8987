using System.ComponentModel.DataAnnotations;
using EnvelopeSdk;

namespace Golden;

/// <summary>Predicts with weights that are plain data.</summary>
[EnvelopeModel("golden-linear")]
public sealed partial class Linear(double[] weights, Scale scale, string? unit)
{
    /// <summary>Another constructor of as many parameters, which holds no state.</summary>
    public Linear(string weights, Scale scale, string? unit)
        : this(weights.Split(',').Select(double.Parse).ToArray(), scale, unit)
    {
    }

    /// <summary>Predicts a value.</summary>
    /// <param name="x">The features.</param>
    /// <param name="offset">Is added.</param>
    /// <returns>The value.</returns>
    [Predict]
    public Prediction Predict([MinLength(1)] double[] x, [Range(-10, 10)] float offset = 0.5f) =>
        new(x.Zip(weights, (one, weight) => one * weight).Sum() * scale.Factor + offset, unit);

    /// <summary>Counts up to a number.</summary>
    /// <param name="last">The last number.</param>
    [Predict("count")]
    public async IAsyncEnumerable<int> CountAsync(int last)
    {
        for (var i = 1; i <= last; i++)
        {
            await Task.Yield();
            yield return i;
        }
    }
}

public sealed record Scale(double Factor);

public sealed record Prediction(double Value, string? Unit);
