namespace EnvelopeSdk.Tests.Models;

/// <summary>A model of one array, whose constructor changes it when it is told to.</summary>
[EnvelopeModel("vectors")]
public sealed partial class Vectors(float[] items) : IDisposable
{
    private readonly float _first = Begin(items);

    internal static bool Meddles { get; set; }

    internal static bool Fails { get; set; }

    internal static int Disposals { get; set; }

    internal float[] Items => items;

    [Predict]
    public float At(int index) => items[index];

    [Predict]
    public float First() => _first;

    public void Dispose() => Disposals++;

    private static float Begin(float[] items)
    {
        if (Meddles)
        {
            items[1] += 1;
        }

        return Fails ? throw new InvalidOperationException("it cannot") : items[0];
    }
}
