using EnvelopeSdk.Registry.Data.Indexing;

namespace EnvelopeSdk.Registry.Stores.Shared;

/// <summary>
/// Lets the catalog follow a shared store. Each change leaves a row, in the same transaction, that says which envelope is
/// to be written anew; whichever instance comes first does that, and takes the row away afterwards. At the start all is
/// compared, since the catalog may be new.
/// </summary>
internal sealed class SharedFollower(StoreDatabase database, CatalogIndex index, FactsReader reader)
    : ICatalogFollower, IDisposable
{
    /// <summary>How many envelopes become visible in one step.</summary>
    private const int Batch = 200;

    private const string Compare =
        """
        insert into catalog_change (name, digest)
        select coalesce(stored.name, known.name), coalesce(stored.digest, known.digest)
        from stored_envelope stored full join envelope known on stored.name = known.name and stored.digest = known.digest
        where stored.changed is distinct from known.journal_time
          or stored.journal_length is distinct from known.journal_length
        order by stored.changed desc nulls first
        """;

    private const string Next = "select id, name, digest from catalog_change order by id limit @0";

    private const string Forget = "delete from catalog_change where id = any(@0)";

    private readonly SemaphoreSlim _turn = new(1);
    private bool _isCompared;

    public void Dispose() => _turn.Dispose();

    public async Task CatchUpAsync(CancellationToken cancellationToken) =>
        await TryCatchUpAsync(Timeout.InfiniteTimeSpan, cancellationToken);

    public async Task<bool> TryCatchUpAsync(TimeSpan patience, CancellationToken cancellationToken)
    {
        if (!await _turn.WaitAsync(patience, cancellationToken))
        {
            return false;
        }

        try
        {
            if (!_isCompared)
            {
                await database.RunAsync(Compare, cancellationToken);
                _isCompared = true;
            }

            while (await FollowAsync(cancellationToken) == Batch)
            {
            }

            return true;
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <returns>How many changes were written.</returns>
    private async Task<int> FollowAsync(CancellationToken cancellationToken)
    {
        var changes = await database.ReadAsync(
            Next, row => (Id: row.GetInt64(0), Envelope: new EnvelopeReference(row.GetString(1), row.Digest(2))),
            cancellationToken, (long)Batch);
        if (changes.Count > 0)
        {
            await index.WriteAsync(changes.Select(one => one.Envelope).Distinct(), reader.ReadAsync, cancellationToken);
            await database.RunAsync(Forget, cancellationToken, (object)changes.Select(one => one.Id).ToArray());
        }

        return changes.Count;
    }
}
