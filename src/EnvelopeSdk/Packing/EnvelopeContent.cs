namespace EnvelopeSdk.Packing;

/// <summary>A saved envelope, open for reading. Every file is checked against its digest before it is given out.</summary>
public sealed class EnvelopeContent
{
    // The files of an unpacked envelope that have no path of their own.
    private const string ManifestPath = "manifest.json";
    private const string ConfigPath = "config.json";

    private readonly OciManifest _manifest;
    private readonly byte[] _manifestBytes;
    private readonly Func<OciDescriptor, string> _locate;

    private EnvelopeContent(byte[] manifestBytes, OciManifest manifest, Func<OciDescriptor, string> locate)
    {
        (_manifestBytes, _manifest, _locate) = (manifestBytes, manifest, locate);
        Digest = Digest.Of(manifestBytes);
    }

    /// <summary>The envelope's identity: the digest of its manifest.</summary>
    public Digest Digest { get; }

    /// <summary>What <c>envelope.json</c> says.</summary>
    public required EnvelopeRecord Record { get; init; }

    /// <summary>The files of the envelope: path in the envelope and size in bytes, sorted by path.</summary>
    public IEnumerable<(string Path, long Size)> Files => _manifest.Layers.Select(layer => (layer.FilePath!, layer.Size));

    internal IEnumerable<OciDescriptor> Blobs => [ManifestDescriptor, _manifest.Config, .. _manifest.Layers];

    internal OciDescriptor ManifestDescriptor => new()
    {
        MediaType = ModelPackMediaTypes.Manifest,
        ArtifactType = _manifest.ArtifactType,
        Digest = Digest,
        Size = _manifestBytes.Length,
    };

    /// <summary>Opens an envelope that <see cref="UnpackAsync"/> wrote.</summary>
    /// <param name="directory">The directory.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <exception cref="EnvelopeException">It is not there, or damaged.</exception>
    public static async Task<EnvelopeContent> OpenUnpackedAsync(string directory, CancellationToken cancellationToken = default)
    {
        var manifestPath = Path.Combine(directory, ManifestPath);
        if (!File.Exists(manifestPath))
        {
            throw new EnvelopeException(EnvelopeError.NotFound, $"There is no envelope in '{directory}'. Build the service again.");
        }

        return await OpenAsync(
            await StoredFile.ReadAsync(manifestPath, cancellationToken),
            blob => Path.Combine(directory, blob.FilePath ?? ConfigPath), cancellationToken);
    }

    /// <summary>Opens a file of the envelope after checking its digest.</summary>
    /// <param name="path">The path in the envelope, for example <c>state/pipeline.zip</c>.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>A stream that can be sought, at its start.</returns>
    /// <exception cref="EnvelopeException">The envelope has no such file, or it is damaged.</exception>
    public async Task<Stream> OpenAsync(string path, CancellationToken cancellationToken = default)
    {
        var layer = _manifest.Layers.FirstOrDefault(layer => layer.FilePath == path)
            ?? throw new EnvelopeException(EnvelopeError.Mismatch, $"Envelope {Digest} has no file '{path}'. It has: {string.Join(", ", Files.Select(file => file.Path))}.");
        return await OpenVerifiedAsync(layer, cancellationToken);
    }

    /// <summary>Reads a file of the envelope after checking its digest.</summary>
    /// <inheritdoc cref="OpenAsync(string, CancellationToken)"/>
    public async Task<byte[]> ReadAsync(string path, CancellationToken cancellationToken = default)
    {
        await using var stream = await OpenAsync(path, cancellationToken);
        var bytes = new byte[stream.Length];
        await stream.ReadExactlyAsync(bytes, cancellationToken);
        return bytes;
    }

    /// <summary>The examples recorded when the envelope was saved.</summary>
    /// <param name="cancellationToken">Stops the reading.</param>
    public async Task<IReadOnlyList<PredictionExample>> ReadExamplesAsync(CancellationToken cancellationToken = default) =>
        _manifest.Layers.Any(layer => layer.FilePath == EnvelopePacker.ExamplesPath)
            ? PackingJsonContext.Read(await ReadAsync(EnvelopePacker.ExamplesPath, cancellationToken), c => c.IReadOnlyListPredictionExample, EnvelopePacker.ExamplesPath)
            : [];

    /// <summary>Checks every file against its digest.</summary>
    /// <param name="cancellationToken">Stops the checking.</param>
    /// <exception cref="EnvelopeException">A file is missing or damaged.</exception>
    public async Task VerifyAsync(CancellationToken cancellationToken = default)
    {
        foreach (var blob in Blobs.Skip(1))
        {
            await using var stream = await OpenVerifiedAsync(blob, cancellationToken);
        }
    }

