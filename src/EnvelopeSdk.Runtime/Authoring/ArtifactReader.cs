namespace EnvelopeSdk.Authoring;

/// <summary>Gives the files of one piece of model state back, each checked against its digest.</summary>
public abstract class ArtifactReader
{
    /// <summary>The <see cref="IArtifactCodec{T}.Version"/> of the codec that wrote the files.</summary>
    public abstract int Version { get; }

    /// <summary>The names of the files, sorted.</summary>
    public abstract IReadOnlyList<string> Names { get; }

    /// <summary>Opens a file.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>A stream that can be read and sought, at its start.</returns>
    /// <exception cref="EnvelopeException">There is no such file, or it is damaged.</exception>
    public abstract ValueTask<Stream> OpenAsync(string name, CancellationToken cancellationToken);

    /// <summary>Finds the path of a file, for codecs that map it into memory or hand it to a native library.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="cancellationToken">Stops the checking.</param>
    /// <returns>
    /// The path, under which the file stays while the model is used; null when it lies in no file of this machine.
    /// </returns>
    /// <exception cref="EnvelopeException">There is no such file, or it is damaged.</exception>
    public abstract ValueTask<string?> FindPathAsync(string name, CancellationToken cancellationToken);
}
