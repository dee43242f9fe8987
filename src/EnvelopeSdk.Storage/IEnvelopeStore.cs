using EnvelopeSdk.Envelopes;
using EnvelopeSdk.Journal;
using EnvelopeSdk.Signing;

namespace EnvelopeSdk;

/// <summary>
/// Keeps envelopes by name and digest, and the journal of what changes about them: tags, metrics and saves. Any number
/// of threads, and of processes on stores at one address, may use it at once.
/// </summary>
public interface IEnvelopeStore
{
    /// <summary>Where it is: what <see cref="EnvelopeStore.Open"/> takes.</summary>
    string Address { get; }

    /// <summary>The names of the envelopes it has, sorted.</summary>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <exception cref="EnvelopeException">The store cannot be read.</exception>
    Task<IReadOnlyList<string>> ListNamesAsync(CancellationToken cancellationToken = default);

    /// <summary>
    /// The envelopes of a name, or of all, the one that was saved last first; of two at one time that with the greater
    /// digest. They are read as they are asked for, so that the newest ones cost the same however many there are.
    /// </summary>
    /// <param name="name">The name; null: all names.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>None when the name is not known.</returns>
    /// <exception cref="EnvelopeException">
    /// The name has not the form of one, or what the store knows of it cannot be read.
    /// </exception>
    IAsyncEnumerable<SavedEnvelope> ListNewestAsync(string? name = null, CancellationToken cancellationToken = default);

    /// <summary>Opens an envelope.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="digest">Its digest; the one that was saved last under the name if absent.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <exception cref="EnvelopeException">It is not there, or damaged.</exception>
    Task<EnvelopeContent> OpenAsync(string name, Digest? digest = null, CancellationToken cancellationToken = default);

    /// <summary>Begins to add an envelope. Nothing of it is in the store before it is committed.</summary>
    /// <param name="cancellationToken">Stops the beginning.</param>
    /// <exception cref="EnvelopeException">The store cannot be written.</exception>
    Task<IStagedEnvelope> StageAsync(CancellationToken cancellationToken = default);

    /// <summary>
    /// Takes envelopes out of the store, with their journals. Their content stays until <see cref="CollectAsync"/>.
    /// </summary>
    /// <param name="name">Their name.</param>
    /// <param name="envelopes">
    /// Their digests, each with the id of the last event that is known of it: an envelope of which more has happened
    /// since is passed over, and so is one that the store does not have. Null: whatever has happened.
    /// </param>
    /// <param name="cancellationToken">Stops the deleting, before it begins.</param>
    /// <returns>How many were deleted.</returns>
    /// <exception cref="EnvelopeException">The store cannot be written.</exception>
    Task<int> DeleteAsync(
        string name, IReadOnlyDictionary<Digest, Guid?> envelopes, CancellationToken cancellationToken = default);

    /// <summary>
    /// Removes the content that no envelope refers to any more. Envelopes that are being added are not touched.
    /// </summary>
    /// <param name="progress">Is told of how many envelopes it was read what they need; null: nobody.</param>
    /// <param name="cancellationToken">Stops the collecting; what was removed stays removed.</param>
    /// <returns>How much was removed.</returns>
    /// <exception cref="EnvelopeException">
    /// What an envelope refers to cannot be read, so that nothing was removed.
    /// </exception>
    Task<CollectedBlobs> CollectAsync(
        IProgress<StoreProgress>? progress = null, CancellationToken cancellationToken = default);

    /// <summary>Reads the journal of an envelope.</summary>
    /// <param name="reference">The envelope.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>An empty one when nothing is known of the envelope.</returns>
    /// <exception cref="EnvelopeException">The journal is damaged.</exception>
    Task<EnvelopeJournal> ReadJournalAsync(EnvelopeReference reference, CancellationToken cancellationToken = default);

    /// <summary>
    /// Adds events to the journal of an envelope. Those that it has already, by their ids, are passed over.
    /// </summary>
    /// <param name="reference">The envelope, which is in the store.</param>
    /// <param name="events">The events; all are added or none.</param>
    /// <param name="cancellationToken">Stops the adding.</param>
    /// <exception cref="EnvelopeException">
    /// The envelope is not in the store, or the store cannot be written.
    /// </exception>
    Task AppendAsync(
        EnvelopeReference reference, IReadOnlyList<JournalEvent> events, CancellationToken cancellationToken = default);

    /// <summary>Reads the signatures of an envelope, which nobody has checked.</summary>
    /// <param name="reference">The envelope.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>None when there are none, or nothing is known of the envelope.</returns>
    /// <exception cref="EnvelopeException">They are damaged.</exception>
    Task<IReadOnlyList<EnvelopeSignature>> ReadSignaturesAsync(
        EnvelopeReference reference, CancellationToken cancellationToken = default);

    /// <summary>
    /// Adds signatures to those of an envelope. Those that it has already, with the same bytes, are passed over.
    /// </summary>
    /// <param name="reference">The envelope, which is in the store.</param>
    /// <param name="signatures">The signatures; all are added or none.</param>
    /// <param name="cancellationToken">Stops the adding.</param>
    /// <exception cref="EnvelopeException">
    /// The envelope is not in the store, it would have more than 256 signatures, or the store cannot be written.
    /// </exception>
    Task AddSignaturesAsync(
        EnvelopeReference reference, IReadOnlyList<EnvelopeSignature> signatures,
        CancellationToken cancellationToken = default);
}

/// <summary>How much content was removed from a store.</summary>
/// <param name="Count">How many blobs.</param>
/// <param name="Bytes">How many bytes they had.</param>
public readonly record struct CollectedBlobs(int Count, long Bytes);
