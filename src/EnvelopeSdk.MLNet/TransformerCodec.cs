using EnvelopeSdk.Authoring;
using Microsoft.ML;

namespace EnvelopeSdk.MLNet;

/// <summary>Stores a trained pipeline in ML.NET's model file format, with its input schema.</summary>
public sealed class TransformerCodec : IArtifactCodec<ITransformer>
{
    /// <inheritdoc/>
    public string FileExtension => ".zip";

    /// <inheritdoc/>
    /// <exception cref="EnvelopeException">The pipeline's input schema is not known.</exception>
    public async ValueTask SaveAsync(ITransformer value, Stream destination, CancellationToken cancellationToken)
    {
        var schema = value.InputSchema() ?? throw new EnvelopeException(
            EnvelopeError.Invalid,
            "The ML.NET pipeline cannot be saved without the schema of its input. Make a PredictionPool of it in the model class, or call pipeline.WithInputSchema(data.Schema) after training.");
        using var model = new MemoryStream();
        new MLContext().Model.Save(value, schema, model);
        model.Position = 0;
        await DeterministicZip.CopyAsync(model, destination, cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<ITransformer> LoadAsync(Stream source, CancellationToken cancellationToken)
    {
        var pipeline = new MLContext().Model.Load(source, out var schema);
        return new(schema is null ? pipeline : pipeline.WithInputSchema(schema));
    }
}
