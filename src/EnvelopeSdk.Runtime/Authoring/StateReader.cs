using System.ComponentModel;
using EnvelopeSdk.Binding;
using EnvelopeSdk.Binding.Reading;
using EnvelopeSdk.Envelopes;

namespace EnvelopeSdk.Authoring;

/// <summary>Gives a model's state back while it is loaded.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class StateReader
{
    private readonly EnvelopeContent _content;

    internal StateReader(EnvelopeContent content) => _content = content;

    /// <summary>Reads what <see cref="StateWriter.WriteAsync{T}"/> wrote under the same name.</summary>
    /// <typeparam name="T">The type of the constructor parameter.</typeparam>
    /// <param name="name">The parameter's name.</param>
    /// <param name="codec">The codec that stored it.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <exception cref="EnvelopeException">
    /// The envelope has no such state, another codec or a newer version of it wrote that, or it is damaged.
    /// </exception>
    public async ValueTask<T> ReadAsync<T>(string name, IArtifactCodec<T> codec, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(codec);
        var state = Find(name, codec.Id, codec.Version);
        return await codec.LoadAsync(new StoredArtifact(_content, state), cancellationToken);
    }

    /// <summary>Reads what <see cref="StateWriter.WriteJsonAsync"/> wrote under the same name.</summary>
    /// <typeparam name="T">The type of the constructor parameter.</typeparam>
    /// <param name="name">The parameter's name.</param>
    /// <param name="read">Reads the value.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <exception cref="EnvelopeException">
    /// The envelope has no such state, or it does not have the form of the parameter's type.
    /// </exception>
    public async ValueTask<T> ReadJsonAsync<T>(string name, JsonRead<T> read, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(read);
        Find(name, StatePath.JsonCodec, StatePath.JsonVersion);
        var path = StatePath.Of(name, StatePath.JsonFile);
        var utf8 = await _content.ReadAsync(path, cancellationToken);
        var errors = new BindingErrors();
        var value = JsonInput.ReadTrusted(utf8, errors, read);
        return errors.Count == 0
            ? value!
            : throw new EnvelopeException(
                EnvelopeError.Damaged, $"'{path}' is not what the model's constructor expects: {errors[0]}");
    }

    private StateRecord Find(string name, string codec, int version)
    {
        var record = _content.Record;
        var state = record.State.FirstOrDefault(state => state.Name == name) ?? throw new EnvelopeException(
            EnvelopeError.Mismatch,
            $"The envelope '{record.Name}' has no state for the constructor parameter '{name}' of {record.Model.Type}. "
            + $"It has: {string.Join(", ", record.State.Select(one => one.Name))}. Load it with the class as it was "
            + "saved.");
        if (state.Codec != codec)
        {
            throw new EnvelopeException(
                EnvelopeError.Mismatch,
                $"The state '{name}' of the envelope '{record.Name}' was stored by the codec '{state.Codec}', "
                + $"and '{codec}' is there to read it. Use the package that has '{state.Codec}'.");
        }

        return state.Version <= version ? state : throw new EnvelopeException(
            EnvelopeError.Mismatch,
            $"The state '{name}' of the envelope '{record.Name}' was stored by version {state.Version} of the codec "
            + $"'{codec}', and this one reads up to version {version}. Update the packages of EnvelopeSdk to "
            + $"{record.Model.Platform} or newer.");
    }
}
