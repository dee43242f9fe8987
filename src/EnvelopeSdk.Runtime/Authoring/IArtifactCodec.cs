namespace EnvelopeSdk.Authoring;

/// <summary>
/// Stores and restores one kind of model state, for example a trained ML.NET pipeline. A framework room offers its
/// codecs with <see cref="ArtifactCodecAttribute"/>; the generator picks the codec of a constructor parameter by its
/// type.
/// </summary>
/// <typeparam name="T">The type of the constructor parameter.</typeparam>
public interface IArtifactCodec<T>
{
    /// <summary>
    /// Names the codec in every envelope that it writes, and never changes: the id of its package and what it stores,
    /// in lower case with a dot between them, such as <c>envelopesdk.mlnet.transformer</c>.
    /// </summary>
    string Id { get; }

    /// <summary>
    /// The number of the form that <see cref="SaveAsync"/> writes, from 1. The codec reads it and each before it.
    /// </summary>
    int Version { get; }

    /// <summary>
    /// Writes <paramref name="value"/> in one or several files. Equal values must give equal bytes, since the bytes are
    /// part of the envelope's identity.
    /// </summary>
    /// <param name="value">The state to store.</param>
    /// <param name="files">Takes the files.</param>
    /// <param name="cancellationToken">Stops the writing.</param>
    ValueTask SaveAsync(T value, ArtifactWriter files, CancellationToken cancellationToken);

    /// <summary>Reads what <see cref="SaveAsync"/> wrote, of this version of the codec or of one before.</summary>
    /// <param name="files">Gives the files back, and says in which version they were written.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    ValueTask<T> LoadAsync(ArtifactReader files, CancellationToken cancellationToken);
}
