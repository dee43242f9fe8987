using EnvelopeSdk;
using EnvelopeSdk.MLNet;
using Microsoft.ML;

namespace Diamonds;

/// <summary>Predicts the price of a cut diamond.</summary>
[EnvelopeModel("diamond-price")]
public sealed partial class DiamondPrice(ITransformer pipeline)
{
    private readonly PredictionPool<Diamond, Price> _pool = new(pipeline);

    /// <summary>Predicts what a diamond costs.</summary>
    /// <param name="carat">Weight in carats.</param>
    /// <param name="cut">Quality of the cut.</param>
    /// <param name="color">Colour grade, D being colourless.</param>
    /// <param name="clarity">Clarity grade, IF being flawless inside.</param>
    /// <param name="depth">Height in percent of the mean of length and width.</param>
    /// <param name="table">Width of the top in percent of the widest point.</param>
    /// <param name="x">Length in millimetres.</param>
    /// <param name="y">Width in millimetres.</param>
    /// <param name="z">Height in millimetres.</param>
    /// <returns>The price in US dollars.</returns>
    [Predict]
    public float Predict(
        float carat, Cut cut, Color color, Clarity clarity, float depth, float table, float x, float y, float z) =>
        _pool.Predict(new Diamond
        {
            Carat = carat,
            Cut = (float)cut,
            Color = (float)color,
            Clarity = (float)clarity,
            Depth = depth,
            Table = table,
            X = x,
            Y = y,
            Z = z,
        }).Score;
}
