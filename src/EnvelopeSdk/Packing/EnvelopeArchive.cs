using System.Formats.Tar;
using System.Text;

namespace EnvelopeSdk.Packing;

/// <summary>An envelope as a single file, for mail or a share: a tar (POSIX ustar) of an OCI image layout that holds only it.</summary>
public static class EnvelopeArchive
{
    /// <summary>The extension of such files.</summary>
    public const string Extension = ".envelope";

    private const string BlobPrefix = "blobs/sha256/";
    private const string IndexEntry = "index.json";

    /// <summary>Writes an envelope to a file. The same envelope gives the same bytes.</summary>
    /// <param name="content">The envelope.</param>
    /// <param name="path">The file, which is replaced if it is there.</param>
    /// <param name="cancellationToken">Stops the writing.</param>
    /// <exception cref="EnvelopeException">The envelope is damaged.</exception>
    public static async Task ExportAsync(EnvelopeContent content, string path, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(content);
        var partial = path + ".partial";
        try
        {
            await using (var file = new FileStream(partial, FileMode.Create, FileAccess.Write, FileShare.None))
            await using (var tar = new TarWriter(file, TarEntryFormat.Ustar))
            {
                var manifest = content.ManifestDescriptor with
                {
                    Annotations = new(StringComparer.Ordinal) { [OciAnnotations.RefName] = content.Digest.Short },
                };
                await WriteEntryAsync(tar, "oci-layout", new MemoryStream(Encoding.UTF8.GetBytes("{\"imageLayoutVersion\": \"1.0.0\"}\n")), cancellationToken);
                await WriteEntryAsync(tar, IndexEntry, new MemoryStream(PackingJsonContext.Write(new OciIndex { Manifests = [manifest] }, c => c.OciIndex)), cancellationToken);
                await WriteEntryAsync(tar, BlobPrefix + content.Digest.Hex, content.OpenManifest(), cancellationToken);
                foreach (var blob in content.Blobs.Skip(1).DistinctBy(blob => blob.Digest))
                {
                    await using var stream = await content.OpenVerifiedAsync(blob, cancellationToken);
                    await WriteEntryAsync(tar, BlobPrefix + blob.Digest.Hex, stream, cancellationToken);
                }
            }

            File.Move(partial, path, overwrite: true);
        }
        catch
        {
            File.Delete(partial);
            throw;
        }
    }

    /// <summary>Puts the envelope of a file into a store, after checking every file in it against its digest.</summary>
    /// <param name="path">The file.</param>
    /// <param name="store">The store.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>The envelope in the store, the newest of its name.</returns>
    /// <exception cref="EnvelopeException">The file is not there, not an envelope, or damaged.</exception>
    public static async Task<EnvelopeReference> ImportAsync(string path, EnvelopeStore store, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(store);
        if (!File.Exists(path))
        {
            throw new EnvelopeException(EnvelopeError.NotFound, $"There is no file '{Path.GetFullPath(path)}'. Give the path of a {Extension} file, or the name of an envelope in the store.");
        }

        var scratch = Directory.CreateTempSubdirectory("envelope-");
        try
        {
            await ExtractAsync(path, scratch.FullName, cancellationToken);
            var content = await OpenExtractedAsync(scratch.FullName, cancellationToken);
            return await store.AddExistingAsync(content, cancellationToken);
        }
        catch (EnvelopeException damage) when (damage.Error == EnvelopeError.Damaged)
        {
            // Whatever is wrong in it, the file is what the caller knows.
            throw new EnvelopeException(EnvelopeError.Damaged, $"'{Path.GetFullPath(path)}' is not a sound envelope. {damage.Message}", damage);
        }
        finally
        {
            scratch.Delete(recursive: true);
        }
    }

    private static async Task WriteEntryAsync(TarWriter tar, string name, Stream data, CancellationToken cancellationToken) =>
        await tar.WriteEntryAsync(new UstarTarEntry(TarEntryType.RegularFile, name) { DataStream = data, ModificationTime = DateTimeOffset.UnixEpoch }, cancellationToken);

    /// <summary>Takes only the entries that a layout has, so that no entry's name can lead elsewhere.</summary>
    private static async Task ExtractAsync(string path, string directory, CancellationToken cancellationToken)
    {
        try
        {
            await using var file = File.OpenRead(path);
            await using var tar = new TarReader(file);
            while (await tar.GetNextEntryAsync(cancellationToken: cancellationToken) is { } entry)
            {
                var isBlob = entry.Name.StartsWith(BlobPrefix, StringComparison.Ordinal)
                    && Digest.TryParse("sha256:" + entry.Name[BlobPrefix.Length..], out _);
                if (entry.DataStream is { } data && (isBlob || entry.Name == IndexEntry))
                {
                    // Copied and not extracted: neither the type of the entry nor the rights that it asks for matter.
                    await using var target = File.Create(Path.Combine(directory, Path.GetFileName(entry.Name)));
                    await data.CopyToAsync(target, cancellationToken);
                }
            }
        }
        catch (Exception exception) when (exception is InvalidDataException or FormatException or EndOfStreamException or NotSupportedException)
        {
            throw Unsound("It is not a tar file, or it is cut short.", exception);
        }
    }

    private static async Task<EnvelopeContent> OpenExtractedAsync(string directory, CancellationToken cancellationToken)
    {
        var indexPath = Path.Combine(directory, IndexEntry);
        if (!File.Exists(indexPath))
        {
            throw Unsound("It has no index.json.");
        }

        var index = PackingJsonContext.Read(await File.ReadAllBytesAsync(indexPath, cancellationToken), c => c.OciIndex, IndexEntry);
        if (index.Manifests is not [var manifest])
        {
            throw Unsound($"It lists {index.Manifests.Count} envelopes instead of one.");
        }

        var manifestPath = Path.Combine(directory, manifest.Digest.Hex);
        var bytes = File.Exists(manifestPath) ? await File.ReadAllBytesAsync(manifestPath, cancellationToken) : [];
        return Digest.Of(bytes) == manifest.Digest
            ? await EnvelopeContent.OpenAsync(bytes, blob => Path.Combine(directory, blob.Digest.Hex), cancellationToken)
            : throw Unsound("Its manifest is missing or changed.");
    }

    private static EnvelopeException Unsound(string reason, Exception? cause = null) =>
        new(EnvelopeError.Damaged, $"{reason} Export it again.", cause);
}
