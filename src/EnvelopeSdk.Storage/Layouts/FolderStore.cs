using EnvelopeSdk.Envelopes;
using EnvelopeSdk.Journal;

namespace EnvelopeSdk.Layouts;

/// <summary>
/// Keeps envelopes in a directory: an OCI image layout for each name, one directory of blobs that they share, and a
/// journal for each envelope. A save that fails or is killed leaves no envelope behind.
/// </summary>
internal sealed class FolderStore : IEnvelopeStore
{
    private readonly string _layouts;
    private readonly StagingArea _staging;

    /// <param name="directory">Its directory; the first save makes it.</param>
    public FolderStore(string directory)
    {
        Address = Path.GetFullPath(directory);
        Blobs = new BlobDirectory(Path.Combine(Address, "blobs"));
        _layouts = Path.Combine(Address, "layouts");
        _staging = new StagingArea(Path.Combine(Address, "staging"));
    }

    public string Address { get; }

    public BlobDirectory Blobs { get; }

    /// <summary>The names it has, sorted.</summary>
    public IReadOnlyList<string> Names => Directory.Exists(_layouts)
        ?
        [
            .. Directory.EnumerateDirectories(_layouts).Select(path => Path.GetFileName(path)!)
                .Where(name => Layout(name).Exists).Order(StringComparer.Ordinal),
        ]
        : [];

    public Task<IReadOnlyList<string>> ListNamesAsync(CancellationToken cancellationToken = default) =>
        Task.FromResult(Names);

    public async Task<IReadOnlyList<EnvelopeReference>> ListAsync(
        string name, CancellationToken cancellationToken = default)
    {
        var manifests = await Layout(EnvelopeName.Check(name)).ReadAsync(cancellationToken);
        return [.. manifests.Select(manifest => new EnvelopeReference(name, manifest.Digest))];
    }

    public async Task<EnvelopeContent> OpenAsync(
        string name, Digest? digest = null, CancellationToken cancellationToken = default)
    {
        var manifest = await FindAsync(EnvelopeName.Check(name), digest, cancellationToken);
        return await EnvelopeContent.OpenAsync(
            await Blobs.ReadManifestAsync(new(name, manifest.Digest), cancellationToken),
            Blobs.Source,
            cancellationToken);
    }

    public async Task<IStagedEnvelope> StageAsync(CancellationToken cancellationToken = default)
    {
        try
        {
            Directory.CreateDirectory(Address);
            using (await LockAsync(cancellationToken))
            {
                return new StagedEnvelope(this, _staging.Create());
            }
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw StoreAdvice.NotWritten(this, failure);
        }
    }

    public async Task<bool> DeleteAsync(EnvelopeReference reference, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(reference);
        if (!Layout(EnvelopeName.Check(reference.Name)).Exists)
        {
            return false;
        }

        try
        {
            using (await LockAsync(cancellationToken))
            {
                return await Layout(reference.Name).RemoveAsync(reference.Digest, cancellationToken);
            }
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw StoreAdvice.NotChanged(this, reference, failure);
        }
    }

    public async Task<CollectedBlobs> CollectAsync(CancellationToken cancellationToken = default)
    {
        if (!Directory.Exists(Address))
        {
            return default;
        }

        try
        {
            using (await LockAsync(cancellationToken))
            {
                return Blobs.RemoveOthers(await ReferencesAsync(cancellationToken), cancellationToken);
            }
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw StoreAdvice.NotCollected(this, failure);
        }
    }

    public async Task<EnvelopeJournal> ReadJournalAsync(
        EnvelopeReference reference, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(reference);
        return await Layout(EnvelopeName.Check(reference.Name)).Journal(reference.Digest).ReadAsync(cancellationToken);
    }

    public async Task AppendAsync(
        EnvelopeReference reference, IReadOnlyList<JournalEvent> events, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(reference);
        ArgumentNullException.ThrowIfNull(events);
        var layout = Layout(EnvelopeName.Check(reference.Name));
        if (!layout.Exists)
        {
            throw new EnvelopeException(EnvelopeError.NotFound, StoreAdvice.NoEnvelope(this, reference.Name));
        }

        try
        {
            using (await LockAsync(cancellationToken))
            {
                var manifest = await FindAsync(reference.Name, reference.Digest, cancellationToken);
                await layout.AddAsync(manifest, events, cancellationToken);
            }
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw StoreAdvice.NotChanged(this, reference, failure);
        }
    }

    /// <summary>Takes a staged envelope over, whole.</summary>
    internal async Task CommitAsync(
        EnvelopeReference reference, OciDescriptor manifest, IEnumerable<string> files,
        IReadOnlyList<JournalEvent> events, CancellationToken cancellationToken)
    {
        using (await LockAsync(cancellationToken))
        {
            Blobs.Take(files);
            await Layout(reference.Name).AddAsync(manifest, events, cancellationToken);
        }
    }

    internal OciLayout Layout(string name) => new(Path.Combine(_layouts, name), Blobs);

    private async Task<OciDescriptor> FindAsync(string name, Digest? digest, CancellationToken cancellationToken)
    {
        var manifests = await Layout(name).ReadAsync(cancellationToken);
        if (manifests.Count == 0)
        {
            throw new EnvelopeException(EnvelopeError.NotFound, StoreAdvice.NoEnvelope(this, name));
        }

        return digest is { } wanted
            ? manifests.FirstOrDefault(one => one.Digest == wanted)
                ?? throw new EnvelopeException(
                    EnvelopeError.NotFound, StoreAdvice.NoDigest(this, name, wanted, manifests))
            : manifests[^1];
    }

    /// <summary>All content that an envelope refers to.</summary>
    private async Task<HashSet<Digest>> ReferencesAsync(CancellationToken cancellationToken)
    {
        var references = new HashSet<Digest>();
        foreach (var name in Names)
        {
            foreach (var manifest in await Layout(name).ReadAsync(cancellationToken))
            {
                references.UnionWith(await Blobs.ReferencesAsync(new(name, manifest.Digest), cancellationToken));
            }
        }

        return references;
    }

    private Task<IDisposable> LockAsync(CancellationToken cancellationToken) =>
        StoreLock.AcquireAsync(Path.Combine(Address, "lock"), cancellationToken);
}
