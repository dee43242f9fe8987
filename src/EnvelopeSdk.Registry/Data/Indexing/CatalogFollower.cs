using EnvelopeSdk.Layouts;
using EnvelopeSdk.Registry.Stores.Folders;

namespace EnvelopeSdk.Registry.Data.Indexing;

/// <summary>
/// Lets the index follow the store: what the store's log of changes names, and now and then, and whenever the log
/// cannot say, all that differs.
/// </summary>
internal sealed class CatalogFollower(FolderStore store, CatalogIndex index, FactsReader reader, TimeProvider clock)
    : ICatalogFollower, IDisposable
{
    /// <summary>How many envelopes become visible in one step.</summary>
    private const int Batch = 200;

    /// <summary>
    /// How often all is compared though the log is there: somebody may have copied files into the store by hand.
    /// </summary>
    private static readonly TimeSpan ComparedEvery = TimeSpan.FromMinutes(10);

    /// <summary>How often all is compared when there is no log.</summary>
    private static readonly TimeSpan ComparedWithoutLog = TimeSpan.FromSeconds(1);

    private readonly SemaphoreSlim _turn = new(1);
    private ChangePlace? _place;
    private DateTimeOffset _nextComparison = DateTimeOffset.MinValue;
    private bool _isAwaited = true;

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
            await EnsureLogAsync(cancellationToken);
            var changes = store.Changes.Read(_place);
            if (changes is { Place: not null, Envelopes: { } changed })
            {
                await FollowAsync(changed, cancellationToken);
                _place = changes.Place;
            }

            var isUnknown = changes.Place is null ? _place is not null : changes.Envelopes is null;
            if (isUnknown || _isAwaited || clock.GetUtcNow() >= _nextComparison)
            {
                await CompareAsync(cancellationToken);
                _place = changes.Place;
                _isAwaited = false;
            }

            return true;
        }
        catch
        {
            _place = null; // what was not written has to be found again
            _isAwaited = true;
            throw;
        }
        finally
        {
            _turn.Release();
        }
    }

    private async Task EnsureLogAsync(CancellationToken cancellationToken)
    {
        if (_place is not null || !Directory.Exists(store.Address) || File.Exists(store.Changes.FilePath))
        {
            return;
        }

        try
        {
            using (await store.LockAsync(cancellationToken))
            {
                store.Changes.Ensure();
            }
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // A store that cannot be written changes seldom.
        }
    }

    private async Task FollowAsync(IReadOnlyList<EnvelopeReference> changed, CancellationToken cancellationToken)
    {
        if (changed.Count > 0)
        {
            await WaitForWriterAsync(cancellationToken);
            await WriteAsync(changed, cancellationToken);
        }
    }

    private async Task CompareAsync(CancellationToken cancellationToken)
    {
        var begun = clock.GetTimestamp();
        var indexed = await index.ReadStampsAsync(cancellationToken);
        if (!store.Names().Any() && indexed.Count > 0 && !Directory.Exists(store.Layouts))
        {
            throw new EnvelopeException(
                EnvelopeError.Unavailable,
                $"The store '{store.Address}' is gone. What was known of its {indexed.Count} envelopes is shown until "
                + "it is back: mount it, or restore it from a copy.");
        }

        await WaitForWriterAsync(cancellationToken);
        var differing = new List<(EnvelopeReference Envelope, long Time)>();
        foreach (var one in store.Names().SelectMany(name => store.Layout(name).Entries().Select(
            digest => new EnvelopeReference(name, digest))))
        {
            var stamp = ServedFolder.StampOf(store, one);
            if (!indexed.Remove(one, out var known) || known != stamp)
            {
                differing.Add((one, stamp.Time));
            }
        }

        // The newest first: they are looked at before the others are there.
        await WriteAsync(
            [.. indexed.Keys, .. differing.OrderByDescending(one => one.Time).Select(one => one.Envelope)],
            cancellationToken);
        var usual = File.Exists(store.Changes.FilePath) ? ComparedEvery : ComparedWithoutLog;
        var costs = 20 * clock.GetElapsedTime(begun);
        _nextComparison = clock.GetUtcNow() + (costs > usual ? costs : usual);
    }

    /// <summary>Waits until a change that was under way has happened, or its writer is dead.</summary>
    private async Task WaitForWriterAsync(CancellationToken cancellationToken)
    {
        try
        {
            using (await store.LockAsync(cancellationToken))
            {
            }
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // No writer can be under way where nothing can be written.
        }
    }

    private async Task WriteAsync(IReadOnlyList<EnvelopeReference> envelopes, CancellationToken cancellationToken)
    {
        foreach (var batch in envelopes.Chunk(Batch))
        {
            await index.WriteAsync(batch, reader.ReadAsync, cancellationToken);
        }
    }
}
