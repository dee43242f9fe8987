using EnvelopeSdk.Binding;
using EnvelopeSdk.Packing;

namespace EnvelopeSdk.Authoring;

/// <summary>Gives a model's state back while it is loaded.</summary>
public sealed class StateReader
{
    private readonly EnvelopeContent _content;

    internal StateReader(EnvelopeContent content) => _content = content;

    /// <summary>Reads what <see cref="StateWriter.WriteAsync{T}"/> wrote under the same name.</summary>
    /// <typeparam name="T">The type of the constructor parameter.</typeparam>
    /// <param name="name">The parameter's name.</param>
    /// <param name="codec">The codec that stored it.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <exception cref="EnvelopeException">The envelope has no such state, or it is damaged.</exception>
    public async ValueTask<T> ReadAsync<T>(string name, IArtifactCodec<T> codec, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(codec);
        await using var stream = await _content.OpenAsync(StatePath.Of(name, codec.FileExtension), cancellationToken);
        return await codec.LoadAsync(stream, cancellationToken);
    }

    /// <summary>Reads what <see cref="StateWriter.WriteJsonAsync"/> wrote under the same name.</summary>
    /// <typeparam name="T">The type of the constructor parameter.</typeparam>
    /// <param name="name">The parameter's name.</param>
    /// <param name="read">Reads the value.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <exception cref="EnvelopeException">The envelope has no such state, or it does not have the form of the parameter's type.</exception>
    public async ValueTask<T> ReadJsonAsync<T>(string name, JsonRead<T> read, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(read);
        var path = StatePath.Of(name, ".json");
        var utf8 = await _content.ReadAsync(path, cancellationToken);
        var errors = new BindingErrors();
        var value = JsonInput.Read(utf8, errors, read);
        return errors.Count == 0
            ? value!
            : throw new EnvelopeException(EnvelopeError.Damaged, $"'{path}' is not what the model's constructor expects: {errors[0]}");
    }
}
