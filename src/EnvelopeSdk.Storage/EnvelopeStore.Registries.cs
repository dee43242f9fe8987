using EnvelopeSdk.Distribution;

namespace EnvelopeSdk;

/// <content>Sending envelopes to registries, and taking them from there.</content>
public static partial class EnvelopeStore
{
    /// <summary>
    /// Sends an envelope to an OCI registry, with its journal and its signatures. What the registry has already is not
    /// sent again, and what others push at the same time is not lost. Passwords are taken from where
    /// <c>docker login</c> and <c>skopeo login</c> put them.
    /// </summary>
    /// <param name="store">The store that the envelope is in.</param>
    /// <param name="reference">The envelope.</param>
    /// <param name="address">
    /// Where to: <c>oci://host[:port]/repository[:tag]</c>, the tag <c>latest</c> if absent. Only on this machine
    /// (<c>localhost</c>, <c>127.0.0.1</c>, <c>[::1]</c>) it is sent without encryption.
    /// </param>
    /// <param name="mountFrom">
    /// Another repository of the registry, that content is taken from where it is there; null for none.
    /// </param>
    /// <param name="progress">
    /// Is told how many bytes are done, from any thread and one after the other; null: nobody.
    /// </param>
    /// <param name="cancellationToken">Stops the sending. What the registry has then is used by the next push.</param>
    /// <returns>The address under which the envelope stays the same: that with its digest.</returns>
    /// <exception cref="EnvelopeException">
    /// The address is none, the envelope is not in the store or damaged, or the registry does not take it.
    /// </exception>
    public static Task<string> PushAsync(
        this IEnvelopeStore store, EnvelopeReference reference, string address, string? mountFrom = null,
        IProgress<TransferProgress>? progress = null, CancellationToken cancellationToken = default) =>
        PushAsync(store, reference, address, mountFrom, RegistryOptions.Default, progress, cancellationToken);

    /// <summary>
    /// Takes an envelope out of an OCI registry, every file of it checked, and merges its journal and signatures with
    /// what the store knows.
    /// </summary>
    /// <param name="store">The store that it is put into.</param>
    /// <param name="address">
    /// Where it is: <c>oci://host[:port]/repository[:tag]</c>, or with <c>@sha256:...</c> in place of the tag.
    /// </param>
    /// <param name="progress">
    /// Is told how many bytes are done, from any thread and one after the other; null: nobody.
    /// </param>
    /// <param name="cancellationToken">Stops the taking; then the store is as before.</param>
    /// <returns>The envelope in the store.</returns>
    /// <exception cref="EnvelopeException">
    /// The address is none, there is no such envelope, it is damaged, the registry does not give it, or the store
    /// cannot be written.
    /// </exception>
    public static Task<EnvelopeReference> PullAsync(
        this IEnvelopeStore store, string address, IProgress<TransferProgress>? progress = null,
        CancellationToken cancellationToken = default) =>
        PullAsync(store, address, RegistryOptions.Default, progress, cancellationToken);

    internal static async Task<string> PushAsync(
        IEnvelopeStore store, EnvelopeReference reference, string address, string? mountFrom, RegistryOptions options,
        IProgress<TransferProgress>? progress, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(reference);
        ArgumentNullException.ThrowIfNull(address);
        var target = ParseTarget(address);
        var from = mountFrom is null ? null : OciReference.CheckRepository(mountFrom, mountFrom);
        var content = await store.OpenAsync(reference.Name, reference.Digest, cancellationToken);
        var journal = await store.ReadJournalAsync(reference, cancellationToken);
        var signatures = await store.ReadSignaturesAsync(reference, cancellationToken);
        await EnvelopePush.PushAsync(content, journal, signatures, target, from, options, progress, cancellationToken);
        return (target with { Tag = null, Digest = reference.Digest }).ToString();
    }

    /// <summary>Reads an address that something can be pushed to.</summary>
    internal static OciReference ParseTarget(string address)
    {
        var target = OciReference.Parse(address);
        return target.Digest is null ? target : throw new EnvelopeException(
            EnvelopeError.Invalid,
            $"'{address}' has a digest, which nobody chooses. Push to a tag: oci://HOST/REPOSITORY:TAG.");
    }

    internal static Task<EnvelopeReference> PullAsync(
        IEnvelopeStore store, string address, RegistryOptions options, IProgress<TransferProgress>? progress,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(address);
        return EnvelopePull.PullAsync(store, OciReference.Parse(address), options, progress, cancellationToken);
    }
}
