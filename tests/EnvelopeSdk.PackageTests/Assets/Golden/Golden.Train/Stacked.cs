using EnvelopeSdk;

namespace Golden;

/// <summary>Predicts with arrays of several forms, which are stored beside the JSON.</summary>
[EnvelopeModel("golden-stacked")]
public sealed partial class Stacked(Layer[] layers, float[][] rows, byte[] mask, List<long> counts)
{
    /// <summary>Adds up what the arrays hold at a place.</summary>
    /// <param name="place">From 0.</param>
    [Predict]
    public double At(int place) =>
        layers.Sum(layer => layer.Weights[place % 20, place % 30] + layer.Biases[place % layer.Biases.Length])
            + rows[place % 3].ElementAtOrDefault(place) + mask[place % mask.Length] + counts[place % counts.Count];

    /// <summary>The model that is saved.</summary>
    public static Stacked Trained()
    {
        var weights = new float[20, 30];
        for (var i = 0; i < weights.Length; i++)
        {
            weights[i / 30, i % 30] = i / 7f;
        }

        return new(
            [new("first", weights, [0.1, double.MinValue / 1e300]), new("second", weights, [.. Enumerable.Range(0, 200).Select(i => i / 3.0)])],
            [[1, 2], [], [.. Enumerable.Range(0, 500).Select(i => i / 9f)]],
            [.. Enumerable.Range(0, 2000).Select(i => (byte)i)],
            [.. Enumerable.Range(0, 300).Select(i => (long)i << 20)]);
    }
}

public sealed record Layer(string Name, float[,] Weights, double[] Biases);
