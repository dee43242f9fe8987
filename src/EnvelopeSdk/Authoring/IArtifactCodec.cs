namespace EnvelopeSdk.Authoring;

/// <summary>
/// Stores and restores one kind of model state, for example a trained ML.NET pipeline. A framework room offers its codecs
/// with <see cref="ArtifactCodecAttribute"/>; the generator picks the codec of a constructor parameter by its type.
/// </summary>
/// <typeparam name="T">The type of the constructor parameter.</typeparam>
public interface IArtifactCodec<T>
{
    /// <summary>The extension of the artifact's file, with its dot: <c>.zip</c>.</summary>
    string FileExtension { get; }

    /// <summary>Writes <paramref name="value"/>. Equal values must give equal bytes, since the bytes are part of the envelope's identity.</summary>
    /// <param name="value">The state to store.</param>
    /// <param name="destination">A stream that can be written and not sought.</param>
    /// <param name="cancellationToken">Stops the writing.</param>
    ValueTask SaveAsync(T value, Stream destination, CancellationToken cancellationToken);

    /// <summary>Reads what <see cref="SaveAsync"/> wrote.</summary>
    /// <param name="source">A stream that can be read and sought, at its start.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    ValueTask<T> LoadAsync(Stream source, CancellationToken cancellationToken);
}
