using EnvelopeSdk;
using EnvelopeSdk.MLNet;
using Microsoft.ML;

namespace Golden;

/// <summary>Predicts with ML.NET, through the pool of its room.</summary>
[EnvelopeModel("golden-pooled")]
public sealed partial class Pooled(ITransformer pipeline)
{
    private readonly PredictionPool<Row, Score> _pool = new(pipeline);

    /// <summary>Predicts what a flat costs a month.</summary>
    /// <param name="area">In square metres.</param>
    /// <param name="floor">From the ground.</param>
    [Predict]
    public float Predict(float area, float floor = 0) => _pool.Predict(new Row { Area = area, Floor = floor }).Value;
}

public sealed class Row
{
    public float Area { get; set; }

    public float Floor { get; set; }

    public float Label { get; set; }
}

public sealed class Score
{
    [Microsoft.ML.Data.ColumnName("Score")]
    public float Value { get; set; }
}
