using EnvelopeSdk;

namespace Diamonds;

/// <summary>A model that costs next to nothing, to measure what is around it.</summary>
[EnvelopeModel("stone-price")]
public sealed partial class StonePrice(float perCarat)
{
    /// <summary>Prices a stone.</summary>
    [Predict]
    public float Predict(float carat, string cut, int? x, double depth, DateTime ts)
    {
        var quality = cut switch { "Ideal" => 1f, "Premium" => .8f, "Very Good" => .6f, "Good" => .4f, _ => .2f };
        return (carat * perCarat) + (quality * 300f) + (x is { } v ? v * 2f : -1f) + ((float)depth * .5f) + ts.Hour;
    }
}
