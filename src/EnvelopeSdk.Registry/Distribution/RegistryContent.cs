using EnvelopeSdk.Distribution;
using EnvelopeSdk.Envelopes;
using EnvelopeSdk.Registry.Access;
using EnvelopeSdk.Registry.Stores;
using EnvelopeSdk.Vocabulary;

namespace EnvelopeSdk.Registry.Distribution;

/// <summary>
/// What can be read of each repository: what was pushed to it; all envelopes of the store that have its name; and what
/// the store knows of the envelopes that are in it, as manifests.
/// </summary>
internal sealed class RegistryContent(IServedStore store, MadeContent made)
{
    /// <summary>The tag of the newest envelope of a name.</summary>
    public const string Latest = "latest";

    public IServedStore Store => store;

    public IRepository Repository(string repository) => store.Repository(repository);

    public async Task<bool> ExistsAsync(string repository, CancellationToken cancellationToken) =>
        await Repository(repository).ExistsAsync(cancellationToken) || await IsNameAsync(repository, cancellationToken);

    /// <summary>Whether the store has envelopes of a repository's name.</summary>
    public async Task<bool> IsNameAsync(string repository, CancellationToken cancellationToken) =>
        NameRules.IsEnvelopeName(repository) && await store.HasNameAsync(repository, cancellationToken);

    /// <summary>Whether a manifest is an envelope of the store that has a repository's name.</summary>
    public async Task<bool> IsEnvelopeAsync(string repository, Digest digest, CancellationToken cancellationToken) =>
        NameRules.IsEnvelopeName(repository) && await store.HasAsync(new(repository, digest), cancellationToken);

    /// <summary>The envelopes of the store that have a repository's name, in no order.</summary>
    public async Task<IReadOnlyList<Digest>> EnvelopesOfAsync(string repository, CancellationToken cancellationToken) =>
        NameRules.IsEnvelopeName(repository) ? await store.ListAsync(repository, cancellationToken) : [];

    /// <summary>Whether a manifest in a repository is an envelope of the store, and under which name.</summary>
    public async Task<EnvelopeReference?> FindEnvelopeAsync(
        string repository, Digest manifest, CancellationToken cancellationToken)
    {
        if (await IsEnvelopeAsync(repository, manifest, cancellationToken))
        {
            return new(repository, manifest);
        }

        var known = await Repository(repository).FindManifestAsync(manifest, cancellationToken);
        return known?.Envelope is { } name && await store.HasAsync(new(name, manifest), cancellationToken)
            ? new(name, manifest)
            : null;
    }

    /// <summary>Finds a manifest by its digest or tag.</summary>
    /// <param name="repository">The repository.</param>
    /// <param name="reference">The digest or tag.</param>
    /// <param name="names">The names of envelopes that the caller may read; null: all.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="RefusedException">It is not there.</exception>
    public async Task<FoundManifest> FindManifestAsync(
        string repository, string reference, NamePattern? names, CancellationToken cancellationToken) =>
        (Digest.TryParse(reference, out var digest)
            ? await FindAsync(repository, digest, names, cancellationToken)
            : await FindTagAsync(repository, reference, names, cancellationToken))
        ?? throw Refusals.ManifestUnknown(reference);

    /// <summary>Whether content may be read through a repository, and is there.</summary>
    public async Task<bool> HasBlobAsync(string repository, Digest blob, CancellationToken cancellationToken) =>
        await Repository(repository).HasBlobAsync(blob, cancellationToken)
        || (NameRules.IsEnvelopeName(repository) && await store.HasContentAsync(repository, blob, cancellationToken));

    /// <summary>Opens content that may be read through a repository.</summary>
    /// <param name="repository">The repository.</param>
    /// <param name="blob">The content.</param>
    /// <param name="names">The names of envelopes that the caller may read; null: all.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>A stream that can be sought, at its start.</returns>
    /// <exception cref="RefusedException">It is not there.</exception>
    public async Task<Stream> OpenBlobAsync(
        string repository, Digest blob, NamePattern? names, CancellationToken cancellationToken)
    {
        var source = await HasBlobAsync(repository, blob, cancellationToken)
            ? await store.Content.OpenAsync(blob, cancellationToken)
            : made.Find(repository, blob, names) is { } bytes ? new MemoryStream(bytes, writable: false) : null;
        return source ?? throw Refusals.BlobUnknown(blob.ToString());
    }

    private async Task<FoundManifest?> FindAsync(
        string repository, Digest digest, NamePattern? names, CancellationToken cancellationToken)
    {
        var mediaType = await IsEnvelopeAsync(repository, digest, cancellationToken)
            ? ModelPackMediaTypes.Manifest
            : (await Repository(repository).FindManifestAsync(digest, cancellationToken))?.MediaType;
        if (mediaType is null)
        {
            return made.Find(repository, digest, names) is { } bytes
                ? new(digest, ModelPackMediaTypes.Manifest, bytes) : null;
        }

        return new(digest, mediaType, await store.ReadManifestAsync(new(repository, digest), cancellationToken));
    }

    private async Task<FoundManifest?> FindTagAsync(
        string repository, string tag, NamePattern? names, CancellationToken cancellationToken)
    {
        if (!OciReference.IsTag(tag))
        {
            return null;
        }

        if (await new StoreTags(this, made, repository, names).FindAsync(tag, cancellationToken) is { } known)
        {
            return known;
        }

        return await Repository(repository).FindTagAsync(tag, cancellationToken) is { } digest
            ? await FindAsync(repository, digest, names, cancellationToken)
            : null;
    }

    /// <summary>The tags of a repository, each once, in no order.</summary>
    public Task<IEnumerable<string>> TagsAsync(
        string repository, NamePattern? names, CancellationToken cancellationToken) =>
        new StoreTags(this, made, repository, names).ListAsync(cancellationToken);
}

/// <summary>A manifest that was found.</summary>
internal sealed record FoundManifest(Digest Digest, string MediaType, byte[] Bytes);
