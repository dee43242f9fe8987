namespace EnvelopeSdk.Envelopes;

/// <summary>Gives content by its digest, from wherever it lies. It serves any number of threads.</summary>
public interface IBlobSource
{
    /// <summary>Opens the content. It is not checked against the digest: who reads an envelope does that.</summary>
    /// <param name="digest">The digest.</param>
    /// <param name="cancellationToken">Stops the opening.</param>
    /// <returns>A stream at its start, which the caller closes; null when there is no such content.</returns>
    /// <exception cref="EnvelopeException">The content is there and cannot be read.</exception>
    ValueTask<Stream?> OpenAsync(Digest digest, CancellationToken cancellationToken);

    /// <summary>The path of a file that holds just the content, which can be mapped into memory.</summary>
    /// <param name="digest">The digest.</param>
    /// <returns>The path; null when the content lies in no file of this machine, or there is none.</returns>
    string? FindPath(Digest digest);

    /// <summary>Says for people where the content is, or would be.</summary>
    /// <param name="digest">The digest.</param>
    string Describe(Digest digest);
}
