namespace EnvelopeSdk.Tests.Models;

/// <summary>A model of one array, whose constructor changes it when it is told to.</summary>
[EnvelopeModel("vectors")]
public sealed partial class Vectors(float[] items)
{
    private readonly float _first = Begin(items);

    internal static bool Meddles { get; set; }

    internal static bool Fails { get; set; }

    internal float[] Items => items;

    [Predict]
    public float At(int index) => items[index];

    [Predict]
    public float First() => _first;

    private static float Begin(float[] items)
    {
        if (Meddles)
        {
            items[1] += 1;
        }

        return Fails ? throw new InvalidOperationException("it cannot") : items[0];
    }
}

/// <summary>One that gives its array away when it is disposed of, as one does that has it from a pool.</summary>
[EnvelopeModel("pooled-vectors")]
public sealed partial class PooledVectors(float[] items) : IDisposable
{
    internal static int Disposals { get; set; }

    internal float[] Items => items;

    [Predict]
    public float At(int index) => items[index];

    public void Dispose()
    {
        Disposals++;
        Array.Clear(items);
    }
}

/// <summary>Lists and rows, whose constructor adds to them.</summary>
[EnvelopeModel("growing")]
public sealed partial class Growing(List<float> items, List<float[]> rows)
{
    private readonly int _count = Grow(items, rows);

    internal static bool Grows { get; set; }

    internal List<float> Items => items;

    internal List<float[]> Rows => rows;

    [Predict]
    public int Count() => _count;

    private static int Grow(List<float> items, List<float[]> rows)
    {
        if (Grows)
        {
            items.Clear();
            items.TrimExcess();
            rows[0] = [];
            rows.Add([1]);
        }

        return items.Count;
    }
}
