using EnvelopeSdk.Binding;
using EnvelopeSdk.Packing;

namespace EnvelopeSdk.Authoring;

/// <summary>Receives a model's state while it is saved: one artifact for each constructor parameter.</summary>
public sealed class StateWriter
{
    private readonly EnvelopePacker _packer;

    internal StateWriter(EnvelopePacker packer) => _packer = packer;

    /// <summary>Stores a value with the codec of its type.</summary>
    /// <typeparam name="T">The type of the constructor parameter.</typeparam>
    /// <param name="name">The parameter's name.</param>
    /// <param name="value">Its value; not null.</param>
    /// <param name="codec">The codec that stores it.</param>
    /// <param name="cancellationToken">Stops the writing.</param>
    public async ValueTask WriteAsync<T>(string name, T value, IArtifactCodec<T> codec, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(codec);
        if (value is null)
        {
            throw new EnvelopeException(EnvelopeError.Invalid, $"The model's state '{name}' is null and cannot be stored. Pass a trained value to the constructor.");
        }

        await _packer.AddAsync(
            StatePath.Of(name, codec.FileExtension), ModelPackMediaTypes.Weight,
            stream => codec.SaveAsync(value, stream, cancellationToken), cancellationToken);
    }

    /// <summary>Stores plain data as JSON.</summary>
    /// <param name="name">The parameter's name.</param>
    /// <param name="write">Writes the value.</param>
    /// <param name="cancellationToken">Stops the writing.</param>
    public async ValueTask WriteJsonAsync(string name, Action<JsonOutput> write, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(write);
        await _packer.AddAsync(
            StatePath.Of(name, ".json"), ModelPackMediaTypes.WeightConfig,
            async stream =>
            {
                var output = new JsonOutput();
                try
                {
                    write(output);
                }
                catch (ModelAnswerException unwritable)
                {
                    throw new EnvelopeException(EnvelopeError.Invalid, $"The model's state '{name}' cannot be stored: it holds a null where its type allows none, an enum value without a name, or a number that is not finite. Pass a trained value to the constructor.", unwritable);
                }

                await stream.WriteAsync(output.Written, cancellationToken);
            },
            cancellationToken);
    }
}
