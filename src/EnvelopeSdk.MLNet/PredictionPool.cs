using System.Collections.Concurrent;
using Microsoft.ML;

namespace EnvelopeSdk.MLNet;

/// <summary>
/// Predicts single rows with a trained pipeline, from any number of threads at once. ML.NET's prediction engines are
/// fast but serve one thread at a time; the pool hands each call an idle one and makes another only when all are busy.
/// </summary>
/// <typeparam name="TInput">A class whose properties are the columns that the pipeline takes.</typeparam>
/// <typeparam name="TOutput">A class whose properties are the columns to take from what it gives.</typeparam>
public sealed class PredictionPool<TInput, TOutput>
    where TInput : class
    where TOutput : class, new()
{
    private static readonly MLContext Context = new();
    private static readonly int MaxIdle = 2 * Environment.ProcessorCount;

    private readonly ConcurrentBag<PredictionEngine<TInput, TOutput>> _idle = [];
    private readonly ITransformer _pipeline;

    /// <summary>
    /// Makes a pool and its first engine, so that a pipeline that does not fit the classes is noticed here.
    /// </summary>
    /// <param name="pipeline">A trained pipeline. Its input schema is remembered for saving it.</param>
    public PredictionPool(ITransformer pipeline)
    {
        ArgumentNullException.ThrowIfNull(pipeline);
        _pipeline = pipeline;
        _idle.Add(CreateEngine());
        if (pipeline.InputSchema() is null)
        {
            pipeline.WithInputSchema(Context.Data.LoadFromEnumerable(Array.Empty<TInput>()).Schema);
        }
    }

    /// <summary>Predicts one row.</summary>
    /// <param name="input">The row.</param>
    public TOutput Predict(TInput input)
    {
        var engine = _idle.TryTake(out var idle) ? idle : CreateEngine();
        try
        {
            return engine.Predict(input);
        }
        finally
        {
            if (_idle.Count < MaxIdle)
            {
                _idle.Add(engine);
            }
            else
            {
                engine.Dispose(); // made for a burst of calls that is over
            }
        }
    }

    private PredictionEngine<TInput, TOutput> CreateEngine() =>
        Context.Model.CreatePredictionEngine<TInput, TOutput>(
            _pipeline, new PredictionEngineOptions { OwnsTransformer = false });
}
