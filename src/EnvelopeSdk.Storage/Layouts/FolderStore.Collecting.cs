using EnvelopeSdk.Envelopes;

namespace EnvelopeSdk.Layouts;

/// <content>What frees the space of content that nothing needs.</content>
internal sealed partial class FolderStore
{
    public async Task<CollectedBlobs> CollectAsync(
        IProgress<StoreProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        await CheckAsync(cancellationToken);
        if (!Directory.Exists(Address))
        {
            return default;
        }

        try
        {
            using (await LockAsync(cancellationToken))
            {
                // Before anything is written: it may be for this that somebody has no space.
                var needed = await ReferencesAsync(new StoreWalk(this, progress), cancellationToken);
                var repositories = new RepositoryCollection(Repositories, DateTime.UtcNow);
                needed.UnionWith(await repositories.ReferencesAsync(cancellationToken));
                var removed = Blobs.RemoveOthers(needed, cancellationToken);
                repositories.RemoveOld();
                await RecoverAsync(cancellationToken);
                return removed;
            }
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw StoreAdvice.NotCollected(this, failure);
        }
    }

    /// <summary>All content that an envelope refers to.</summary>
    private async Task<HashSet<Digest>> ReferencesAsync(StoreWalk walk, CancellationToken cancellationToken)
    {
        var references = new HashSet<Digest>();
        foreach (var name in Names())
        {
            foreach (var envelope in Layout(name).Entries())
            {
                references.UnionWith(await Blobs.ReferencesAsync(new(name, envelope), cancellationToken));
                walk.Step();
            }
        }

        return references;
    }
}
