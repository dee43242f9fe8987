using EnvelopeSdk;
using EnvelopeSdk.MLNet;
using Microsoft.ML;

namespace Diamonds;

/// <summary>The numbers of a stone, as ML.NET sees them.</summary>
public sealed class TreeStone
{
    public float Carat { get; set; }
    public float X { get; set; }
    public float Depth { get; set; }
    public float Label { get; set; }
}

/// <summary>Prices a stone with trees, row by row.</summary>
[EnvelopeModel("tree-price")]
public sealed partial class TreePrice(ITransformer pipeline)
{
    private readonly PredictionPool<TreeStone, Price> _pool = new(pipeline);

    /// <summary>Prices a stone.</summary>
    [Predict]
    public float Predict(float carat, int? x, double depth) =>
        _pool.Predict(new() { Carat = carat, X = x ?? -1, Depth = (float)depth }).Score;
}
