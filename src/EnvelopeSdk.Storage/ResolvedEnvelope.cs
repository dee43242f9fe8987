using EnvelopeSdk.Envelopes;
using EnvelopeSdk.Journal;
using EnvelopeSdk.Signing;

namespace EnvelopeSdk;

/// <summary>An envelope that a reference named.</summary>
/// <param name="Content">The envelope.</param>
/// <param name="Journal">What is known of it where it was found.</param>
public sealed record ResolvedEnvelope(EnvelopeContent Content, EnvelopeJournal Journal)
{
    /// <summary>Where its signatures are read from, when somebody asks for them.</summary>
    internal Func<CancellationToken, Task<IReadOnlyList<EnvelopeSignature>>> Signatures { get; init; } =
        _ => Task.FromResult<IReadOnlyList<EnvelopeSignature>>([]);

    /// <summary>Reads its signatures where it was found. Nobody has checked them: they are claims.</summary>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>None when nobody signed it.</returns>
    /// <exception cref="EnvelopeException">They cannot be had, are damaged, or too many or too large.</exception>
    public Task<IReadOnlyList<EnvelopeSignature>> ReadSignaturesAsync(CancellationToken cancellationToken = default) =>
        Signatures(cancellationToken);

    /// <summary>
    /// Checks that one of some keys signed it. What is signed is the digest of the manifest, and so all files and the
    /// record; tags and metrics are not. That the files are those of the manifest,
    /// <see cref="EnvelopeContent.VerifyAsync"/> says.
    /// </summary>
    /// <param name="keys">The keys, of which one is enough.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>The first signature by one of them.</returns>
    /// <exception cref="EnvelopeException">
    /// No signature by one of the keys is there (<see cref="EnvelopeError.Untrusted"/>), or they cannot be read.
    /// </exception>
    public async Task<VerifiedSignature> VerifySignatureAsync(
        IReadOnlyList<VerificationKey> keys, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(keys);
        return new SignatureCheck(Content.Reference, keys).Run(await ReadSignaturesAsync(cancellationToken));
    }
}
