namespace EnvelopeSdk.Tests.Models;

/// <summary>Predicts what a house costs.</summary>
[EnvelopeModel("house-price")]
public sealed partial class HousePrice(double[] weights, string currency)
{
    public IReadOnlyList<double> Weights => weights;

    public string Currency => currency;

    /// <summary>Predicts the price.</summary>
    [Predict]
    public double Predict(double area, int rooms = 3) => weights[0] + (weights[1] * area) + (weights[2] * rooms);

    internal static HousePrice Trained { get; } = new([0.1, 1.0 / 3, -2.5e-300], "€ \"quoted\"");
}
