using System.Text.Json;
using EnvelopeSdk.Envelopes;

namespace EnvelopeSdk.Packing;

/// <summary>
/// The content in an <c>.envelope</c> file, read where it lies: the entries of a tar are not compressed.
/// </summary>
internal sealed class ArchiveBlobs : IBlobSource
{
    private const int LargestIndex = 4 << 20;
    private const int LargestJournal = 64 << 20;
    private const string LayoutEntry = "oci-layout";

    private static readonly string[] Folders = ["", "./", "blobs/", EnvelopeArchive.BlobPrefix];

    private readonly string _path;
    private readonly Dictionary<string, (long Offset, long Length)> _entries = new(StringComparer.Ordinal);

    private ArchiveBlobs(string path) => _path = path;

    /// <summary>The journal that came with the envelope; empty when none did.</summary>
    public byte[] Journal { get; private set; } = [];

    /// <summary>The signatures that came with the envelope; empty when none did.</summary>
    public byte[] Signatures { get; private set; } = [];

    /// <summary>Finds what is in a file.</summary>
    /// <exception cref="EnvelopeException">
    /// It is not a tar file of an OCI layout, a journal and signatures alone, or cannot be read.
    /// </exception>
    public static async Task<ArchiveBlobs> OpenAsync(string path, CancellationToken cancellationToken)
    {
        var blobs = new ArchiveBlobs(path);
        await using var file = StoredFile.Open(path);
        await foreach (var (name, offset, length) in new TarEntries(file).ReadAsync(cancellationToken))
        {
            blobs.Add(name, offset, length);
        }

        CheckLayout(await blobs.ReadAsync(LayoutEntry, LargestIndex, cancellationToken));
        if (blobs._entries.ContainsKey(EnvelopeArchive.JournalEntry))
        {
            blobs.Journal = await blobs.ReadAsync(EnvelopeArchive.JournalEntry, LargestJournal, cancellationToken);
        }

        if (blobs._entries.ContainsKey(EnvelopeArchive.SignaturesEntry))
        {
            blobs.Signatures = await blobs.ReadAsync(
                EnvelopeArchive.SignaturesEntry, LargestJournal, cancellationToken);
        }

        return blobs;
    }

    /// <summary>The manifest of the one envelope in the file, checked.</summary>
    /// <exception cref="EnvelopeException">There is not one envelope in it, or its manifest is damaged.</exception>
    public async Task<byte[]> ReadManifestAsync(CancellationToken cancellationToken)
    {
        var text = await ReadAsync(EnvelopeArchive.IndexEntry, LargestIndex, cancellationToken);
        var manifest = IndexReader.Read(text, EnvelopeArchive.IndexEntry);
        var path = Describe(manifest.Digest);
        if (!_entries.ContainsKey(path))
        {
            throw Unsound($"Its manifest '{path}' is missing.");
        }

        var bytes = await ReadAsync(path, ManifestReader.Largest, cancellationToken);
        return bytes.Length == manifest.Size && Digest.Of(bytes) == manifest.Digest
            ? bytes
            : throw Unsound(
                $"Its manifest '{path}' is not the {manifest.Size} bytes that its {EnvelopeArchive.IndexEntry} names.");
    }

    public ValueTask<Stream?> OpenAsync(Digest digest, CancellationToken cancellationToken) => new(
        _entries.TryGetValue(Describe(digest), out var entry)
            ? new FileSlice(StoredFile.Open(_path), entry.Offset, entry.Length)
            : null);

    public string? FindPath(Digest digest) => null;

    public string Describe(Digest digest) => EnvelopeArchive.BlobPrefix + digest.Hex;

    internal static EnvelopeException Unsound(string reason, Exception? cause = null) =>
        new(EnvelopeError.Damaged, $"{reason} Export it again.", cause);

    private void Add(string name, long offset, long length)
    {
        var path = name.StartsWith("./", StringComparison.Ordinal) && name.Length > 2 ? name[2..] : name;
        if (path.EndsWith('/') && Folders.Contains(path))
        {
            return;
        }

        if (!IsOfLayout(path))
        {
            throw Unsound(
                $"Its entry '{SafeText.Of(name)}' is none of an envelope, which has an OCI layout, "
                + $"{EnvelopeArchive.JournalEntry} and {EnvelopeArchive.SignaturesEntry} alone.");
        }

        if (!_entries.TryAdd(path, (offset, length)))
        {
            throw Unsound($"It has two entries '{path}'.");
        }
    }

    private static bool IsOfLayout(string path) =>
        path is LayoutEntry or EnvelopeArchive.IndexEntry or EnvelopeArchive.JournalEntry
            or EnvelopeArchive.SignaturesEntry
        || (path.StartsWith(EnvelopeArchive.BlobPrefix, StringComparison.Ordinal)
            && Digest.TryParse("sha256:" + path[EnvelopeArchive.BlobPrefix.Length..], out _));

    private static void CheckLayout(byte[] text)
    {
        try
        {
            using var layout = JsonDocument.Parse(text);
            if (layout.RootElement.GetProperty("imageLayoutVersion").GetString() == "1.0.0")
            {
                return;
            }
        }
        catch (Exception malformed)
            when (malformed is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            throw Unsound($"Its {LayoutEntry} cannot be read: {malformed.Message}", malformed);
        }

        throw Unsound($"Its {LayoutEntry} does not say the imageLayoutVersion 1.0.0.");
    }

    private async Task<byte[]> ReadAsync(string name, int largest, CancellationToken cancellationToken)
    {
        if (!_entries.TryGetValue(name, out var entry))
        {
            throw Unsound($"It has no {name}.");
        }

        if (entry.Length > largest)
        {
            throw Unsound($"Its {name} has {entry.Length} bytes, and at most {largest} in an envelope.");
        }

        var bytes = new byte[entry.Length];
        await using var slice = new FileSlice(StoredFile.Open(_path), entry.Offset, entry.Length);
        await slice.ReadExactlyAsync(bytes, cancellationToken);
        return bytes;
    }
}
