using EnvelopeSdk.Envelopes;

namespace EnvelopeSdk.Packing;

/// <summary>
/// Writes the content of one envelope into a store's staging. Nothing of it is in the store before it is committed.
/// Files may be added at once.
/// </summary>
/// <param name="staged">Takes the content.</param>
internal sealed class EnvelopePacker(IStagedEnvelope staged)
{
    private readonly List<OciDescriptor> _layers = [];
    private readonly Dictionary<string, string> _paths = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Adds a file that is written piece by piece.</summary>
    public async ValueTask AddAsync(
        string path, string mediaType, Func<Stream, ValueTask> write, CancellationToken cancellationToken)
    {
        Take(path);
        AddLayer(path, mediaType, await staged.AddAsync(write, cancellationToken));
    }

    /// <summary>Adds a file of this machine.</summary>
    public async ValueTask AddFileAsync(
        string path, string mediaType, string file, CancellationToken cancellationToken)
    {
        Take(path);
        AddLayer(path, mediaType, await staged.AddFileAsync(file, cancellationToken));
    }

    /// <summary>Adds a file whose bytes are at hand.</summary>
    public ValueTask AddAsync(
        string path, string mediaType, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken) =>
        AddAsync(path, mediaType, stream => stream.WriteAsync(bytes, cancellationToken), cancellationToken);

    /// <summary>Adds the record and the manifest.</summary>
    /// <returns>The digest of the manifest, which is the envelope's identity.</returns>
    public async ValueTask<Digest> FinishAsync(EnvelopeRecord record, CancellationToken cancellationToken)
    {
        var text = EnvelopeJsonContext.Write(record, c => c.EnvelopeRecord);
        await AddAsync(EnvelopeContent.RecordPath, ModelPackMediaTypes.Doc, text, cancellationToken);
        _layers.Sort((left, right) => string.CompareOrdinal(left.FilePath, right.FilePath));

        var config = EnvelopeJsonContext.Write(
            new ModelPackConfig
            {
                Descriptor = new()
                {
                    Name = record.Name,
                    Revision = record.Provenance.Git?.Commit,
                    Description = record.Description,
                },
                Config = new() { Format = "dotnet" },
                Modelfs = new() { DiffIds = [.. _layers.Select(layer => layer.Digest)] },
            },
            c => c.ModelPackConfig);
        var manifest = EnvelopeJsonContext.Write(
            new OciManifest
            {
                SchemaVersion = 2,
                MediaType = ModelPackMediaTypes.Manifest,
                ArtifactType = ModelPackMediaTypes.Artifact,
                Config = await AddConfigAsync(config, cancellationToken),
                Layers = _layers,
                Annotations = new(StringComparer.Ordinal) { [OciAnnotations.Title] = record.Name },
            },
            c => c.OciManifest);
        var (digest, _) = await staged.AddAsync(
            stream => stream.WriteAsync(manifest, cancellationToken), cancellationToken);
        return digest;
    }

    /// <summary>
    /// Takes a path for one file, and with it each that file systems without letter case take for it.
    /// </summary>
    private void Take(string path)
    {
        lock (_layers)
        {
            if (!_paths.TryAdd(path, path))
            {
                throw new EnvelopeException(
                    EnvelopeError.Invalid,
                    _paths[path] == path
                        ? $"'{path}' is in the envelope already. Give each file a name of its own."
                        : $"'{path}' and '{_paths[path]}' differ in letter case alone, and are one file on Windows and "
                            + "macOS. Rename one of them; 'state/NAME' is named after a parameter of the constructor.");
            }
        }
    }

    private void AddLayer(string path, string mediaType, (Digest Digest, long Size) content)
    {
        var layer = new OciDescriptor
        {
            MediaType = mediaType,
            Digest = content.Digest,
            Size = content.Size,
            Annotations = new(StringComparer.Ordinal) { [OciAnnotations.FilePath] = path },
        };
        lock (_layers)
        {
            _layers.Add(layer);
        }
    }

    private async ValueTask<OciDescriptor> AddConfigAsync(byte[] config, CancellationToken cancellationToken)
    {
        var (digest, size) = await staged.AddAsync(
            stream => stream.WriteAsync(config, cancellationToken), cancellationToken);
        return new OciDescriptor { MediaType = ModelPackMediaTypes.Config, Digest = digest, Size = size };
    }
}
