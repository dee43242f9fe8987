namespace EnvelopeSdk.Envelopes;

/// <summary>An envelope whose files lie under their own paths in a directory, as beside a service's assembly.</summary>
public static class UnpackedEnvelope
{
    /// <summary>Opens it.</summary>
    /// <param name="directory">The directory.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <exception cref="EnvelopeException">
    /// It is not there, damaged, or of a form that this version does not read.
    /// </exception>
    public static async Task<EnvelopeContent> OpenAsync(string directory, CancellationToken cancellationToken = default)
    {
        var manifestPath = Path.Combine(directory, UnpackedPaths.Manifest);
        if (!File.Exists(manifestPath))
        {
            throw new EnvelopeException(
                EnvelopeError.NotFound, $"There is no envelope in '{directory}'. Build the service again.");
        }

        var bytes = await StoredFile.ReadAsync(manifestPath, cancellationToken);
        var manifest = ManifestReader.Read(bytes, manifestPath);
        return await EnvelopeContent.OpenAsync(bytes, BlobsOf(manifest, directory), cancellationToken);
    }

    /// <summary>
    /// Opens the one that a program was built of. The build has checked what it says, so nothing is looked at but
    /// whether it is the same.
    /// </summary>
    /// <param name="directory">The directory.</param>
    /// <param name="built">The envelope that the program was built of, as <c>NAME@DIGEST</c>.</param>
    /// <returns>Null when it is not there as it was.</returns>
    public static EnvelopeContent? TryOpenBuilt(string directory, string built)
    {
        ArgumentNullException.ThrowIfNull(built);
        if (Read(UnpackedPaths.Manifest) is not { } manifest
            || !built.EndsWith("@" + Digest.Of(manifest), StringComparison.Ordinal))
        {
            return null;
        }

        var parsed = KnownDocuments.Manifest(manifest);
        var layer = parsed.Layers.FirstOrDefault(one => one.FilePath == EnvelopeContent.RecordPath);
        return layer is not null && Read(EnvelopeContent.RecordPath) is { } record && Digest.Of(record) == layer.Digest
            ? EnvelopeContent.Known(manifest, parsed, record, BlobsOf(parsed, directory))
            : null;

        byte[]? Read(string path)
        {
            try
            {
                return File.ReadAllBytes(Path.Combine(directory, path));
            }
            catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
            {
                return null; // who reads it whole says why
            }
        }
    }

    /// <summary>Reads the tags and metrics that it had when it was unpacked.</summary>
    /// <param name="directory">The directory.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>None when they were not written.</returns>
    /// <exception cref="EnvelopeException">They cannot be read.</exception>
    public static async Task<EnvelopeLabels> ReadLabelsAsync(
        string directory, CancellationToken cancellationToken = default)
    {
        var path = Path.Combine(directory, UnpackedPaths.Labels);
        return File.Exists(path)
            ? EnvelopeJsonContext.Read(await StoredFile.ReadAsync(path, cancellationToken), c => c.EnvelopeLabels, path)
            : EnvelopeLabels.None;
    }

    private static FileBlobs BlobsOf(OciManifest manifest, string directory)
    {
        var paths = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var blob in manifest.Layers.Append(manifest.Config))
        {
            var path = Path.Combine(directory, blob.FilePath ?? UnpackedPaths.Config);
            if (!paths.TryGetValue(blob.Digest.Hex, out var other) || !File.Exists(other))
            {
                // Of several files with one content, one that is there: a service has no code.
                paths[blob.Digest.Hex] = path;
            }
        }

        return new(digest => paths.GetValueOrDefault(digest.Hex));
    }
}
