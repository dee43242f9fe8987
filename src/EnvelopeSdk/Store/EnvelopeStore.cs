using EnvelopeSdk.Packing;
using EnvelopeSdk.Store;

namespace EnvelopeSdk;

/// <summary>
/// Keeps envelopes in a directory: an OCI image layout for each name, and one directory of blobs that they share. Any
/// number of processes may use it at once. A save that fails or is killed leaves no envelope behind.
/// </summary>
public sealed class EnvelopeStore
{
    private readonly string _blobs;
    private readonly string _layouts;
    private readonly StagingArea _staging;

    /// <summary>Opens a store; the first save makes its directory.</summary>
    /// <param name="directory">Its directory.</param>
    public EnvelopeStore(string directory)
    {
        ArgumentException.ThrowIfNullOrEmpty(directory);
        Location = Path.GetFullPath(directory);
        _blobs = Path.Combine(Location, "blobs");
        _layouts = Path.Combine(Location, "layouts");
        _staging = new StagingArea(Path.Combine(Location, "staging"));
    }

    /// <summary>The store in the directory that the environment variable <c>ENVELOPE_HOME</c> names, else in <c>~/.envelopes</c>.</summary>
    public static EnvelopeStore Default => new(
        Environment.GetEnvironmentVariable("ENVELOPE_HOME") is { Length: > 0 } home
            ? home
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".envelopes"));

    /// <summary>The full path of its directory.</summary>
    public string Location { get; }

    /// <summary>The names of the envelopes it has, sorted.</summary>
    public IReadOnlyList<string> Names =>
        Directory.Exists(_layouts)
            ? [.. Directory.EnumerateDirectories(_layouts).Select(path => Path.GetFileName(path)!).Where(name => Layout(name).Exists).Order(StringComparer.Ordinal)]
            : [];

    /// <summary>The envelopes of a name, oldest first.</summary>
    /// <param name="name">The name.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    public async Task<IReadOnlyList<EnvelopeReference>> ListAsync(string name, CancellationToken cancellationToken = default)
    {
        var manifests = await Layout(EnvelopeName.Check(name)).ReadAsync(cancellationToken);
        return [.. manifests.Select(manifest => new EnvelopeReference(name, manifest.Digest))];
    }

    /// <summary>Opens an envelope.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="digest">Its digest; the newest of the name if absent.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <exception cref="EnvelopeException">It is not there, or damaged.</exception>
    public async Task<EnvelopeContent> OpenAsync(string name, Digest? digest = null, CancellationToken cancellationToken = default)
    {
        var manifests = await Layout(EnvelopeName.Check(name)).ReadAsync(cancellationToken);
        if (manifests.Count == 0)
        {
            throw new EnvelopeException(EnvelopeError.NotFound, StoreAdvice.NoEnvelope(this, name));
        }

        var manifest = digest is { } wanted
            ? manifests.FirstOrDefault(one => one.Digest == wanted)
                ?? throw new EnvelopeException(EnvelopeError.NotFound, StoreAdvice.NoDigest(this, name, wanted, manifests))
            : manifests[^1];
        var path = BlobPath(manifest.Digest);
        var bytes = File.Exists(path) ? await StoredFile.ReadAsync(path, cancellationToken) : [];
        return Digest.Of(bytes) == manifest.Digest
            ? await EnvelopeContent.OpenAsync(bytes, blob => BlobPath(blob.Digest), cancellationToken)
            : throw new EnvelopeException(EnvelopeError.Damaged, $"Envelope {name}@{manifest.Digest} is damaged: its manifest '{path}' is missing or changed. Import the envelope from a copy, or save it again.");
    }

    /// <summary>Writes an envelope into a staging directory and takes it over whole.</summary>
    internal async Task<EnvelopeReference> AddAsync(
        string name, Func<EnvelopePacker, ValueTask<OciDescriptor>> pack, CancellationToken cancellationToken)
    {
        try
        {
            using var staging = await StageAsync(cancellationToken);
            var packer = new EnvelopePacker(staging.FullPath);
            var manifest = await pack(packer);
            await CommitAsync(name, packer.Files, manifest, cancellationToken);
            return new EnvelopeReference(name, manifest.Digest);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new EnvelopeException(EnvelopeError.Unavailable, $"The envelope '{name}' could not be saved in '{Location}': {exception.Message} Nothing was saved. Free space or fix permissions there, or set ENVELOPE_HOME to another directory.", exception);
        }
    }

    /// <summary>Takes an envelope over from elsewhere.</summary>
    internal Task<EnvelopeReference> AddExistingAsync(EnvelopeContent content, CancellationToken cancellationToken) =>
        AddAsync(EnvelopeName.Check(content.Record.Name), packer => packer.CopyAsync(content, cancellationToken), cancellationToken);

    private async Task<StagingDirectory> StageAsync(CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(Location);
        using (await LockAsync(cancellationToken))
        {
            return _staging.Create();
        }
    }

    private async Task CommitAsync(string name, IEnumerable<string> files, OciDescriptor manifest, CancellationToken cancellationToken)
    {
        using (await LockAsync(cancellationToken))
        {
            Directory.CreateDirectory(Path.Combine(_blobs, "sha256"));
            foreach (var file in files.ToList())
            {
                // A blob that is there already is replaced by its like, which mends it if it was damaged.
                File.Move(file, Path.Combine(_blobs, "sha256", Path.GetFileName(file)), overwrite: true);
            }

            await Layout(name).AddAsync(manifest, DateTimeOffset.UtcNow, cancellationToken);
        }
    }

    private Task<IDisposable> LockAsync(CancellationToken cancellationToken) => StoreLock.AcquireAsync(Path.Combine(Location, "lock"), cancellationToken);

    private OciLayout Layout(string name) => new(Path.Combine(_layouts, name), _blobs);

    private string BlobPath(Digest digest) => Path.Combine(_blobs, "sha256", digest.Hex);
}