    /// <summary>Writes the envelope's files under their own paths, with <c>manifest.json</c> and <c>config.json</c>.</summary>
    /// <param name="directory">The directory; it is made if it is not there.</param>
    /// <param name="cancellationToken">Stops the writing.</param>
    public async Task UnpackAsync(string directory, CancellationToken cancellationToken = default)
    {
        foreach (var blob in _manifest.Layers.Append(_manifest.Config))
        {
            var target = Path.Combine(directory, blob.FilePath ?? ConfigPath);
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            await using var source = await OpenVerifiedAsync(blob, cancellationToken);
            await using var file = new FileStream(target, FileMode.Create, FileAccess.Write, FileShare.None);
            await source.CopyToAsync(file, cancellationToken);
        }

        // Last: a directory without a manifest is one whose unpacking was cut off.
        await DurableFile.ReplaceAsync(Path.Combine(directory, ManifestPath), _manifestBytes, cancellationToken);
    }

    internal static async Task<EnvelopeContent> OpenAsync(byte[] manifestBytes, Func<OciDescriptor, string> locate, CancellationToken cancellationToken)
    {
        var manifest = PackingJsonContext.Read(manifestBytes, c => c.OciManifest, ManifestPath);
        CheckPaths(manifest);
        if (manifest.Layers.All(layer => layer.FilePath != EnvelopePacker.RecordPath))
        {
            throw new EnvelopeException(EnvelopeError.Damaged, $"Artifact {Digest.Of(manifestBytes)} has no file '{EnvelopePacker.RecordPath}', so it is not a model envelope. Import the envelope from a copy, or save it again.");
        }

        var bare = new EnvelopeContent(manifestBytes, manifest, locate) { Record = null! };
        var json = await bare.ReadAsync(EnvelopePacker.RecordPath, cancellationToken);
        var format = PackingJsonContext.Read(json, c => c.EnvelopeFormat, EnvelopePacker.RecordPath).FormatVersion;
        if (format > EnvelopeRecord.CurrentFormat)
        {
            throw new EnvelopeException(EnvelopeError.Mismatch, $"Envelope {bare.Digest} has the format {format}, and this version of EnvelopeSdk reads formats up to {EnvelopeRecord.CurrentFormat}. Update EnvelopeSdk.");
        }

        var record = PackingJsonContext.Read(json, c => c.EnvelopeRecord, EnvelopePacker.RecordPath);
        return new EnvelopeContent(manifestBytes, manifest, locate) { Record = record };
    }

    internal Stream OpenManifest() => new MemoryStream(_manifestBytes, writable: false);

    internal async Task<Stream> OpenVerifiedAsync(OciDescriptor blob, CancellationToken cancellationToken)
    {
        var path = _locate(blob);
        if (!File.Exists(path))
        {
            throw new EnvelopeException(EnvelopeError.Damaged, $"Envelope {Digest} is damaged: '{path}' ({blob.FilePath ?? blob.MediaType}) is missing. Import the envelope from a copy, or save it again.");
        }

        var stream = StoredFile.Open(path);
        try
        {
            if (stream.Length != blob.Size || await Digest.OfAsync(stream, cancellationToken) != blob.Digest)
            {
                throw new EnvelopeException(EnvelopeError.Damaged, $"Envelope {Digest} is damaged: '{path}' ({blob.FilePath ?? blob.MediaType}) is not the {blob.Size} bytes that were saved. Import the envelope from a copy, or save it again.");
            }

            stream.Position = 0;
            return stream;
        }
        catch
        {
            await stream.DisposeAsync();
            throw;
        }
    }

    /// <summary>Refuses a manifest whose files would leave the directory they are unpacked in, or take each other's place there.</summary>
    private static void CheckPaths(OciManifest manifest)
    {
        if (manifest.Config.FilePath is { } configPath)
        {
            throw new EnvelopeException(EnvelopeError.Damaged, $"The manifest names a file '{configPath}' for its config, which has no path. Get the envelope again from where it was saved.");
        }

        var taken = new HashSet<string>(StringComparer.Ordinal) { ManifestPath, ConfigPath };
        var paths = manifest.Layers.Select(layer => layer.FilePath).ToList();
        var stray = paths.FindIndex(path => !IsSafe(path) || !taken.Add(path!));
        if (stray < 0)
        {
            stray = paths.FindIndex(path => Directories(path!).Any(taken.Contains));
        }

        if (stray >= 0)
        {
            throw new EnvelopeException(EnvelopeError.Damaged, $"The manifest names a file '{paths[stray]}' that does not lie within the envelope, or lies where another does. Get the envelope again from where it was saved.");
        }
    }

    private static bool IsSafe(string? path) =>
        path is { Length: > 0 } && !Path.IsPathRooted(path) && path.AsSpan().IndexOfAny('\\', '\0') < 0
        && !path.Split('/').Any(part => part is "" or "." or "..");

    private static IEnumerable<string> Directories(string path)
    {
        for (var slash = path.IndexOf('/', StringComparison.Ordinal); slash >= 0; slash = path.IndexOf('/', slash + 1))
        {
            yield return path[..slash];
        }
    }
}
