namespace EnvelopeSdk.Benchmarks.Batch;

/// <summary>The columns of a group of stones, in buffers that are used again.</summary>
/// <param name="most">How many stones a group has at most.</param>
internal sealed class StoneColumns(int most)
{
    public PhysicalColumn<float> Carat { get; } = new(most);

    public PhysicalTexts Cut { get; } = new(most);

    public PhysicalColumn<int> X { get; } = new(most);

    public PhysicalColumn<double> Depth { get; } = new(most);

    public PhysicalColumn<long> Ts { get; } = new(most);

    /// <summary>The answers.</summary>
    public float[] Prices { get; } = new float[most];

    /// <summary>The levels of a column that has no null.</summary>
    public short[] Present { get; } = [.. Enumerable.Repeat((short)1, most)];
}
