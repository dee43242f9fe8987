using System.Text;
using EnvelopeSdk.Envelopes;
using EnvelopeSdk.Packing;

namespace EnvelopeSdk.Layouts;

/// <summary>
/// A repository of a registry: which manifests it has, its tags, and which content of the store may be read through it.
/// The names of its directories begin as no part of a repository's name does.
/// </summary>
/// <param name="name">The repository.</param>
/// <param name="directory">Its directory.</param>
/// <param name="all">All repositories of the store.</param>
internal sealed class RepositoryFolder(string name, string directory, Repositories all)
{
    private readonly string _manifests = Path.Combine(directory, "_manifests");
    private readonly string _tags = Path.Combine(directory, "_tags");
    private readonly string _blobs = Path.Combine(directory, "_blobs");
    private readonly string _referrers = Path.Combine(directory, "_referrers");

    public string Name => name;

    /// <summary>Whether anything was ever put into it.</summary>
    public bool Exists => Directory.Exists(_manifests) || Directory.Exists(_blobs);

    public bool HasManifest(Digest digest) => File.Exists(Path.Combine(_manifests, digest.Hex));

    /// <returns>Null when it does not have the manifest, or what it knows of it is damaged.</returns>
    public async Task<StoredManifest?> FindManifestAsync(Digest digest, CancellationToken cancellationToken) =>
        await TryReadAsync(Path.Combine(_manifests, digest.Hex), cancellationToken) is { } json
            ? StoredManifest.TryRead(json)
            : null;

    /// <returns>The manifest under a tag; null when there is no such tag.</returns>
    public async Task<Digest?> FindTagAsync(string tag, CancellationToken cancellationToken) =>
        await TryReadAsync(Path.Combine(_tags, tag), cancellationToken) is { } text
        && Digest.TryParse(Encoding.UTF8.GetString(text), out var digest) && HasManifest(digest)
            ? digest
            : null;

    /// <summary>The tags, in no order.</summary>
    public IEnumerable<string> Tags() => Files(_tags);

    /// <summary>The manifests, in no order.</summary>
    public IEnumerable<Digest> Manifests() => Digests(_manifests);

    /// <summary>The manifests that are about another one, in no order.</summary>
    public IEnumerable<Digest> Referrers(Digest subject) =>
        Digests(Path.Combine(_referrers, subject.Hex)).Where(HasManifest);

    /// <summary>The content that was sent to it or mounted, in no order. It need not be there any more.</summary>
    public IEnumerable<Digest> Blobs() => Digests(_blobs);

    public bool HasBlob(Digest digest) =>
        File.Exists(Path.Combine(_blobs, digest.Hex)) && all.Blobs.SizeOf(digest) >= 0;

    /// <summary>When content was sent, mounted or asked for by who wants to send it, the last time.</summary>
    public DateTime LinkedAt(Digest digest) => File.GetLastWriteTimeUtc(Path.Combine(_blobs, digest.Hex));

    /// <summary>Lets content be read. The caller holds the store's lock, and puts the content into the store.</summary>
    public void LinkBlob(Digest digest)
    {
        all.EnsureDirectory(_blobs);
        var path = Path.Combine(_blobs, digest.Hex);
        using (new FileStream(path, FileMode.OpenOrCreate, FileAccess.Write, FileShare.ReadWrite))
        {
        }

        File.SetLastWriteTimeUtc(path, DateTime.UtcNow);
        DurableFile.SyncDirectory(_blobs);
    }

    /// <summary>Adds a manifest that is in the store. The caller holds the store's lock.</summary>
    public async Task AddManifestAsync(Digest digest, StoredManifest manifest, CancellationToken cancellationToken)
    {
        if (manifest.Subject is { } subject)
        {
            // First: it counts when the manifest is there.
            await all.WriteAsync(Path.Combine(_referrers, subject.Hex, digest.Hex), default, cancellationToken);
        }

        await all.WriteAsync(Path.Combine(_manifests, digest.Hex), manifest.Write(), cancellationToken);
    }

    /// <summary>Sets a tag to a manifest that the repository has. The caller holds the store's lock.</summary>
    public Task SetTagAsync(string tag, Digest digest, CancellationToken cancellationToken) => all.WriteAsync(
        Path.Combine(_tags, tag), Encoding.UTF8.GetBytes(digest.ToString()), cancellationToken);

    /// <summary>Takes a tag away. The caller holds the store's lock.</summary>
    public void RemoveTag(string tag) => Remove(Path.Combine(_tags, tag));

    /// <summary>Forbids to read content. The caller holds the store's lock.</summary>
    public void RemoveBlob(Digest digest) => Remove(Path.Combine(_blobs, digest.Hex));

    /// <summary>Takes a manifest away, with its tags. The caller holds the store's lock.</summary>
    public async Task RemoveManifestAsync(Digest digest, CancellationToken cancellationToken)
    {
        var subject = (await FindManifestAsync(digest, cancellationToken))?.Subject;
        foreach (var tag in Tags().ToList())
        {
            if (await FindTagAsync(tag, cancellationToken) == digest)
            {
                RemoveTag(tag);
            }
        }

        Remove(Path.Combine(_manifests, digest.Hex));
        if (subject is { } about)
        {
            Remove(Path.Combine(_referrers, about.Hex, digest.Hex));
        }
    }

    /// <summary>Takes the repository away if nothing is in it. The caller holds the store's lock.</summary>
    public void RemoveIfEmpty()
    {
        if (Manifests().Any() || Blobs().Any())
        {
            return;
        }

        foreach (var one in (string[])[_tags, _referrers, _blobs, _manifests])
        {
            if (Directory.Exists(one))
            {
                Directory.Delete(one, recursive: true);
            }
        }
    }

    /// <summary>Waits for no writer: who reads sees a file whole, or none.</summary>
    private static async Task<byte[]?> TryReadAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            return File.Exists(path) ? await StoredFile.ReadAsync(path, cancellationToken) : null;
        }
        catch (EnvelopeException) when (!File.Exists(path))
        {
            return null; // it was taken away just now
        }
    }

    private static void Remove(string path)
    {
        if (File.Exists(path))
        {
            File.Delete(path);
            DurableFile.SyncDirectoryOf(path);
        }
    }

    private static IEnumerable<string> Files(string directory) => Directory.Exists(directory)
        ? Directory.EnumerateFiles(directory).Select(path => Path.GetFileName(path)!)
        : [];

    private static IEnumerable<Digest> Digests(string directory)
    {
        foreach (var hex in Files(directory))
        {
            if (Digest.TryParse("sha256:" + hex, out var digest))
            {
                yield return digest;
            }
        }
    }
}
