using EnvelopeSdk.Envelopes;
using EnvelopeSdk.Journal;
using EnvelopeSdk.Signing;

namespace EnvelopeSdk;

/// <summary>
/// An envelope on its way into a store: its content first, then the commit. Disposing removes what was not committed;
/// what a process leaves that dies before is removed by the next one.
/// </summary>
public interface IStagedEnvelope : IAsyncDisposable
{
    private const int CopyBufferSize = 1 << 20;

    /// <summary>Adds content. Several callers may do that at once.</summary>
    /// <param name="write">Writes it to a stream that can be written and not sought.</param>
    /// <param name="cancellationToken">Stops the writing.</param>
    /// <returns>Its digest and size in bytes.</returns>
    /// <exception cref="EnvelopeException">The store cannot be written.</exception>
    Task<(Digest Digest, long Size)> AddAsync(Func<Stream, ValueTask> write, CancellationToken cancellationToken);

    /// <summary>
    /// Adds a file of this machine as it is now: a clone of it, where store and file system can, and else a copy.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <param name="cancellationToken">Stops the adding.</param>
    /// <returns>Its digest and size in bytes.</returns>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="EnvelopeException">The store cannot be written.</exception>
    async Task<(Digest Digest, long Size)> AddFileAsync(string path, CancellationToken cancellationToken)
    {
        await using var file = File.OpenRead(path);
        return await AddAsync(
            async stream => await file.CopyToAsync(stream, CopyBufferSize, cancellationToken), cancellationToken);
    }

    /// <summary>What was added, to read it again before the commit.</summary>
    IBlobSource Content { get; }

    /// <summary>Makes the envelope one of the store, whole, with events for its journal and its signatures.</summary>
    /// <param name="name">The name.</param>
    /// <param name="manifest">The digest of its manifest; that and all it refers to were added.</param>
    /// <param name="events">What is to be in its journal besides what the store knows of it already.</param>
    /// <param name="signatures">Its signatures, which join those that the store has.</param>
    /// <param name="cancellationToken">Stops the commit; then the store is as before.</param>
    /// <returns>The envelope.</returns>
    /// <exception cref="EnvelopeException">
    /// The name has not the form of one, or the store cannot be written.
    /// </exception>
    Task<EnvelopeReference> CommitAsync(
        string name, Digest manifest, IReadOnlyList<JournalEvent> events, IReadOnlyList<EnvelopeSignature> signatures,
        CancellationToken cancellationToken);
}
