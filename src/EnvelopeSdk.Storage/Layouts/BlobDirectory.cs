using EnvelopeSdk.Envelopes;
using EnvelopeSdk.Packing;

namespace EnvelopeSdk.Layouts;

/// <summary>The content that all envelopes of a store share, in files named by their digests.</summary>
/// <param name="root">The directory <c>blobs</c>.</param>
internal sealed class BlobDirectory(string root)
{
    private readonly string _directory = Path.Combine(root, "sha256");

    /// <summary>The directory <c>blobs</c>.</summary>
    public string Root => root;

    public IBlobSource Source => FileBlobs.In(_directory);

    /// <summary>
    /// Moves files in. Content that is there already is replaced by its like, which mends it if it was damaged.
    /// </summary>
    public void Take(IEnumerable<string> files)
    {
        EnsureDirectory();
        foreach (var file in files.ToList())
        {
            File.Move(file, Path.Combine(_directory, Path.GetFileName(file)), overwrite: true);
        }

        DurableFile.SyncDirectory(_directory);
    }

    /// <summary>Moves one file in, whatever it is called.</summary>
    public void Take(string file, Digest digest)
    {
        EnsureDirectory();
        File.Move(file, PathOf(digest), overwrite: true);
        DurableFile.SyncDirectory(_directory);
    }

    /// <summary>How many bytes content has; -1 when it is missing.</summary>
    public long SizeOf(Digest digest) => new FileInfo(PathOf(digest)) is { Exists: true } file ? file.Length : -1;

    /// <exception cref="EnvelopeException">It is missing or changed.</exception>
    public async Task<byte[]> ReadManifestAsync(EnvelopeReference reference, CancellationToken cancellationToken)
    {
        var path = PathOf(reference.Digest);
        var bytes = File.Exists(path) ? await StoredFile.ReadAsync(path, cancellationToken) : [];
        return Digest.Of(bytes) == reference.Digest
            ? bytes
            : throw new EnvelopeException(
                EnvelopeError.Damaged,
                $"Envelope {reference} is damaged: its manifest '{path}' is missing or changed. "
                + $"Import the envelope from a copy, save it again, or give it up: 'envelope delete {reference}'.");
    }

    /// <summary>Reads a manifest of any kind.</summary>
    /// <returns>Null when it is missing, changed, or larger than a manifest.</returns>
    public async Task<byte[]?> TryReadManifestAsync(Digest digest, CancellationToken cancellationToken)
    {
        var bytes = SizeOf(digest) is >= 0 and <= ManifestReader.Largest
            ? await StoredFile.ReadAsync(PathOf(digest), cancellationToken)
            : null;
        return bytes is not null && Digest.Of(bytes) == digest ? bytes : null;
    }

    /// <summary>The manifest of an envelope and all that it refers to.</summary>
    public async Task<IEnumerable<Digest>> ReferencesAsync(
        EnvelopeReference reference, CancellationToken cancellationToken)
    {
        var bytes = await ReadManifestAsync(reference, cancellationToken);
        var manifest = ManifestReader.Read(bytes, PathOf(reference.Digest));
        return [reference.Digest, manifest.Config.Digest, .. manifest.Layers.Select(layer => layer.Digest)];
    }

    /// <summary>The content that is there of at most as many bytes.</summary>
    public IEnumerable<Digest> Digests(long largest)
    {
        var files = Directory.Exists(_directory) ? new DirectoryInfo(_directory).EnumerateFiles() : [];
        foreach (var file in files.Where(file => file.Length <= largest))
        {
            if (Digest.TryParse("sha256:" + file.Name, out var digest))
            {
                yield return digest;
            }
        }
    }

    public CollectedBlobs RemoveOthers(IReadOnlySet<Digest> kept, CancellationToken cancellationToken)
    {
        var removed = new CollectedBlobs(0, 0);
        var files = Directory.Exists(_directory) ? new DirectoryInfo(_directory).EnumerateFiles() : [];
        foreach (var file in files)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (Digest.TryParse("sha256:" + file.Name, out var digest) && !kept.Contains(digest))
            {
                var length = file.Length;
                file.Delete();
                removed = new(removed.Count + 1, removed.Bytes + length);
            }
        }

        return removed;
    }

    private void EnsureDirectory()
    {
        if (!Directory.Exists(_directory))
        {
            Directory.CreateDirectory(_directory);
            DurableFile.SyncDirectory(root);
            DurableFile.SyncDirectoryOf(root);
        }
    }

    private string PathOf(Digest digest) => Path.Combine(_directory, digest.Hex);
}
