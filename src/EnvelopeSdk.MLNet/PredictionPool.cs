using System.Collections.Concurrent;
using Microsoft.ML;
using Microsoft.ML.Data;

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
    private readonly SchemaDefinition _input;
    private int _idleCount;

    /// <summary>
    /// Makes a pool and its first engine, so that a pipeline that does not fit the classes is noticed here.
    /// </summary>
    /// <param name="pipeline">
    /// A trained pipeline. Its input schema, where it is known, says how wide the vectors of
    /// <typeparamref name="TInput"/> are and how many values its keys have; else it is that of the class, and
    /// remembered for saving the pipeline.
    /// </param>
    public PredictionPool(ITransformer pipeline)
        : this(pipeline, pipeline?.InputSchema())
    {
    }

    /// <summary>
    /// Makes a pool for a pipeline that takes data of a schema which the class does not say in full: the widths of
    /// vectors that are known only when the program runs.
    /// </summary>
    /// <param name="pipeline">A trained pipeline.</param>
    /// <param name="inputSchema">
    /// The schema of its input, for example that of the training data; remembered for saving the pipeline. Null takes
    /// that of the class.
    /// </param>
    public PredictionPool(ITransformer pipeline, DataViewSchema? inputSchema)
    {
        ArgumentNullException.ThrowIfNull(pipeline);
        _pipeline = pipeline;
        _input = InputDefinition.Of<TInput>(inputSchema);
        Return(CreateEngine());
        pipeline.WithInputSchema(inputSchema ?? Context.Data.LoadFromEnumerable(Array.Empty<TInput>()).Schema);
    }

    /// <summary>Predicts one row.</summary>
    /// <param name="input">The row.</param>
    /// <exception cref="PredictionRefusedException">
    /// A vector of the row is not as wide as the pipeline takes it; a service answers that to its caller, with status
    /// 422.
    /// </exception>
    public TOutput Predict(TInput input)
    {
        var engine = Take();
        try
        {
            return engine.Predict(input);
        }
        catch (Exception failure) when (VectorWidths.WhyWrong(input, _input) is { } why)
        {
            throw new PredictionRefusedException(why, innerException: failure);
        }
        finally
        {
            Return(engine);
        }
    }

    private PredictionEngine<TInput, TOutput> Take()
    {
        if (!_idle.TryTake(out var idle))
        {
            return CreateEngine();
        }

        Interlocked.Decrement(ref _idleCount);
        return idle;
    }

    private void Return(PredictionEngine<TInput, TOutput> engine)
    {
        if (Interlocked.Increment(ref _idleCount) <= MaxIdle)
        {
            _idle.Add(engine);
        }
        else
        {
            Interlocked.Decrement(ref _idleCount);
            engine.Dispose(); // made for a burst of calls that is over
        }
    }

    private PredictionEngine<TInput, TOutput> CreateEngine() =>
        Context.Model.CreatePredictionEngine<TInput, TOutput>(
            _pipeline, new PredictionEngineOptions { OwnsTransformer = false, InputSchemaDefinition = _input });
}
