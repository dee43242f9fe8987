namespace EnvelopeSdk.Authoring;

/// <summary>Takes the files of one piece of model state.</summary>
public abstract class ArtifactWriter
{
    /// <summary>Adds a file.</summary>
    /// <param name="name">
    /// Its name: letters, digits, <c>.</c>, <c>-</c> and <c>_</c>, beginning with none of the last three. Other codecs
    /// may use the same names.
    /// </param>
    /// <param name="write">Writes it to a stream that can be written and not sought, and does not close that.</param>
    /// <param name="cancellationToken">Stops the writing.</param>
    /// <exception cref="EnvelopeException">The name has another form, or a file has it already.</exception>
    public abstract ValueTask AddAsync(string name, Func<Stream, ValueTask> write, CancellationToken cancellationToken);

    /// <summary>
    /// Adds a file that is on this machine already, as it is now, without reading it into memory. Where the file system
    /// can, the envelope and the file share their bytes until one of them is changed; elsewhere it is copied.
    /// </summary>
    /// <param name="name">Its name in the envelope, as in <see cref="AddAsync"/>.</param>
    /// <param name="path">Where it is; it may be changed or deleted when this has returned.</param>
    /// <param name="cancellationToken">Stops the copying.</param>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="EnvelopeException">The name has another form, or a file has it already.</exception>
    public virtual ValueTask AddFileAsync(string name, string path, CancellationToken cancellationToken) => AddAsync(
        name,
        async stream =>
        {
            await using var file = File.OpenRead(path);
            await file.CopyToAsync(stream, cancellationToken);
        },
        cancellationToken);
}
