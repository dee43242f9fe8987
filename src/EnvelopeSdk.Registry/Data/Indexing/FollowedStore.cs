using System.Data.Common;
using EnvelopeSdk.Envelopes;
using EnvelopeSdk.Journal;
using EnvelopeSdk.Layouts;
using EnvelopeSdk.Signing;

namespace EnvelopeSdk.Registry.Data.Indexing;

/// <summary>
/// The store as the server itself changes it: when a change is done, the index has it, so that who changes something
/// and looks sees it.
/// </summary>
internal sealed class FollowedStore(FolderStore store, CatalogFollower follower) : IEnvelopeStore
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    public string Address => store.Address;

    public Task<IReadOnlyList<string>> ListNamesAsync(CancellationToken cancellationToken = default) =>
        store.ListNamesAsync(cancellationToken);

    public IAsyncEnumerable<SavedEnvelope> ListNewestAsync(
        string? name = null, CancellationToken cancellationToken = default) =>
        store.ListNewestAsync(name, cancellationToken);

    public Task<EnvelopeContent> OpenAsync(
        string name, Digest? digest = null, CancellationToken cancellationToken = default) =>
        store.OpenAsync(name, digest, cancellationToken);

    public async Task<IStagedEnvelope> StageAsync(CancellationToken cancellationToken = default) =>
        new Staged(await store.StageAsync(cancellationToken), this);

    public async Task<int> DeleteAsync(
        string name, IReadOnlyDictionary<Digest, Guid?> envelopes, CancellationToken cancellationToken = default)
    {
        var deleted = await store.DeleteAsync(name, envelopes, cancellationToken);
        await FollowAsync();
        return deleted;
    }

    public Task<CollectedBlobs> CollectAsync(
        IProgress<StoreProgress>? progress = null, CancellationToken cancellationToken = default) =>
        store.CollectAsync(progress, cancellationToken);

    public Task<EnvelopeJournal> ReadJournalAsync(
        EnvelopeReference reference, CancellationToken cancellationToken = default) =>
        store.ReadJournalAsync(reference, cancellationToken);

    public async Task AppendAsync(
        EnvelopeReference reference, IReadOnlyList<JournalEvent> events, CancellationToken cancellationToken = default)
    {
        await store.AppendAsync(reference, events, cancellationToken);
        await FollowAsync();
    }

    public Task<IReadOnlyList<EnvelopeSignature>> ReadSignaturesAsync(
        EnvelopeReference reference, CancellationToken cancellationToken = default) =>
        store.ReadSignaturesAsync(reference, cancellationToken);

    public Task AddSignaturesAsync(
        EnvelopeReference reference, IReadOnlyList<EnvelopeSignature> signatures,
        CancellationToken cancellationToken = default) =>
        store.AddSignaturesAsync(reference, signatures, cancellationToken);

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
