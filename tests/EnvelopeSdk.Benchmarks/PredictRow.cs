using BenchmarkDotNet.Attributes;
using Diamonds;
using EnvelopeSdk.MLNet;
using Microsoft.ML;

namespace EnvelopeSdk.Benchmarks;

/// <summary>One prediction of an ML.NET model that any thread may ask for: the pool against the safe things without it.</summary>
[MemoryDiagnoser]
public class PredictRow
{
    private readonly MLContext _ml = new(seed: 1);
    private readonly Diamond _row = new() { Carat = 0.7f, Cut = 4, Color = 5, Clarity = 3, Depth = 61, Table = 57, X = 5.7f, Y = 5.7f, Z = 3.5f };
    private readonly Lock _lock = new();
    private ITransformer _pipeline = null!;
    private PredictionPool<Diamond, Price> _pool = null!;
    private PredictionEngine<Diamond, Price> _engine = null!;

    [GlobalSetup]
    public void Setup()
    {
        var random = new Random(1);
        var rows = Enumerable.Range(0, 2000).Select(_ => new Diamond { Carat = random.NextSingle(), X = random.NextSingle(), Price = random.NextSingle() }).ToList();
        _pipeline = _ml.Transforms.Concatenate("Features", nameof(Diamond.Carat), nameof(Diamond.X))
            .Append(_ml.Regression.Trainers.FastTree(labelColumnName: nameof(Diamond.Price)))
            .Fit(_ml.Data.LoadFromEnumerable(rows));
        _pool = new PredictionPool<Diamond, Price>(_pipeline);
        _engine = _ml.Model.CreatePredictionEngine<Diamond, Price>(_pipeline);
    }

    [Benchmark(Baseline = true)]
    public float LockedEngine()
    {
        lock (_lock)
        {
            return _engine.Predict(_row).Score;
        }
    }

    [Benchmark]
    public float Pool() => _pool.Predict(_row).Score;

    [Benchmark]
    public float EngineForEachCall()
    {
        using var engine = _ml.Model.CreatePredictionEngine<Diamond, Price>(_pipeline, new PredictionEngineOptions { OwnsTransformer = false });
        return engine.Predict(_row).Score;
    }
}
