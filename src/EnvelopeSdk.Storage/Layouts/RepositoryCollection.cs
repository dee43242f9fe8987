using EnvelopeSdk.Envelopes;

namespace EnvelopeSdk.Layouts;

/// <summary>
/// Finds the content that repositories need, and removes what was never finished: content that was sent a day ago and
/// that no manifest of its repository refers to, and uploads that nothing was added to for a day. The caller holds the
/// store's lock.
/// </summary>
/// <param name="repositories">The repositories.</param>
/// <param name="now">The time, in UTC.</param>
internal sealed class RepositoryCollection(Repositories repositories, DateTime now)
{
    /// <summary>How long a push may take from its first content to its manifest.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromDays(1);

    private readonly List<(RepositoryFolder Repository, Digest Blob)> _old = [];

    /// <summary>All content that has to stay.</summary>
    /// <exception cref="EnvelopeException">A manifest is damaged, so that nobody knows what it refers to.</exception>
    public async Task<HashSet<Digest>> ReferencesAsync(CancellationToken cancellationToken)
    {
        var all = new HashSet<Digest>();
        foreach (var repository in repositories.All().ToList())
        {
            var needed = await NeededByAsync(repository, cancellationToken);
            foreach (var blob in repository.Blobs().Where(blob => !needed.Contains(blob)).ToList())
            {
                if (now - repository.LinkedAt(blob) < Patience)
                {
                    needed.Add(blob);
                }
                else
                {
                    _old.Add((repository, blob));
                }
            }

            all.UnionWith(needed);
        }

        return all;
    }

    /// <summary>Removes what <see cref="ReferencesAsync"/> did not count.</summary>
    public void RemoveOld()
    {
        _old.ForEach(one => one.Repository.RemoveBlob(one.Blob));
        foreach (var repository in repositories.All().ToList())
        {
            repository.RemoveIfEmpty();
        }

        var uploads = new DirectoryInfo(repositories.Uploads);
        foreach (var upload in uploads.Exists ? uploads.EnumerateFiles() : [])
        {
            if (now - upload.LastWriteTimeUtc >= Patience)
            {
                upload.Delete();
            }
        }
    }

    /// <summary>An index may list manifests that were taken out of the repository since.</summary>
    private async Task<HashSet<Digest>> NeededByAsync(
        RepositoryFolder repository, CancellationToken cancellationToken)
    {
        var needed = new HashSet<Digest>();
        var manifests = new Queue<Digest>(repository.Manifests());
        var seen = manifests.ToHashSet();
        while (manifests.TryDequeue(out var manifest))
        {
            needed.Add(manifest);
            if (await repositories.Blobs.TryReadManifestAsync(manifest, cancellationToken) is { } bytes)
            {
                var outline = ManifestOutline.Read(bytes);
                needed.UnionWith(outline.Blobs.Select(blob => blob.Digest));
                outline.Manifests.Where(seen.Add).ToList().ForEach(manifests.Enqueue);
            }
            else if (repository.HasManifest(manifest))
            {
                throw Damaged(repository, manifest);
            }
        }

        return needed;
    }

    private static EnvelopeException Damaged(RepositoryFolder repository, Digest manifest) => new(
        EnvelopeError.Damaged,
        $"The manifest {manifest} of the registry's repository '{repository.Name}' is missing or changed, so nobody "
        + "knows what it refers to. Push it again, or give it up: "
        + $"'skopeo delete docker://HOST/{repository.Name}@{manifest}'.");
}
