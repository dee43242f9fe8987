using EnvelopeSdk;

namespace Diamonds;

/// <summary>A model that is nothing but one large array, to measure how state is saved and loaded.</summary>
[EnvelopeModel("embedding")]
public sealed partial class Embedding(float[] vectors)
{
    [Predict]
    public float At(int index) => vectors[index];
}
