namespace EnvelopeSdk.Envelopes;

/// <summary>
/// Reads manifests, wherever they come from. One that is read is one that this library could have written.
/// </summary>
internal static class ManifestReader
{
    /// <summary>The most bytes of a manifest: what registries take.</summary>
    public const int Largest = 4 << 20;

    /// <summary>The most files of an envelope.</summary>
    public const int MostLayers = 10_000;

    private const long LargestConfig = 4 << 20;

    /// <summary>Reads a manifest.</summary>
    /// <param name="json">Its bytes.</param>
    /// <param name="path">Where it comes from, for the error.</param>
    /// <exception cref="EnvelopeException">It is not the manifest of an envelope.</exception>
    public static OciManifest Read(byte[] json, string path)
    {
        if (json.Length > Largest)
        {
            throw Unsound(path, $"has {json.Length} bytes, and at most {Largest} in an envelope");
        }

        var manifest = EnvelopeJsonContext.Read(json, c => c.OciManifest, path);
        return (WhyUnsound(manifest) ?? WhyUnsound(manifest.Config) ?? WhyUnsoundLayers(manifest.Layers)
            ?? ManifestPaths.WhyUnsound(manifest)) is { } reason
            ? throw Unsound(path, reason)
            : manifest;
    }

    /// <summary>
    /// Looks at which files there are, when the record has said that they are those of a form that is read: one of
    /// another form is told as that.
    /// </summary>
    /// <param name="manifest">The manifest.</param>
    /// <param name="path">Where it comes from, for the error.</param>
    /// <exception cref="EnvelopeException">A file is none of an envelope, or not in its place.</exception>
    public static void CheckFiles(OciManifest manifest, string path)
    {
        if (WhyUnsoundKinds(manifest.Layers) is { } reason)
        {
            throw Unsound(path, reason);
        }
    }

    private static string? WhyUnsound(OciManifest manifest) => manifest switch
    {
        { SchemaVersion: not 2 } => $"has the schemaVersion {manifest.SchemaVersion}, and not 2",
        { MediaType: not ModelPackMediaTypes.Manifest } => $"has the mediaType '{SafeText.Of(manifest.MediaType)}'",
        { ArtifactType: not ModelPackMediaTypes.Artifact } =>
            $"has the artifactType '{SafeText.Of(manifest.ArtifactType)}', and not '{ModelPackMediaTypes.Artifact}'",
        { Layers.Count: > MostLayers } =>
            $"names {manifest.Layers.Count} files, and at most {MostLayers} in an envelope",
        _ => null,
    };

    private static string? WhyUnsound(OciDescriptor config) => config switch
    {
        { MediaType: not ModelPackMediaTypes.Config } =>
            $"has a config of the mediaType '{SafeText.Of(config.MediaType)}'",
        { FilePath: { } path } => $"names a file '{SafeText.Of(path)}' for its config, which has no path",
        { Size: < 0 or > LargestConfig } =>
            $"has a config of {config.Size} bytes, and at most {LargestConfig} in an envelope",
        _ => null,
    };

    private static string? WhyUnsoundLayers(IReadOnlyList<OciDescriptor> layers)
    {
        var sizes = new Dictionary<Digest, long>();
        foreach (var layer in layers)
        {
            var path = layer.FilePath ?? "";
            if (layer.Size < 0 || layer.Size > LayerKinds.Largest(path))
            {
                return $"names a file '{SafeText.Of(path)}' of {layer.Size} bytes, and at most "
                    + $"{LayerKinds.Largest(path)} are in an envelope";
            }

            if (!sizes.TryAdd(layer.Digest, layer.Size) && sizes[layer.Digest] != layer.Size)
            {
                return $"says two sizes of {layer.Digest}";
            }
        }

        return null;
    }

    private static string? WhyUnsoundKinds(IReadOnlyList<OciDescriptor> layers)
    {
        for (var i = 0; i < layers.Count; i++)
        {
            var (path, mediaType) = (layers[i].FilePath!, layers[i].MediaType);
            var kinds = LayerKinds.MediaTypes(path);
            if (!kinds.Contains(mediaType))
            {
                return kinds.Count == 0
                    ? $"names a file '{path}', which no envelope of this form has"
                    : $"names a file '{path}' of the mediaType '{SafeText.Of(mediaType)}', and not '{kinds[0]}'";
            }

            if (i > 0 && string.CompareOrdinal(layers[i - 1].FilePath, path) > 0)
            {
                return $"names '{path}' behind '{layers[i - 1].FilePath}', and not in the order of their paths";
            }
        }

        return null;
    }

    private static EnvelopeException Unsound(string path, string reason) => new(
        EnvelopeError.Damaged,
        $"The manifest '{path}' {reason}. Get the envelope again from where it was saved.");
}
