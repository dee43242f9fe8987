using EnvelopeSdk.Envelopes;
using EnvelopeSdk.Layouts;
using EnvelopeSdk.Registry.Data.Indexing;

namespace EnvelopeSdk.Registry.Stores.Folders;

/// <summary>A store in a directory, which other processes change too.</summary>
internal sealed class ServedFolder(FolderStore store) : IServedStore
{
    private readonly EnvelopeBlobs _envelopes = new(store);

    public IEnvelopeStore Envelopes => store;

    public IBlobSource Content => store.Blobs.Source;

    public Task<long> SizeOfAsync(Digest digest, CancellationToken cancellationToken) =>
        Task.FromResult(store.Blobs.SizeOf(digest));

    public Task<bool> HasNameAsync(string name, CancellationToken cancellationToken) =>
        Task.FromResult(store.Layout(name).Exists);

    public Task<bool> HasAsync(EnvelopeReference envelope, CancellationToken cancellationToken) =>
        Task.FromResult(store.Layout(envelope.Name).Has(envelope.Digest));

    public async Task<bool> HasContentAsync(string name, Digest blob, CancellationToken cancellationToken) =>
        store.Blobs.SizeOf(blob) >= 0 && await _envelopes.HasAsync(name, blob, cancellationToken);

    public Task<IReadOnlyList<Digest>> ListAsync(string name, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<Digest>>([.. store.Layout(name).Entries()]);

    public Task<JournalStamp> StampAsync(EnvelopeReference envelope, CancellationToken cancellationToken) =>
        Task.FromResult(StampOf(store, envelope));

    public Task<bool> IsSignedAsync(EnvelopeReference envelope, CancellationToken cancellationToken) =>
        Task.FromResult(File.Exists(store.Layout(envelope.Name).Signatures(envelope.Digest).FilePath));

    public IRepository Repository(string name) =>
        new ServedRepository(store.Repositories, store.Repositories.Open(name));

    public Task<IReadOnlyList<string>> ListRepositoriesAsync(CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<string>>([.. store.Repositories.All().Select(one => one.Name)]);

    public static JournalStamp StampOf(FolderStore store, EnvelopeReference envelope) =>
        JournalStamp.Of(store.Layout(envelope.Name).Journal(envelope.Digest).FilePath);
}
