using EnvelopeSdk.Envelopes;
using EnvelopeSdk.Layouts;

namespace EnvelopeSdk.Registry.Stores;

/// <summary>
/// A repository: which manifests it has, its tags, and which content of the store may be read through it. Each change
/// happens whole or not at all, and nothing that it stands on is collected meanwhile.
/// </summary>
internal interface IRepository
{
    string Name { get; }

    /// <summary>Whether anything was ever put into it.</summary>
    Task<bool> ExistsAsync(CancellationToken cancellationToken);

    Task<bool> HasManifestAsync(Digest digest, CancellationToken cancellationToken);

    /// <returns>Null when it does not have the manifest, or what it knows of it is damaged.</returns>
    Task<StoredManifest?> FindManifestAsync(Digest digest, CancellationToken cancellationToken);

    /// <returns>The manifest under a tag; null when there is no such tag, or the manifest is gone.</returns>
    Task<Digest?> FindTagAsync(string tag, CancellationToken cancellationToken);

    /// <summary>The tags, in no order.</summary>
    Task<IReadOnlyList<string>> TagsAsync(CancellationToken cancellationToken);

    /// <summary>The manifests, in no order.</summary>
    Task<IReadOnlyList<Digest>> ManifestsAsync(CancellationToken cancellationToken);

    /// <summary>The manifests that are about another one, in no order.</summary>
    Task<IReadOnlyList<Digest>> ReferrersAsync(Digest subject, CancellationToken cancellationToken);

    /// <summary>Whether content was sent to it or mounted, and is there.</summary>
    Task<bool> HasBlobAsync(Digest digest, CancellationToken cancellationToken);

    /// <summary>Lets content be read that is in the store. It counts as sent now, and waits for its manifest.</summary>
    /// <returns>Whether it is in the store.</returns>
    Task<bool> LinkBlobAsync(Digest digest, CancellationToken cancellationToken);

    /// <summary>Lets content that was sent count as sent now, if it was sent a while ago.</summary>
    Task RefreshBlobAsync(Digest digest, CancellationToken cancellationToken);

    /// <summary>Forbids to read content.</summary>
    /// <returns>Whether it could be read.</returns>
    Task<bool> RemoveBlobAsync(Digest digest, CancellationToken cancellationToken);

    /// <summary>Adds a manifest, and lets content be read that it refers to.</summary>
    /// <param name="manifest">The manifest.</param>
    /// <param name="check">
    /// Throws when something that it refers to is not there. It is asked at the last moment: content may have been
    /// collected since the request began.
    /// </param>
    /// <param name="cancellationToken">Stops it.</param>
    Task AddManifestAsync(NewManifest manifest, Func<Task> check, CancellationToken cancellationToken);

    /// <summary>Takes a manifest away, with its tags.</summary>
    /// <returns>Whether it was there.</returns>
    Task<bool> RemoveManifestAsync(Digest digest, CancellationToken cancellationToken);

    /// <summary>Sets a tag to a manifest that the repository has.</summary>
    Task SetTagAsync(string tag, Digest digest, CancellationToken cancellationToken);

    /// <summary>Takes a tag away.</summary>
    /// <returns>Whether it was there.</returns>
    Task<bool> RemoveTagAsync(string tag, CancellationToken cancellationToken);
}

/// <summary>A manifest on its way into a repository.</summary>
/// <param name="Digest">Its digest.</param>
/// <param name="Bytes">The manifest.</param>
/// <param name="Outline">What it refers to.</param>
/// <param name="Known">What the repository keeps of it.</param>
internal sealed record NewManifest(Digest Digest, byte[] Bytes, ManifestOutline Outline, StoredManifest Known);
