using System.Runtime.CompilerServices;
using Microsoft.ML;

namespace EnvelopeSdk.MLNet;

/// <summary>
/// Remembers the input schema of trained pipelines, which ML.NET stores with a pipeline but does not keep in it.
/// </summary>
public static class InputSchemas
{
    private static readonly ConditionalWeakTable<ITransformer, DataViewSchema> Known = [];

    /// <summary>
    /// Remembers the schema of the data that a pipeline takes, so that the pipeline can be saved. Not needed for a
    /// pipeline that a <see cref="PredictionPool{TInput, TOutput}"/> was made of.
    /// </summary>
    /// <param name="pipeline">A trained pipeline.</param>
    /// <param name="schema">The schema of its input, for example that of the training data.</param>
    /// <returns>The same pipeline.</returns>
    public static ITransformer WithInputSchema(this ITransformer pipeline, DataViewSchema schema)
    {
        ArgumentNullException.ThrowIfNull(pipeline);
        ArgumentNullException.ThrowIfNull(schema);
        Known.AddOrUpdate(pipeline, schema);
        return pipeline;
    }

    /// <summary>The input schema of a pipeline.</summary>
    /// <param name="pipeline">A trained pipeline.</param>
    /// <returns>Null when nothing told it.</returns>
    public static DataViewSchema? InputSchema(this ITransformer pipeline)
    {
        ArgumentNullException.ThrowIfNull(pipeline);
        return Known.TryGetValue(pipeline, out var schema) ? schema : null;
    }
}
