using EnvelopeSdk.Envelopes;

namespace EnvelopeSdk.Registry.Stores.Blobs;

/// <summary>
/// Where content lies under its digest, reached by all instances of a registry. It knows nothing of who needs what.
/// </summary>
internal interface IBlobStorage : IBlobSource, IDisposable
{
    /// <summary>What to tell a person of it, without secrets.</summary>
    string Name { get; }

    /// <summary>Makes sure that it can be written.</summary>
    /// <exception cref="EnvelopeException">It cannot.</exception>
    Task CheckAsync(CancellationToken cancellationToken);

    /// <summary>How many bytes content has; -1 when it is missing.</summary>
    /// <exception cref="EnvelopeException">It cannot be reached.</exception>
    Task<long> SizeOfAsync(Digest digest, CancellationToken cancellationToken);

    /// <summary>Puts content in its place in one step, and does not return before it is durable.</summary>
    /// <param name="digest">Its digest, which the caller has checked.</param>
    /// <param name="content">The content: a stream that can be sought, at its start.</param>
    /// <param name="cancellationToken">Stops it; then nothing is there.</param>
    /// <exception cref="EnvelopeException">It cannot be written.</exception>
    Task PutAsync(Digest digest, Stream content, CancellationToken cancellationToken);

    /// <summary>Removes content, if it is there.</summary>
    /// <exception cref="EnvelopeException">It cannot be removed.</exception>
    Task DeleteAsync(Digest digest, CancellationToken cancellationToken);

    /// <summary>Removes what writers left that died within <see cref="PutAsync"/> before a time.</summary>
    /// <param name="before">The time, in UTC.</param>
    /// <param name="cancellationToken">Stops it.</param>
    Task RemoveUnfinishedAsync(DateTime before, CancellationToken cancellationToken);
}
