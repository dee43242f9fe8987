using EnvelopeSdk.Distribution;
using EnvelopeSdk.Envelopes;
using EnvelopeSdk.Layouts;
using EnvelopeSdk.Vocabulary;

namespace EnvelopeSdk.Registry.Distribution;

/// <summary>
/// What can be read of each repository: what was pushed to it; all envelopes of the store that have its name; and what
/// the store knows of the envelopes that are in it, as manifests.
/// </summary>
internal sealed class RegistryContent(FolderStore store, EnvelopeBlobs envelopes, MadeContent made)
{
    /// <summary>The tag of the newest envelope of a name.</summary>
    public const string Latest = "latest";

    public FolderStore Store => store;

    public Repositories Repositories => store.Repositories;

    public RepositoryFolder Folder(string repository) => Repositories.Open(repository);

    public bool Exists(string repository) => Folder(repository).Exists || EnvelopesOf(repository) is not null;

    /// <summary>The envelopes of the store that have a repository's name.</summary>
    /// <returns>Null when there are none.</returns>
    public NameLayout? EnvelopesOf(string repository) =>
        NameRules.IsEnvelopeName(repository) && store.Layout(repository) is { Exists: true } layout ? layout : null;

    /// <summary>Whether a manifest in a repository is an envelope of the store, and under which name.</summary>
    public async Task<EnvelopeReference?> FindEnvelopeAsync(
        string repository, Digest manifest, CancellationToken cancellationToken)
    {
        var name = EnvelopesOf(repository)?.Has(manifest) == true
            ? repository
            : (await Folder(repository).FindManifestAsync(manifest, cancellationToken))?.Envelope;
        return name is not null && store.Layout(name).Has(manifest) ? new(name, manifest) : null;
    }

    /// <summary>Finds a manifest by its digest or tag.</summary>
    /// <exception cref="RefusedException">It is not there.</exception>
    public async Task<FoundManifest> FindManifestAsync(
        string repository, string reference, CancellationToken cancellationToken) =>
        (Digest.TryParse(reference, out var digest)
            ? await FindAsync(repository, digest, cancellationToken)
            : await FindTagAsync(repository, reference, cancellationToken))
        ?? throw Refusals.ManifestUnknown(reference);

    /// <summary>Whether content may be read through a repository, and is there.</summary>
    public async Task<bool> HasBlobAsync(string repository, Digest blob, CancellationToken cancellationToken) =>
        Folder(repository).HasBlob(blob)
        || (EnvelopesOf(repository) is not null && store.Blobs.SizeOf(blob) >= 0
            && await envelopes.HasAsync(repository, blob, cancellationToken));

    /// <summary>Opens content that may be read through a repository.</summary>
    /// <returns>A stream that can be sought, at its start.</returns>
    /// <exception cref="RefusedException">It is not there.</exception>
    public async Task<Stream> OpenBlobAsync(string repository, Digest blob, CancellationToken cancellationToken)
    {
        var source = await HasBlobAsync(repository, blob, cancellationToken)
            ? await store.Blobs.Source.OpenAsync(blob, cancellationToken)
            : made.Find(repository, blob) is { } bytes ? new MemoryStream(bytes, writable: false) : null;
        return source ?? throw Refusals.BlobUnknown(blob.ToString());
    }

    private async Task<FoundManifest?> FindAsync(
        string repository, Digest digest, CancellationToken cancellationToken)
    {
        var mediaType = EnvelopesOf(repository)?.Has(digest) == true
            ? ModelPackMediaTypes.Manifest
            : (await Folder(repository).FindManifestAsync(digest, cancellationToken))?.MediaType;
        if (mediaType is null)
        {
            return made.Find(repository, digest) is { } bytes ? new(digest, ModelPackMediaTypes.Manifest, bytes) : null;
        }

        return new(digest, mediaType, await store.Blobs.ReadManifestAsync(new(repository, digest), cancellationToken));
    }

    private async Task<FoundManifest?> FindTagAsync(
        string repository, string tag, CancellationToken cancellationToken)
    {
        if (!OciReference.IsTag(tag))
        {
            return null;
        }

        if (await new StoreTags(this, made, repository).FindAsync(tag, cancellationToken) is { } known)
        {
            return known;
        }

        return await Folder(repository).FindTagAsync(tag, cancellationToken) is { } digest
            ? await FindAsync(repository, digest, cancellationToken)
            : null;
    }

    /// <summary>The tags of a repository, each once, in no order.</summary>
    public Task<IEnumerable<string>> TagsAsync(string repository, CancellationToken cancellationToken) =>
        new StoreTags(this, made, repository).ListAsync(cancellationToken);
}

/// <summary>A manifest that was found.</summary>
internal sealed record FoundManifest(Digest Digest, string MediaType, byte[] Bytes);
