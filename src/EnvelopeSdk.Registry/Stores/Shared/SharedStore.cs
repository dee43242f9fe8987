using EnvelopeSdk.Envelopes;
using EnvelopeSdk.Registry.Data.Indexing;

namespace EnvelopeSdk.Registry.Stores.Shared;

/// <summary>A store that other instances serve too.</summary>
internal sealed class SharedStore(DatabaseStore store, StoreDatabase database) : IServedStore
{
    private const string Repositories =
        "select repository from repository_manifest union select repository from repository_link";

    public IEnvelopeStore Envelopes => store;

    public IBlobSource Content => store.Content;

    public Task<long> SizeOfAsync(Digest digest, CancellationToken cancellationToken) =>
        store.Content.SizeOfAsync(digest, cancellationToken);

    public Task<bool> HasNameAsync(string name, CancellationToken cancellationToken) =>
        database.AnyAsync(StoreSql.HasName, cancellationToken, name);

    public Task<bool> HasAsync(EnvelopeReference envelope, CancellationToken cancellationToken) =>
        store.HasAsync(envelope, cancellationToken);

    public Task<bool> HasContentAsync(string name, Digest blob, CancellationToken cancellationToken) =>
        database.AnyAsync(StoreSql.HasContent, cancellationToken, name, blob.Hex);

    public async Task<IReadOnlyList<Digest>> ListAsync(string name, CancellationToken cancellationToken) =>
        await database.ReadAsync(StoreSql.Digests, row => row.Digest(0), cancellationToken, name);

    public async Task<JournalStamp> StampAsync(EnvelopeReference envelope, CancellationToken cancellationToken) =>
        await database.ReadAsync(
            StoreSql.Stamp, row => new JournalStamp(row.GetInt64(0), row.GetInt64(1)), cancellationToken, envelope.Name,
            envelope.Digest.Hex) is [var stamp] ? stamp : default;

    public Task<bool> IsSignedAsync(EnvelopeReference envelope, CancellationToken cancellationToken) =>
        database.AnyAsync(StoreSql.IsSigned, cancellationToken, envelope.Name, envelope.Digest.Hex);

    public IRepository Repository(string name) => new SharedRepository(name, store, database);

    public async Task<IReadOnlyList<string>> ListRepositoriesAsync(CancellationToken cancellationToken) =>
        await database.ReadAsync(Repositories, row => row.GetString(0), cancellationToken);
}
