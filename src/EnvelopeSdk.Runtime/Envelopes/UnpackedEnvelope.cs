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
        var paths = new Dictionary<Digest, string>();
        foreach (var blob in manifest.Layers.Append(manifest.Config))
        {
            var path = Path.Combine(directory, blob.FilePath ?? UnpackedPaths.Config);
            if (!paths.TryGetValue(blob.Digest, out var other) || !File.Exists(other))
            {
                // Of several files with one content, one that is there: a service has no code.
                paths[blob.Digest] = path;
            }
        }

        return await EnvelopeContent.OpenAsync(bytes, new FileBlobs(paths.GetValueOrDefault), cancellationToken);
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
}
