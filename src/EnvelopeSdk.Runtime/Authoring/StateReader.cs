using System.ComponentModel;
using EnvelopeSdk.Binding;
using EnvelopeSdk.Binding.Arrays;
using EnvelopeSdk.Binding.Reading;
using EnvelopeSdk.Envelopes;

namespace EnvelopeSdk.Authoring;

/// <summary>Gives a model's state back while it is loaded.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class StateReader
{
    private readonly EnvelopeContent _content;
    private readonly ILentState? _lent;

    /// <param name="content">The envelope.</param>
    /// <param name="lent">The state that it was written from a moment ago, when that is in memory.</param>
    internal StateReader(EnvelopeContent content, ILentState? lent = null) => (_content, _lent) = (content, lent);

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
        var state = Find(name, StatePath.JsonCodec, StatePath.JsonVersion);
        var utf8 = await _content.ReadAsync(StatePath.Of(name, StatePath.JsonFile), cancellationToken);
        return state.Files.Contains(StatePath.ArraysFile)
            ? await Task.Run(() => ReadWithArraysAsync(name, utf8, read, cancellationToken), cancellationToken)
            : Read(name, utf8, read, null);
    }

    private static T Read<T>(string name, ReadOnlySpan<byte> utf8, JsonRead<T> read, ArrayReader? arrays)
    {
        var errors = new BindingErrors();
        var value = JsonInput.ReadTrusted(utf8, errors, read, arrays);
        return errors.Count == 0
            ? value!
            : throw new EnvelopeException(
                EnvelopeError.Damaged,
                $"'{StatePath.Of(name, StatePath.JsonFile)}' is not what the model's constructor expects: {errors[0]} "
                + "Import the envelope from a copy, or save it again.");
    }

    /// <summary>Nothing of the arrays is given out before the file that they are read from has been checked.</summary>
    private async Task<T> ReadWithArraysAsync<T>(
        string name, byte[] utf8, JsonRead<T> read, CancellationToken cancellationToken)
    {
        var path = StatePath.Of(name, StatePath.ArraysFile);
        var file = await _content.OpenToHashAsync(path, cancellationToken);
        try
        {
            using var arrays = new ArrayReader(file, _lent?.Arrays(name), cancellationToken);
            _lent?.Take(name, arrays.Lent); // those that will have been lent, whatever happens then
            var value = Read(name, utf8, read, arrays);
            if (!arrays.IsAtEnd)
            {
                throw new FormatException("It has more arrays than the JSON beside it.");
            }

            if (_lent is null)
            {
                _content.CheckDigest(path, arrays.Finish());
            }

            return value;
        }
        catch (Exception damage) when (damage is FormatException or EndOfStreamException)
        {
            throw new EnvelopeException(
                EnvelopeError.Damaged,
                $"'{path}' is not the file of arrays that was saved. {damage.Message} Import the envelope from a copy, "
                + "or save it again.",
                damage);
        }
        finally
        {
            await file.DisposeAsync();
        }
    }

    private StateRecord Find(string name, string codec, int version)
    {
        var record = _content.Head;
        var state = record.State.FirstOrDefault(state => state.Name == name) ?? throw new EnvelopeException(
            EnvelopeError.Mismatch,
            $"The envelope '{record.Name}' has no state for the constructor parameter '{name}' of {record.ModelType}. "
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
            + $"{record.Platform} or newer.");
    }
}
