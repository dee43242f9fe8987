using System.Text.Json;
using System.Text.Json.Serialization;
using EnvelopeSdk.Envelopes;
using EnvelopeSdk.Packing;
using EnvelopeSdk.Signing;

namespace EnvelopeSdk.Build;

/// <summary>
/// The envelopes that a project has unpacked, in its intermediate directory. What is there and still as it was is taken
/// without reading it: neither a large state file nor the <c>.envelope</c> file that it came from is read twice. Nor is
/// a registry asked again for a digest, so that who builds again needs none; tags are as they were when it was asked.
/// Where a signature is asked for, it is looked for at the source each time: it may have been taken away, or the key
/// changed.
/// </summary>
/// <param name="root">The directory.</param>
/// <param name="store">Where names are looked up.</param>
/// <param name="keys">The keys of which one must have signed the envelope; with none, nobody has to.</param>
internal sealed class UnpackedSource(string root, IEnvelopeStore store, IReadOnlyList<VerificationKey> keys)
{
    private string StampPath => Path.Combine(root, "source.json");

    /// <summary>Unpacks what a reference names, unless it is there.</summary>
    /// <returns>The envelope and its directory.</returns>
    /// <exception cref="EnvelopeException">
    /// There is no such envelope, it is damaged, or no trusted key signed it.
    /// </exception>
    public async Task<(EnvelopeContent Envelope, string Directory)> UnpackAsync(string reference)
    {
        var stamp = EnvelopeResolver.IsFile(reference) ? SourceStamp.Of(reference) : null;
        if (keys.Count == 0 && await UnpackedBeforeAsync(reference, stamp) is { } before)
        {
            return before;
        }

        var resolved = await EnvelopeResolver.OpenAsync(reference, store);
        if (keys.Count > 0)
        {
            await resolved.VerifySignatureAsync(keys);
        }

        var directory = DirectoryOf(resolved.Content.Digest);
        var unpacked = await EnvelopeUnpacking.TryOpenAsync(resolved.Content.Digest, directory);
        if (unpacked is null)
        {
            RemoveUnpacked();
            await resolved.Content.UnpackAsync(directory);
            unpacked = await UnpackedEnvelope.OpenAsync(directory);
        }

        await EnvelopeUnpacking.WriteLabelsAsync(resolved.Journal.Labels, directory);
        if (stamp is not null)
        {
            await File.WriteAllBytesAsync(StampPath, JsonSerializer.SerializeToUtf8Bytes(
                new UnpackedStamp(stamp, resolved.Content.Digest.ToString()),
                UnpackedStampContext.Default.UnpackedStamp));
        }

        return (unpacked, directory);
    }

    /// <summary>What is there of a file that is as it was, or of a digest.</summary>
    private async Task<(EnvelopeContent Envelope, string Directory)?> UnpackedBeforeAsync(
        string reference, SourceStamp? stamp)
    {
        if (stamp is not null && ReadStamp() is { } known && known.File == stamp
            && Digest.TryParse(known.Envelope, out var digest)
            && await EnvelopeUnpacking.TryOpenAsync(digest, DirectoryOf(digest)) is { } same)
        {
            return (same, DirectoryOf(digest));
        }

        if (PinnedInRegistry(reference) is { } pinned
            && await EnvelopeUnpacking.TryOpenAsync(pinned, DirectoryOf(pinned)) is { } whole
            && File.Exists(Path.Combine(DirectoryOf(pinned), UnpackedPaths.Labels)))
        {
            return (whole, DirectoryOf(pinned));
        }

        return null;
    }

    /// <returns>The digest of an address in a registry; null for a tag, and for other references.</returns>
    private static Digest? PinnedInRegistry(string reference) => EnvelopeResolver.IsAddress(reference)
        && Digest.TryParse(reference[(reference.IndexOf('@', StringComparison.Ordinal) + 1)..], out var digest)
        ? digest
        : null;

    private string DirectoryOf(Digest envelope) => Path.Combine(root, envelope.Short);

    private UnpackedStamp? ReadStamp()
    {
        try
        {
            return File.Exists(StampPath)
                ? JsonSerializer.Deserialize(File.ReadAllBytes(StampPath), UnpackedStampContext.Default.UnpackedStamp)
                : null;
        }
        catch (JsonException)
        {
            return null; // torn: it is written again
        }
    }

    /// <summary>
    /// Removes what was unpacked before: it is damaged, or of envelopes that the project no longer names.
    /// </summary>
    private void RemoveUnpacked()
    {
        try
        {
            if (Directory.Exists(root))
            {
                Directory.Delete(root, recursive: true);
            }
        }
        catch (Exception held) when (held is IOException or UnauthorizedAccessException)
        {
            // Another build or an editor has a file of it open. Files are replaced one by one then, and checked.
        }
    }
}

/// <summary>Which envelope a <c>.envelope</c> file had in it.</summary>
internal sealed record UnpackedStamp(SourceStamp File, string Envelope);

/// <summary>A file as the file system knows it without reading it.</summary>
internal sealed record SourceStamp(string Path, long Length, DateTime Written)
{
    /// <returns>Null when there is no such file.</returns>
    public static SourceStamp? Of(string path)
    {
        var file = new FileInfo(path);
        return file.Exists ? new(file.FullName, file.Length, file.LastWriteTimeUtc) : null;
    }
}

[JsonSerializable(typeof(UnpackedStamp))]
internal sealed partial class UnpackedStampContext : JsonSerializerContext;
