using EnvelopeSdk.Envelopes;
using EnvelopeSdk.Registry.Data.Indexing;

namespace EnvelopeSdk.Registry.Stores;

/// <summary>
/// What a registry needs of the store that it serves, beside what every store does: which content there is, and the
/// repositories whose content lies with that of the envelopes.
/// </summary>
internal interface IServedStore
{
    /// <summary>The envelopes.</summary>
    IEnvelopeStore Envelopes { get; }

    /// <summary>The content of envelopes and repositories.</summary>
    IBlobSource Content { get; }

    /// <summary>How many bytes content has; -1 when it is missing.</summary>
    Task<long> SizeOfAsync(Digest digest, CancellationToken cancellationToken);

    /// <summary>Whether there is an envelope of a name, which has the form of one.</summary>
    Task<bool> HasNameAsync(string name, CancellationToken cancellationToken);

    /// <summary>Whether an envelope is there.</summary>
    Task<bool> HasAsync(EnvelopeReference envelope, CancellationToken cancellationToken);

    /// <summary>Whether an envelope of a name has some content.</summary>
    Task<bool> HasContentAsync(string name, Digest blob, CancellationToken cancellationToken);

    /// <summary>The envelopes of a name, in no order.</summary>
    Task<IReadOnlyList<Digest>> ListAsync(string name, CancellationToken cancellationToken);

    /// <summary>What the journal of an envelope is like, which is another one when the journal grew.</summary>
    /// <returns>A length of 0 when nothing is known of the envelope.</returns>
    Task<JournalStamp> StampAsync(EnvelopeReference envelope, CancellationToken cancellationToken);

    /// <summary>Whether an envelope was ever signed.</summary>
    Task<bool> IsSignedAsync(EnvelopeReference envelope, CancellationToken cancellationToken);

    /// <param name="name">A repository's name, which was checked. It need not be there.</param>
    IRepository Repository(string name);

    /// <summary>The names of the repositories that are there, in no order.</summary>
    Task<IReadOnlyList<string>> ListRepositoriesAsync(CancellationToken cancellationToken);
}

internal static class ServedManifests
{
    /// <summary>Reads the manifest of an envelope, or one of a repository.</summary>
    /// <exception cref="EnvelopeException">It is missing or changed.</exception>
    public static async Task<byte[]> ReadManifestAsync(
        this IServedStore store, EnvelopeReference reference, CancellationToken cancellationToken) =>
        await store.TryReadManifestAsync(reference.Digest, cancellationToken) ?? throw new EnvelopeException(
            EnvelopeError.Damaged,
            $"Envelope {reference} is damaged: its manifest '{store.Content.Describe(reference.Digest)}' is missing or "
            + "changed. Import the envelope from a copy, save it again, or give it up: "
            + $"'envelope delete {reference}'.");

    /// <summary>Reads a manifest of any kind.</summary>
    /// <returns>Null when it is missing, changed, or larger than a manifest.</returns>
    public static async Task<byte[]?> TryReadManifestAsync(
        this IServedStore store, Digest digest, CancellationToken cancellationToken)
    {
        if (await store.SizeOfAsync(digest, cancellationToken) is not (>= 0 and <= ManifestReader.Largest))
        {
            return null;
        }

        await using var stream = await store.Content.OpenAsync(digest, cancellationToken);
        if (stream is null)
        {
            return null;
        }

        using var bytes = new MemoryStream();
        await stream.CopyToAsync(bytes, cancellationToken);
        return Digest.Of(bytes.ToArray()) == digest ? bytes.ToArray() : null;
    }
}
