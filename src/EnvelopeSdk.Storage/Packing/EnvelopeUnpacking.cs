using EnvelopeSdk.Envelopes;

namespace EnvelopeSdk.Packing;

/// <summary>
/// Unpacks envelopes for builds, and tells without reading a file again whether one that was unpacked before is still
/// what it was: each file's size and time are kept beside it.
/// </summary>
public static class EnvelopeUnpacking
{
    /// <summary>
    /// Writes the envelope's files under their own paths, each checked, with its manifest and config.
    /// </summary>
    /// <param name="content">The envelope.</param>
    /// <param name="directory">The directory; it is made if it is not there.</param>
    /// <param name="cancellationToken">Stops the writing.</param>
    /// <exception cref="EnvelopeException">The envelope is damaged.</exception>
    public static async Task UnpackAsync(
        this EnvelopeContent content, string directory, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(content);
        var paths = new List<string>();
        foreach (var blob in content.Blobs)
        {
            var path = blob.FilePath ?? UnpackedPaths.Config;
            var target = Path.Combine(directory, path);
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            await WriteAsync(content, blob, target, cancellationToken);
            paths.Add(path);
        }

        var stamps = new FileStamps { Files = [.. paths.Select(path => FileStamp.Of(directory, path)!)] };
        await WriteAsync(
            directory, UnpackedPaths.Stamps, EnvelopeJsonContext.Write(stamps, c => c.FileStamps), cancellationToken);

        // Last: a directory without a manifest is one whose unpacking was cut off.
        await WriteAsync(directory, UnpackedPaths.Manifest, content.Manifest, cancellationToken);
    }

    /// <summary>Opens an envelope that was unpacked before.</summary>
    /// <param name="digest">The envelope.</param>
    /// <param name="directory">The directory.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>Null when it is not there, or not as it was unpacked.</returns>
    public static async Task<EnvelopeContent?> TryOpenAsync(
        Digest digest, string directory, CancellationToken cancellationToken = default)
    {
        try
        {
            var path = Path.Combine(directory, UnpackedPaths.Stamps);
            if (!File.Exists(path))
            {
                return null;
            }

            var stamps = EnvelopeJsonContext.Read(
                await StoredFile.ReadAsync(path, cancellationToken), c => c.FileStamps, path);
            var unpacked = await UnpackedEnvelope.OpenAsync(directory, cancellationToken);
            var isSame = unpacked.Digest == digest
                && stamps.Files.Count == unpacked.Blobs.Count()
                && stamps.Files.All(stamp => stamp?.Path is { } file && FileStamp.Of(directory, file) == stamp);
            return isSame ? unpacked : null;
        }
        catch (EnvelopeException)
        {
            return null; // its like is unpacked in its place
        }
    }

    /// <summary>Writes the tags and metrics beside an unpacked envelope, unless the same are there.</summary>
    /// <param name="labels">The tags and metrics.</param>
    /// <param name="directory">The directory.</param>
    /// <param name="cancellationToken">Stops the writing.</param>
    public static async Task WriteLabelsAsync(
        EnvelopeLabels labels, string directory, CancellationToken cancellationToken = default)
    {
        var text = EnvelopeJsonContext.Write(labels, c => c.EnvelopeLabels);
        var path = Path.Combine(directory, UnpackedPaths.Labels);
        if (!File.Exists(path) || !(await StoredFile.ReadAsync(path, cancellationToken)).AsSpan().SequenceEqual(text))
        {
            await WriteAsync(directory, UnpackedPaths.Labels, text, cancellationToken);
        }
    }

    private static async Task WriteAsync(
        EnvelopeContent content, OciDescriptor blob, string target, CancellationToken cancellationToken)
    {
        if (await content.FileOfAsync(blob) is { } source)
        {
            var copied = await ClonedFile.CopyAsync(source, target, isDurable: false, cancellationToken);
            if (copied != (blob.Digest, blob.Size))
            {
                File.Delete(target);
                throw content.Changed(blob);
            }

            return;
        }

        File.Delete(target); // not written over: a build may have linked it to another place
        await using var stream = await content.OpenVerifiedAsync(blob, cancellationToken);
        await using var file = new FileStream(target, FileMode.CreateNew, FileAccess.Write, FileShare.None);
        await stream.CopyToAsync(file, cancellationToken);
    }

    private static ValueTask WriteAsync(
        string directory, string name, ReadOnlyMemory<byte> text, CancellationToken cancellationToken) =>
        DurableFile.ReplaceAsync(Path.Combine(directory, name), text, cancellationToken);
}
