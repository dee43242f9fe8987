namespace EnvelopeSdk.Envelopes;

/// <summary>
/// A saved envelope, open for reading. Every file is checked against its digest before it is given out.
/// </summary>
public sealed class EnvelopeContent
{
    /// <summary>The path of the record in every envelope.</summary>
    public const string RecordPath = "envelope.json";

    /// <summary>The path of the examples in an envelope that has some.</summary>
    public const string ExamplesPath = "examples.json";

    private readonly OciManifest _manifest;
    private readonly byte[] _manifestBytes;
    private readonly IBlobSource _blobs;
    private readonly Lazy<EnvelopeRecord> _record;
    private readonly bool _isKnown;

    private EnvelopeContent(
        byte[] manifestBytes, OciManifest manifest, IBlobSource blobs, RecordHead head, Lazy<EnvelopeRecord> record,
        bool isKnown)
    {
        (_manifestBytes, _manifest, _blobs, Head, _record) = (manifestBytes, manifest, blobs, head, record);
        _isKnown = isKnown;
        Digest = Digest.Of(manifestBytes);
    }

    /// <summary>The envelope's identity: the digest of its manifest.</summary>
    public Digest Digest { get; }

    /// <summary>What <c>envelope.json</c> says.</summary>
    /// <exception cref="EnvelopeException">It is read only now, and cannot be.</exception>
    public EnvelopeRecord Record => _record.Value;

    /// <summary>The envelope's name and identity.</summary>
    public EnvelopeReference Reference => new(Head.Name, Digest);

    /// <summary>The files of the envelope: path in the envelope and size in bytes, sorted by path.</summary>
    public IEnumerable<(string Path, long Size)> Files =>
        _manifest.Layers.Select(layer => (layer.FilePath!, layer.Size));

    /// <summary>The manifest as it was written.</summary>
    public ReadOnlyMemory<byte> Manifest => _manifestBytes;

    /// <summary>The part of the record that a model is loaded by, which is there before the record is.</summary>
    internal RecordHead Head { get; }

    /// <summary>All content but the manifest: the config first.</summary>
    internal IEnumerable<OciDescriptor> Blobs => [_manifest.Config, .. _manifest.Layers];

    internal OciDescriptor ManifestDescriptor => new()
    {
        MediaType = ModelPackMediaTypes.Manifest,
        ArtifactType = _manifest.ArtifactType,
        Digest = Digest,
        Size = _manifestBytes.Length,
    };

    /// <summary>Opens an envelope.</summary>
    /// <param name="manifest">The bytes of its manifest.</param>
    /// <param name="blobs">Where its content is.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <exception cref="EnvelopeException">
    /// It is no envelope, damaged, or of a form that this version does not read.
    /// </exception>
    public static async Task<EnvelopeContent> OpenAsync(
        ReadOnlyMemory<byte> manifest, IBlobSource blobs, CancellationToken cancellationToken = default)
    {
        var bytes = manifest.ToArray();
        var parsed = ManifestReader.Read(bytes, UnpackedPaths.Manifest);
        var digest = Digest.Of(bytes);
        var layer = parsed.Layers.FirstOrDefault(layer => layer.FilePath == RecordPath) ?? throw new EnvelopeException(
            EnvelopeError.Damaged,
            $"Artifact {digest} has no file '{RecordPath}', so it is not a model envelope. "
            + "Import the envelope from a copy, or save it again.");
        var json = await new VerifiedBlobs(blobs, digest).ReadAsync(layer, cancellationToken);
        var record = RecordReader.Read(json, digest);
        ManifestReader.CheckFiles(parsed, UnpackedPaths.Manifest);
        RecordFiles.Check(record, parsed, digest);
        return new EnvelopeContent(bytes, parsed, blobs, RecordHead.Of(record), new(record), isKnown: false);
    }

    /// <summary>
    /// Opens an envelope that was checked before, with its examples, of which its record is read when it is asked for.
    /// </summary>
    /// <param name="manifest">The bytes of its manifest, whose digest is known.</param>
    /// <param name="parsed">What they say.</param>
    /// <param name="record">The bytes of its record, whose digest is in the manifest.</param>
    /// <param name="blobs">Where its content is.</param>
    internal static EnvelopeContent Known(byte[] manifest, OciManifest parsed, byte[] record, IBlobSource blobs)
    {
        var digest = Digest.Of(manifest);
        return new(
            manifest, parsed, blobs, KnownDocuments.Head(record), new(() => RecordReader.Read(record, digest)),
            isKnown: true);
    }

