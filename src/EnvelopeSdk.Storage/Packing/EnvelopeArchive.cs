using System.Formats.Tar;
using System.Text;
using EnvelopeSdk.Envelopes;
using EnvelopeSdk.Journal;
using EnvelopeSdk.Signing;

namespace EnvelopeSdk.Packing;

/// <summary>
/// An envelope as a single file, for mail or a share: a tar (POSIX ustar) of an OCI image layout that holds only it,
/// with its journal and its signatures.
/// </summary>
public static class EnvelopeArchive
{
    /// <summary>The extension of such files.</summary>
    public const string Extension = ".envelope";

    /// <summary>The greatest length with eleven octal digits.</summary>
    private const long LargestUstar = (1L << 33) - 1;

    internal const string BlobPrefix = "blobs/sha256/";
    internal const string IndexEntry = "index.json";
    internal const string JournalEntry = "journal.jsonl";
    internal const string SignaturesEntry = "signatures.jsonl";

    /// <summary>
    /// Writes an envelope to a file. The same envelope with the same journal and signatures gives the same bytes.
    /// </summary>
    /// <param name="content">The envelope.</param>
    /// <param name="journal">What is known of it.</param>
    /// <param name="path">The file, which is replaced if it is there.</param>
    /// <param name="signatures">Its signatures; none if absent.</param>
    /// <param name="progress">
    /// Is told how many bytes are done, from any thread and one after the other; null: nobody.
    /// </param>
    /// <param name="cancellationToken">Stops the writing.</param>
    /// <exception cref="EnvelopeException">The envelope is damaged, or the file cannot be written.</exception>
    public static async Task ExportAsync(
        EnvelopeContent content, EnvelopeJournal journal, string path,
        IReadOnlyList<EnvelopeSignature>? signatures = null, IProgress<TransferProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(content);
        ArgumentNullException.ThrowIfNull(journal);
        var partial = $"{path}.{Guid.NewGuid():N}.partial"; // its own, whoever else writes the file
        try
        {
            await using (var file = new FileStream(partial, FileMode.Create, FileAccess.Write, FileShare.None))
            {
                await using (var tar = new TarWriter(file, TarEntryFormat.Ustar, leaveOpen: true))
                {
                    await WriteAsync(
                        tar, content, journal, signatures ?? [], new(progress, content), cancellationToken);
                }

                file.Flush(flushToDisk: true); // with the end of the tar, which its writer's end has written
            }

            File.Move(partial, path, overwrite: true);
            DurableFile.SyncDirectoryOf(Path.GetFullPath(path));
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            Discard(partial);
            throw new EnvelopeException(
                EnvelopeError.Unavailable,
                $"'{Path.GetFullPath(path)}' cannot be written: {WhyNotWritten(path, failure)} Name a file in a folder "
                + "that is there, may be written and has space.",
                failure);
        }
        catch
        {
            Discard(partial);
            throw;
        }
    }

    /// <summary>Not what the failure says: that names a file which nobody asked for.</summary>
    private static string WhyNotWritten(string path, Exception failure) => failure switch
    {
        _ when Directory.Exists(path) => "It is a folder.",
        DirectoryNotFoundException => $"There is no folder '{Path.GetDirectoryName(Path.GetFullPath(path))}'.",
        UnauthorizedAccessException => "Writing there is not allowed.",
        _ => failure.Message,
    };

    private static void Discard(string partial)
    {
        if (File.Exists(partial))
        {
            File.Delete(partial);
        }
    }

    /// <summary>Opens the envelope of a file, which stays where it is.</summary>
    /// <param name="path">The file.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>The envelope and what is known of it.</returns>
    /// <exception cref="EnvelopeException">The file is not there, not an envelope, or damaged.</exception>
    public static async Task<ResolvedEnvelope> OpenAsync(string path, CancellationToken cancellationToken = default)
    {
        if (!File.Exists(path))
        {
            throw new EnvelopeException(
                EnvelopeError.NotFound,
                $"There is no file '{Path.GetFullPath(path)}'. Give the path of a {Extension} file, or the name of an "
                + "envelope in the store.");
        }

        return await NamingAsync(path, async () =>
        {
            var blobs = await ArchiveBlobs.OpenAsync(path, cancellationToken);
            var content = await EnvelopeContent.OpenAsync(
                await blobs.ReadManifestAsync(cancellationToken), blobs, cancellationToken);
            var events = JournalLines.Read(blobs.Journal, JournalEntry, content.Digest);
            return new ResolvedEnvelope(content, EnvelopeJournal.Of(events))
            {
                Signatures = _ => NamingAsync(
                    path,
                    () => Task.FromResult<IReadOnlyList<EnvelopeSignature>>(
                        SignatureLines.Read(blobs.Signatures, SignaturesEntry))),
            };
        });
    }

