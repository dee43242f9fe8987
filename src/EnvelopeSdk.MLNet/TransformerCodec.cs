using EnvelopeSdk.Authoring;
using Microsoft.ML;

namespace EnvelopeSdk.MLNet;

/// <summary>Stores a trained pipeline in ML.NET's model file format, with its input schema.</summary>
public sealed class TransformerCodec : IArtifactCodec<ITransformer>
{
    private const string File = "model.zip";

    /// <inheritdoc/>
    public string Id => "envelopesdk.mlnet.transformer";

    /// <inheritdoc/>
    public int Version => 1;

    /// <inheritdoc/>
    /// <exception cref="EnvelopeException">The pipeline's input schema is not known.</exception>
    public async ValueTask SaveAsync(ITransformer value, ArtifactWriter files, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(files);
        var schema = value.InputSchema() ?? throw new EnvelopeException(
            EnvelopeError.Invalid,
            "The ML.NET pipeline cannot be saved without the schema of its input. Make a PredictionPool of it in the "
            + "model class, or call pipeline.WithInputSchema(data.Schema) after training.");
        using var model = new MemoryStream();
        new MLContext().Model.Save(value, schema, model);
        model.Position = 0;
        await files.AddAsync(
            File, stream => new(DeterministicZip.CopyAsync(model, stream, cancellationToken)), cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask<ITransformer> LoadAsync(ArtifactReader files, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(files);
        await using var source = await files.OpenAsync(File, cancellationToken);
        var pipeline = new MLContext().Model.Load(source, out var schema);
        return schema is null ? pipeline : pipeline.WithInputSchema(schema);
    }
}