    /// <summary>Opens a file of the envelope after checking its digest.</summary>
    /// <param name="path">The path in the envelope, for example <c>state/pipeline/model.zip</c>.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>A stream that can be sought, at its start.</returns>
    /// <exception cref="EnvelopeException">The envelope has no such file, or it is damaged.</exception>
    public async Task<Stream> OpenAsync(string path, CancellationToken cancellationToken = default) =>
        await OpenVerifiedAsync(Layer(path), cancellationToken);

    /// <summary>Reads a file of the envelope after checking its digest.</summary>
    /// <inheritdoc cref="OpenAsync(string, CancellationToken)"/>
    public async Task<byte[]> ReadAsync(string path, CancellationToken cancellationToken = default) =>
        await new VerifiedBlobs(_blobs, Digest).ReadAsync(Layer(path), cancellationToken);

    /// <summary>
    /// Finds the path under which a file of the envelope lies on this machine, after checking its digest.
    /// </summary>
    /// <param name="path">The path in the envelope.</param>
    /// <param name="cancellationToken">Stops the checking.</param>
    /// <returns>The path on this machine; null when the content comes from elsewhere.</returns>
    /// <exception cref="EnvelopeException">The envelope has no such file, or it is damaged.</exception>
    public async Task<string?> FindPathAsync(string path, CancellationToken cancellationToken = default)
    {
        var layer = Layer(path);
        if (_blobs.FindPath(layer.Digest) is not { } file)
        {
            return null;
        }

        await using var checkedContent = await OpenVerifiedAsync(layer, cancellationToken);
        return file;
    }

    /// <summary>The examples recorded when the envelope was saved.</summary>
    /// <param name="cancellationToken">Stops the reading.</param>
    public async Task<IReadOnlyList<PredictionExample>> ReadExamplesAsync(
        CancellationToken cancellationToken = default)
    {
        if (!_manifest.Layers.Any(layer => layer.FilePath == ExamplesPath))
        {
            return [];
        }

        var json = await ReadAsync(ExamplesPath, cancellationToken);
        return (_isKnown ? KnownDocuments.Examples(json) : null)
            ?? EnvelopeJsonContext.Read(json, c => c.IReadOnlyListPredictionExample, ExamplesPath);
    }

    /// <summary>Checks every file against its digest.</summary>
    /// <param name="cancellationToken">Stops the checking.</param>
    /// <exception cref="EnvelopeException">A file is missing or damaged.</exception>
    public async Task VerifyAsync(CancellationToken cancellationToken = default)
    {
        foreach (var blob in Blobs)
        {
            await using var stream = await OpenVerifiedAsync(blob, cancellationToken);
        }
    }

    internal Task<Stream> OpenVerifiedAsync(OciDescriptor blob, CancellationToken cancellationToken) =>
        new VerifiedBlobs(_blobs, Digest).OpenAsync(blob, cancellationToken);

    /// <summary>Opens content for a copy, whose digest is compared: <see cref="Changed"/> if it differs.</summary>
    internal Task<Stream> OpenUncheckedAsync(OciDescriptor blob, CancellationToken cancellationToken) =>
        new VerifiedBlobs(_blobs, Digest).OpenUncheckedAsync(blob, cancellationToken);

    /// <summary>The file of this machine that holds just the content, unchecked; null when there is none.</summary>
    /// <exception cref="EnvelopeException">It cannot be read.</exception>
    internal async ValueTask<string?> FileOfAsync(OciDescriptor blob)
    {
        var path = _blobs.FindPath(blob.Digest);
        if (path is not null)
        {
            await using var readable = StoredFile.Open(path);
        }

        return path;
    }

    /// <summary>
    /// Opens a file for who hashes it while reading, and gives nothing of it out before <see cref="CheckDigest"/>.
    /// </summary>
    /// <returns>A stream that can be sought, at its start.</returns>
    internal async Task<Stream> OpenToHashAsync(string path, CancellationToken cancellationToken)
    {
        var layer = Layer(path);
        var stream = await OpenUncheckedAsync(layer, cancellationToken);
        if (stream.CanSeek && stream.Length == layer.Size)
        {
            return stream;
        }

        await stream.DisposeAsync();
        return await OpenVerifiedAsync(layer, cancellationToken);
    }

    /// <exception cref="EnvelopeException">The digest of what was read is not that of the file.</exception>
    internal void CheckDigest(string path, Digest read)
    {
        var layer = Layer(path);
        if (layer.Digest != read)
        {
            throw Changed(layer);
        }
    }

    internal EnvelopeException Changed(OciDescriptor blob) => new VerifiedBlobs(_blobs, Digest).Changed(blob);

    private OciDescriptor Layer(string path) => _manifest.Layers.FirstOrDefault(layer => layer.FilePath == path)
        ?? throw new EnvelopeException(
            EnvelopeError.Mismatch,
            $"Envelope {Digest} has no file '{path}'. It has: {string.Join(", ", Files.Select(file => file.Path))}.");
}
