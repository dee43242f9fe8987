using System.Formats.Tar;
using EnvelopeSdk.Envelopes;

namespace EnvelopeSdk.Packing;

/// <summary>
/// The content in an <c>.envelope</c> file, read where it lies: the entries of a tar are not compressed.
/// </summary>
internal sealed class ArchiveBlobs : IBlobSource
{
    private const int LargestText = 64 << 20;

    private readonly string _path;
    private readonly Dictionary<Digest, (long Offset, long Length)> _entries = [];
    private byte[]? _index;

    private ArchiveBlobs(string path) => _path = path;

    /// <summary>The journal that came with the envelope; empty when none did.</summary>
    public byte[] Journal { get; private set; } = [];

    /// <summary>The signatures that came with the envelope; empty when none did.</summary>
    public byte[] Signatures { get; private set; } = [];

    /// <summary>Finds what is in a file. Entries that a layout does not have are passed over.</summary>
    /// <exception cref="EnvelopeException">It is not a tar file, or cannot be read.</exception>
    public static async Task<ArchiveBlobs> OpenAsync(string path, CancellationToken cancellationToken)
    {
        var blobs = new ArchiveBlobs(path);
        try
        {
            await using var file = StoredFile.Open(path);
            await using var tar = new TarReader(file);
            while (await tar.GetNextEntryAsync(cancellationToken: cancellationToken) is { } entry)
            {
                await blobs.AddAsync(entry, cancellationToken);
            }
        }
        catch (Exception exception)
            when (exception is InvalidDataException or FormatException or EndOfStreamException or NotSupportedException)
        {
            throw Unsound("It is not a tar file, or it is cut short.", exception);
        }

        return blobs;
    }

    /// <summary>The manifest of the one envelope in the file, checked.</summary>
    /// <exception cref="EnvelopeException">There is not one envelope in it, or its manifest is damaged.</exception>
    public async Task<byte[]> ReadManifestAsync(CancellationToken cancellationToken)
    {
        var text = _index ?? throw Unsound("It has no index.json.");
        var index = EnvelopeJsonContext.Read(text, c => c.OciIndex, EnvelopeArchive.IndexEntry);
        if (index.Manifests is not [var manifest])
        {
            throw Unsound($"It lists {index.Manifests.Count} envelopes instead of one.");
        }

        await using var stream = await OpenAsync(manifest.Digest, cancellationToken);
        if (stream is not { Length: <= LargestText })
        {
            throw Unsound("Its manifest is missing or changed.");
        }

        var bytes = new byte[stream.Length];
        await stream.ReadExactlyAsync(bytes, cancellationToken);
        return Digest.Of(bytes) == manifest.Digest ? bytes : throw Unsound("Its manifest is missing or changed.");
    }

    public ValueTask<Stream?> OpenAsync(Digest digest, CancellationToken cancellationToken) => new(
        _entries.TryGetValue(digest, out var entry)
            ? new FileSlice(StoredFile.Open(_path), entry.Offset, entry.Length)
            : null);

    public string? FindPath(Digest digest) => null;

    public string Describe(Digest digest) => EnvelopeArchive.BlobPrefix + digest.Hex;

    private async Task AddAsync(TarEntry entry, CancellationToken cancellationToken)
    {
        if (entry.EntryType is not (TarEntryType.RegularFile or TarEntryType.V7RegularFile))
        {
            return; // the others lead elsewhere
        }

        var data = entry.DataStream ?? Stream.Null; // an entry without content has no stream

        if (entry.Name == EnvelopeArchive.IndexEntry)
        {
            _index = await ReadAsync(data, cancellationToken);
        }
        else if (entry.Name == EnvelopeArchive.JournalEntry)
        {
            Journal = await ReadAsync(data, cancellationToken);
        }
        else if (entry.Name == EnvelopeArchive.SignaturesEntry)
        {
            Signatures = await ReadAsync(data, cancellationToken);
        }
        else if (entry.Name.StartsWith(EnvelopeArchive.BlobPrefix, StringComparison.Ordinal)
            && Digest.TryParse("sha256:" + entry.Name[EnvelopeArchive.BlobPrefix.Length..], out var digest))
        {
            _entries[digest] = (entry.DataOffset, entry.Length);
        }
    }

    private static async Task<byte[]> ReadAsync(Stream data, CancellationToken cancellationToken)
    {
        if (data.Length > LargestText)
        {
            throw Unsound($"It has a list of {data.Length} bytes.");
        }

        var bytes = new byte[data.Length];
        await data.ReadExactlyAsync(bytes, cancellationToken);
        return bytes;
    }

    private static EnvelopeException Unsound(string reason, Exception? cause = null) =>
        new(EnvelopeError.Damaged, $"{reason} Export it again.", cause);
}
