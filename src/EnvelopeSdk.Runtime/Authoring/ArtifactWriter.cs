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
}
