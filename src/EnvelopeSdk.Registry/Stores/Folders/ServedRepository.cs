using EnvelopeSdk.Envelopes;
using EnvelopeSdk.Layouts;
using EnvelopeSdk.Packing;

namespace EnvelopeSdk.Registry.Stores.Folders;

/// <summary>A repository in a store's directory, changed under the store's lock.</summary>
internal sealed class ServedRepository(Repositories all, RepositoryFolder folder) : IRepository
{
    /// <summary>How old a note may be that somebody wants to refer to content.</summary>
    private static readonly TimeSpan Fresh = RepositoryCollection.Patience / 24;

    public string Name => folder.Name;

    public Task<bool> ExistsAsync(CancellationToken cancellationToken) => Task.FromResult(folder.Exists);

    public Task<bool> HasManifestAsync(Digest digest, CancellationToken cancellationToken) =>
        Task.FromResult(folder.HasManifest(digest));

    public Task<StoredManifest?> FindManifestAsync(Digest digest, CancellationToken cancellationToken) =>
        folder.FindManifestAsync(digest, cancellationToken);

    public Task<Digest?> FindTagAsync(string tag, CancellationToken cancellationToken) =>
        folder.FindTagAsync(tag, cancellationToken);

    public Task<IReadOnlyList<string>> TagsAsync(CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<string>>([.. folder.Tags()]);

    public Task<IReadOnlyList<Digest>> ManifestsAsync(CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<Digest>>([.. folder.Manifests()]);

    public Task<IReadOnlyList<Digest>> ReferrersAsync(Digest subject, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<Digest>>([.. folder.Referrers(subject)]);

    public Task<bool> HasBlobAsync(Digest digest, CancellationToken cancellationToken) =>
        Task.FromResult(folder.HasBlob(digest));

    public async Task<bool> LinkBlobAsync(Digest digest, CancellationToken cancellationToken)
    {
        using (await all.LockAsync(cancellationToken))
        {
            var isThere = all.Blobs.SizeOf(digest) >= 0;
            if (isThere)
            {
                folder.LinkBlob(digest);
            }

            return isThere;
        }
    }

    public async Task RefreshBlobAsync(Digest digest, CancellationToken cancellationToken)
    {
        if (folder.HasBlob(digest) && DateTime.UtcNow - folder.LinkedAt(digest) > Fresh)
        {
            using (await all.LockAsync(cancellationToken))
            {
                folder.LinkBlob(digest);
            }
        }
    }

    public async Task<bool> RemoveBlobAsync(Digest digest, CancellationToken cancellationToken)
    {
        using (await all.LockAsync(cancellationToken))
        {
            var isThere = folder.HasBlob(digest);
            folder.RemoveBlob(digest);
            return isThere;
        }
    }

    public async Task AddManifestAsync(NewManifest manifest, Func<Task> check, CancellationToken cancellationToken)
    {
        var file = all.NewUpload(Guid.NewGuid());
        try
        {
            await DurableFile.WriteAsync(file, manifest.Bytes, cancellationToken);
            using (await all.LockAsync(cancellationToken))
            {
                await check();
                foreach (var (blob, _) in manifest.Outline.Blobs.Where(blob => !folder.HasBlob(blob.Digest)))
                {
                    folder.LinkBlob(blob); // it was an envelope's, which may be deleted before this manifest is
                }

                all.Blobs.Take(file, manifest.Digest);
                await folder.AddManifestAsync(manifest.Digest, manifest.Known, cancellationToken);
            }
        }
        finally
        {
            File.Delete(file);
        }
    }

    public async Task<bool> RemoveManifestAsync(Digest digest, CancellationToken cancellationToken)
    {
        using (await all.LockAsync(cancellationToken))
        {
            var isThere = folder.HasManifest(digest);
            await (isThere ? folder.RemoveManifestAsync(digest, cancellationToken) : Task.CompletedTask);
            return isThere;
        }
    }

    public async Task SetTagAsync(string tag, Digest digest, CancellationToken cancellationToken)
    {
        using (await all.LockAsync(cancellationToken))
        {
            await folder.SetTagAsync(tag, digest, cancellationToken);
        }
    }

    public async Task<bool> RemoveTagAsync(string tag, CancellationToken cancellationToken)
    {
        using (await all.LockAsync(cancellationToken))
        {
            var isThere = await folder.FindTagAsync(tag, cancellationToken) is not null;
            if (isThere)
            {
                folder.RemoveTag(tag);
            }

            return isThere;
        }
    }
}