    /// <summary>Puts the envelope of a file into a store, after checking every file in it against its digest.</summary>
    /// <param name="path">The file.</param>
    /// <param name="store">The store.</param>
    /// <param name="progress">
    /// Is told how many bytes are done, from any thread and one after the other; null: nobody.
    /// </param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>The envelope in the store.</returns>
    /// <exception cref="EnvelopeException">The file is not there, not an envelope, or damaged.</exception>
    public static async Task<EnvelopeReference> ImportAsync(
        string path, IEnvelopeStore store, IProgress<TransferProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(store);
        var archived = await OpenAsync(path, cancellationToken);
        var signatures = await archived.ReadSignaturesAsync(cancellationToken);
        return await NamingAsync(
            path, () => store.CopyAsync(archived.Content, archived.Journal, signatures, progress, cancellationToken));
    }

    /// <summary>Whatever is wrong in it, the file is what the caller knows.</summary>
    private static async Task<T> NamingAsync<T>(string path, Func<Task<T>> read)
    {
        try
        {
            return await read();
        }
        catch (EnvelopeException damage) when (damage.Error == EnvelopeError.Damaged)
        {
            throw new EnvelopeException(
                EnvelopeError.Damaged, $"'{Path.GetFullPath(path)}' is not a sound envelope. {damage.Message}", damage);
        }
    }

    private static async Task WriteAsync(
        TarWriter tar, EnvelopeContent content, EnvelopeJournal journal, IReadOnlyList<EnvelopeSignature> signatures,
        TransferMeter meter, CancellationToken cancellationToken)
    {
        var manifest = content.ManifestDescriptor with
        {
            Annotations = new(StringComparer.Ordinal) { [OciAnnotations.RefName] = content.Digest.Short },
        };
        var index = EnvelopeJsonContext.Write(new OciIndex { Manifests = [manifest] }, c => c.OciIndex);
        await WriteAsync(
            tar, "oci-layout", Encoding.UTF8.GetBytes("{\"imageLayoutVersion\": \"1.0.0\"}\n"), cancellationToken);
        await WriteAsync(tar, IndexEntry, index, cancellationToken);
        await WriteAsync(tar, BlobPrefix + content.Digest.Hex, content.Manifest.ToArray(), cancellationToken);
        foreach (var blob in content.Blobs.DistinctBy(blob => blob.Digest))
        {
            await using var stream = meter.Measure(await content.OpenVerifiedAsync(blob, cancellationToken));
            await WriteAsync(tar, BlobPrefix + blob.Digest.Hex, stream, cancellationToken);
        }

        await WriteAsync(tar, JournalEntry, JournalLines.Write(journal.Events), cancellationToken);
        if (signatures.Count > 0)
        {
            await WriteAsync(tar, SignaturesEntry, SignatureLines.Write(signatures), cancellationToken);
        }
    }

    private static Task WriteAsync(TarWriter tar, string name, byte[] data, CancellationToken cancellationToken) =>
        WriteAsync(tar, name, new MemoryStream(data), cancellationToken);

    private static Task WriteAsync(TarWriter tar, string name, Stream data, CancellationToken cancellationToken) =>
        tar.WriteEntryAsync(Entry(name, data), cancellationToken);

    /// <summary>
    /// An entry that tells nothing of this machine. A POSIX header has no room for a length of 8 GiB; GNU tar writes
    /// that in a form of its own, which others read as well.
    /// </summary>
    internal static TarEntry Entry(string name, Stream data)
    {
        TarEntry entry = data.Length <= LargestUstar
            ? new UstarTarEntry(TarEntryType.RegularFile, name)
            : new GnuTarEntry(TarEntryType.RegularFile, name);
        entry.DataStream = data;
        entry.ModificationTime = DateTimeOffset.UnixEpoch;
        return entry;
    }
}
