using System.Collections.Concurrent;
using EnvelopeSdk.Envelopes;
using EnvelopeSdk.Journal;
using EnvelopeSdk.Signing;

namespace EnvelopeSdk.Registry.Stores.Shared;

/// <summary>
/// An envelope on its way into a shared store. Its content is there at once, under digests that nobody knows; what is not
/// committed goes when content is collected.
/// </summary>
internal sealed class DatabaseStaging(DatabaseStore store) : IStagedEnvelope
{
    private readonly ConcurrentDictionary<Digest, bool> _added = [];

    public IBlobSource Content => new Added(store.Content, _added);

    public async Task<(Digest Digest, long Size)> AddAsync(
        Func<Stream, ValueTask> write, CancellationToken cancellationToken)
    {
        using var spool = new Spool();
        await spool.WriteAsync(write);
        cancellationToken.ThrowIfCancellationRequested();
        var added = await store.Content.PutAsync(spool, cancellationToken);
        _added[added.Digest] = true;
        return added;
    }

    public async Task<EnvelopeReference> CommitAsync(
        string name, Digest manifest, IReadOnlyList<JournalEvent> events, IReadOnlyList<EnvelopeSignature> signatures,
        CancellationToken cancellationToken)
    {
        var reference = new EnvelopeReference(EnvelopeName.Check(name), manifest);
        await store.CommitAsync(reference, events, signatures, cancellationToken);
        return reference;
    }

    public ValueTask DisposeAsync() => default;

    /// <summary>What was added, and nothing else of the store.</summary>
    private sealed class Added(SharedContent content, ConcurrentDictionary<Digest, bool> added) : IBlobSource
    {
        public ValueTask<Stream?> OpenAsync(Digest digest, CancellationToken cancellationToken) =>
            added.ContainsKey(digest) ? content.OpenAsync(digest, cancellationToken) : default;

        public string? FindPath(Digest digest) => added.ContainsKey(digest) ? content.FindPath(digest) : null;

        public string Describe(Digest digest) => content.Describe(digest);
    }
}
