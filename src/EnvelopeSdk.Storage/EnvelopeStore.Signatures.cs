using EnvelopeSdk.Distribution;
using EnvelopeSdk.Signing;

namespace EnvelopeSdk;

/// <content>Signing envelopes.</content>
public static partial class EnvelopeStore
{
    /// <summary>
    /// Signs an envelope as cosign does. The signature lies beside it, in the store or in the registry, and travels
    /// with it from there on. What is signed is the digest of the manifest, and so all files and the record; tags and
    /// metrics are not. <see cref="ResolvedEnvelope.VerifySignatureAsync"/> checks it.
    /// </summary>
    /// <param name="store">Where names are looked up.</param>
    /// <param name="reference">
    /// A name (the newest envelope of it), <c>name@sha256:...</c>, or the address of an envelope in a registry, which
    /// is signed there.
    /// </param>
    /// <param name="key">The key.</param>
    /// <param name="identity">
    /// What the signature calls the envelope; if absent its name, or in a registry <c>host/repository</c>, as cosign
    /// does.
    /// </param>
    /// <param name="annotations">What is signed besides, by names; nothing if absent.</param>
    /// <param name="cancellationToken">Stops the signing.</param>
    /// <returns>What was signed, and whether that is new.</returns>
    /// <exception cref="EnvelopeException">
    /// The envelope is not there, is a file, or cannot be written to; or an annotation has no name, or all are too
    /// large.
    /// </exception>
    public static Task<SignedEnvelope> SignAsync(
        this IEnvelopeStore store,
        string reference,
        SigningKey key,
        string? identity = null,
        IReadOnlyDictionary<string, string>? annotations = null,
        CancellationToken cancellationToken = default) =>
        SignAsync(store, reference, key, identity, annotations, RegistryOptions.Default, cancellationToken);

    internal static async Task<SignedEnvelope> SignAsync(
        IEnvelopeStore store, string reference, SigningKey key, string? identity,
        IReadOnlyDictionary<string, string>? annotations, RegistryOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(reference);
        ArgumentNullException.ThrowIfNull(key);
        CheckNames(annotations?.Keys ?? [], "annotation");
        if (EnvelopeResolver.IsFile(reference))
        {
            throw new EnvelopeException(
                EnvelopeError.Invalid,
                $"'{reference}' is a file, in which nothing is changed. Take it into the store with 'envelope import', "
                + "sign it there, and export it again.");
        }

        var registry = EnvelopeResolver.IsAddress(reference) ? OciReference.Parse(reference) : null;
        var resolved = await EnvelopeResolver.OpenAsync(reference, store, options, cancellationToken);
        var envelope = resolved.Content.Reference;
        var payload = SimpleSigning.Write(
            identity ?? (registry is null ? envelope.Name : $"{registry.Host}/{registry.Repository}"),
            envelope.Digest, annotations);
        CheckPayload(payload);
        var known = await resolved.ReadSignaturesAsync(cancellationToken);
        var isNew = !known.Any(one => one.Payload.Span.SequenceEqual(payload) && key.PublicKey.HasMade(one));
        if (isNew)
        {
            EnvelopeSignature[] made = [key.Sign(payload)];
            await (registry is null
                ? store.AddSignaturesAsync(envelope, made, cancellationToken)
                : new RegistrySignatures(RegistryClient.Open(registry, options), envelope.Digest)
                    .AddAsync(made, cancellationToken));
        }

        return new(envelope, SimpleSigning.Read(payload), isNew);
    }

    private static void CheckPayload(byte[] payload)
    {
        if (payload.Length > EnvelopeSignature.LargestPayload)
        {
            throw new EnvelopeException(
                EnvelopeError.Invalid,
                $"What is to be signed has {payload.Length} bytes, and can have {EnvelopeSignature.LargestPayload}. "
                + "Give fewer or shorter annotations.");
        }
    }
}
