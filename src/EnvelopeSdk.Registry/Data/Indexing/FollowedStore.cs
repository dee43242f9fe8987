using System.Data.Common;
using EnvelopeSdk.Envelopes;
using EnvelopeSdk.Journal;
using EnvelopeSdk.Registry.Stores;
using EnvelopeSdk.Signing;

namespace EnvelopeSdk.Registry.Data.Indexing;

/// <summary>
/// The store as the server itself changes it: when a change is done, the index has it, so that who changes something
/// and looks sees it.
/// </summary>
internal sealed class FollowedStore(IServedStore served, ICatalogFollower follower) : IEnvelopeStore
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private readonly IEnvelopeStore _store = served.Envelopes;

    public string Address => _store.Address;

    public Task<IReadOnlyList<string>> ListNamesAsync(CancellationToken cancellationToken = default) =>
        _store.ListNamesAsync(cancellationToken);

    public IAsyncEnumerable<SavedEnvelope> ListNewestAsync(
        string? name = null, CancellationToken cancellationToken = default) =>
        _store.ListNewestAsync(name, cancellationToken);

    public Task<EnvelopeContent> OpenAsync(
        string name, Digest? digest = null, CancellationToken cancellationToken = default) =>
        _store.OpenAsync(name, digest, cancellationToken);

    public async Task<IStagedEnvelope> StageAsync(CancellationToken cancellationToken = default) =>
        new Staged(await _store.StageAsync(cancellationToken), this);

    public async Task<int> DeleteAsync(
        string name, IReadOnlyDictionary<Digest, Guid?> envelopes, CancellationToken cancellationToken = default)
    {
        var deleted = await _store.DeleteAsync(name, envelopes, cancellationToken);
        await FollowAsync();
        return deleted;
    }

    public Task<CollectedBlobs> CollectAsync(
        IProgress<StoreProgress>? progress = null, CancellationToken cancellationToken = default) =>
        _store.CollectAsync(progress, cancellationToken);

    public Task<EnvelopeJournal> ReadJournalAsync(
        EnvelopeReference reference, CancellationToken cancellationToken = default) =>
        _store.ReadJournalAsync(reference, cancellationToken);

    public async Task AppendAsync(
        EnvelopeReference reference, IReadOnlyList<JournalEvent> events, CancellationToken cancellationToken = default)
    {
        await _store.AppendAsync(reference, events, cancellationToken);
        await FollowAsync();
    }

    public Task<IReadOnlyList<EnvelopeSignature>> ReadSignaturesAsync(
        EnvelopeReference reference, CancellationToken cancellationToken = default) =>
        _store.ReadSignaturesAsync(reference, cancellationToken);

    public Task AddSignaturesAsync(
        EnvelopeReference reference, IReadOnlyList<EnvelopeSignature> signatures,
        CancellationToken cancellationToken = default) =>
        _store.AddSignaturesAsync(reference, signatures, cancellationToken);

    private async Task FollowAsync()
    {
        try
        {
            await follower.TryCatchUpAsync(Patience, CancellationToken.None);
        }
        catch (Exception failure) when (
            failure is EnvelopeException or DbException or IOException or UnauthorizedAccessException)
        {
            // The change is done. The service tries again, and says what fails.
        }
    }

    private sealed class Staged(IStagedEnvelope staged, FollowedStore store) : IStagedEnvelope
    {
        public IBlobSource Content => staged.Content;

        public Task<(Digest Digest, long Size)> AddAsync(
            Func<Stream, ValueTask> write, CancellationToken cancellationToken) =>
            staged.AddAsync(write, cancellationToken);

        public Task<(Digest Digest, long Size)> AddFileAsync(string path, CancellationToken cancellationToken) =>
            staged.AddFileAsync(path, cancellationToken);

        public async Task<EnvelopeReference> CommitAsync(
            string name, Digest manifest, IReadOnlyList<JournalEvent> events,
            IReadOnlyList<EnvelopeSignature> signatures, CancellationToken cancellationToken)
        {
            var saved = await staged.CommitAsync(name, manifest, events, signatures, cancellationToken);
            await store.FollowAsync();
            return saved;
        }

        public ValueTask DisposeAsync() => staged.DisposeAsync();
    }
}
