using System.Security.Cryptography;

namespace EnvelopeSdk.Packing;

/// <summary>
/// Writes the blobs of one envelope into a staging directory. Nothing of it is part of a store before the store takes the
/// blobs over; what is left of an aborted packing goes with the directory.
/// </summary>
/// <param name="staging">An empty directory that is this packer's alone.</param>
internal sealed class EnvelopePacker(string staging)
{
    public const string RecordPath = "envelope.json";
    public const string ExamplesPath = "examples.json";

    private const int BufferSize = 64 * 1024;

    private readonly List<OciDescriptor> _layers = [];

    /// <summary>The staged files, named by the hexadecimal digits of their digests.</summary>
    public IEnumerable<string> Files => Directory.EnumerateFiles(staging).Where(file => Path.GetFileName(file).Length == 64);

    /// <summary>Adds a file that is written piece by piece.</summary>
    public async ValueTask AddAsync(string path, string mediaType, Func<Stream, ValueTask> write, CancellationToken cancellationToken)
    {
        if (_layers.Exists(layer => layer.FilePath == path))
        {
            throw new InvalidOperationException($"'{path}' is in the envelope already.");
        }

        var partial = Path.Combine(staging, "partial");
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        long size;
        await using (var file = new FileStream(partial, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0))
        {
            await using (var buffered = new BufferedStream(new HashingStream(file, hash), BufferSize))
            {
                await write(buffered);
            }

            file.Flush(flushToDisk: true);
            size = file.Length;
        }

        cancellationToken.ThrowIfCancellationRequested();
        var digest = Digest.FromHash(hash.GetHashAndReset());
        File.Move(partial, Path.Combine(staging, digest.Hex), overwrite: true);
        _layers.Add(new OciDescriptor
        {
            MediaType = mediaType,
            Digest = digest,
            Size = size,
            Annotations = new(StringComparer.Ordinal) { [OciAnnotations.FilePath] = path },
        });
    }

    /// <summary>Adds a file whose bytes are at hand.</summary>
    public ValueTask AddAsync(string path, string mediaType, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken) =>
        AddAsync(path, mediaType, stream => stream.WriteAsync(bytes, cancellationToken), cancellationToken);

    /// <summary>Adds the record and the manifest.</summary>
    /// <returns>The descriptor of the manifest; its digest is the envelope's identity.</returns>
    public async ValueTask<OciDescriptor> FinishAsync(EnvelopeRecord record, CancellationToken cancellationToken)
    {
        await AddAsync(RecordPath, ModelPackMediaTypes.Doc, PackingJsonContext.Write(record, c => c.EnvelopeRecord), cancellationToken);
        _layers.Sort((left, right) => string.CompareOrdinal(left.FilePath, right.FilePath));

        var config = PackingJsonContext.Write(
            new ModelPackConfig
            {
                Descriptor = new() { Name = record.Name, Revision = record.Provenance.Git?.Commit, Description = record.Description },
                Config = new() { Format = "dotnet" },
                Modelfs = new() { DiffIds = [.. _layers.Select(layer => layer.Digest)] },
            },
            c => c.ModelPackConfig);
        var manifest = PackingJsonContext.Write(
            new OciManifest
            {
                ArtifactType = ModelPackMediaTypes.Artifact,
                Config = await StageAsync(config, ModelPackMediaTypes.Config, cancellationToken),
                Layers = _layers,
                Annotations = new(StringComparer.Ordinal) { [OciAnnotations.Title] = record.Name },
            },
            c => c.OciManifest);
        return await StageAsync(manifest, ModelPackMediaTypes.Manifest, cancellationToken) with
        {
            ArtifactType = ModelPackMediaTypes.Artifact,
        };
    }

    /// <summary>Copies the blobs of another envelope, checked.</summary>
    public async ValueTask<OciDescriptor> CopyAsync(EnvelopeContent content, CancellationToken cancellationToken)
    {
        await StageAsync(content.OpenManifest(), content.Digest, cancellationToken);
        foreach (var blob in content.Blobs.Skip(1).DistinctBy(blob => blob.Digest))
        {
            await StageAsync(await content.OpenVerifiedAsync(blob, cancellationToken), blob.Digest, cancellationToken);
        }

        return content.ManifestDescriptor;
    }

    private async ValueTask StageAsync(Stream source, Digest digest, CancellationToken cancellationToken)
    {
        await using (source)
        await using (var file = new FileStream(Path.Combine(staging, digest.Hex), FileMode.Create, FileAccess.Write, FileShare.None))
        {
            await source.CopyToAsync(file, cancellationToken);
            file.Flush(flushToDisk: true);
        }
    }

    private async ValueTask<OciDescriptor> StageAsync(byte[] bytes, string mediaType, CancellationToken cancellationToken)
    {
        var digest = Digest.Of(bytes);
        await DurableFile.WriteAsync(Path.Combine(staging, digest.Hex), bytes, cancellationToken);
        return new OciDescriptor { MediaType = mediaType, Digest = digest, Size = bytes.Length };
    }
}
