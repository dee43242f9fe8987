using Microsoft.ML;

namespace EnvelopeSdk.MLNet.Tests;

/// <summary>What a flat costs a month.</summary>
[EnvelopeModel("rent")]
public sealed partial class Rent(ITransformer pipeline)
{
    private readonly PredictionPool<Flat, RentScore> _pool = new(pipeline);

    public ITransformer Pipeline => pipeline;

    [Predict]
    public float Predict(float area, float floor, string district) => _pool.Predict(new Flat { Area = area, Floor = floor, District = district }).Score;
}

/// <summary>A class without a pool: nothing tells the schema of its pipeline.</summary>
[EnvelopeModel("bare")]
public sealed partial class Bare(ITransformer pipeline)
{
    [Predict]
    public bool IsTrained() => pipeline is not null;
}

public sealed class Flat
{
    public float Area { get; set; }

    public float Floor { get; set; }

    public string District { get; set; } = "";

    public float Label { get; set; }
}

public sealed class RentScore
{
    public float Score { get; set; }
}
